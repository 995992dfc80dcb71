"""What one product and one source look like in a data file, value by value."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, StringConstraints

from reviews_app.catalogue.folder import SeedRecord
from reviews_app.catalogue.vocabulary import Audience

MAX_WORDS = 2000
MAX_URL = 2000
MAX_COUNT = 2_000_000_000
MAX_AMOUNT = 20_000_000
"""In hundredths it still fits the column that a database keeps whole numbers in."""

SLUG = re.compile(r"[a-z0-9-]{1,80}")
SOURCE_ID = re.compile(r"[A-DF-Z][A-Za-z0-9-]{0,39}")
_ISO_DAY = re.compile(r"[12]\d{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_ISO_MONTH = re.compile(r"[12]\d{3}-(0[1-9]|1[0-2])")
_TURNS_TEXT_ROUND = re.compile("[\u202a-\u202e\u2066-\u2069]")


def _words(text: str) -> str:
    if not text.strip():
        raise ValueError("is empty; leave the key out instead")
    if text != text.strip():
        raise ValueError("begins or ends with a space or line break")
    if "\n" in text or "\t" in text:
        raise ValueError("holds a line break or tab; write it on one line")
    if len(text) > MAX_WORDS:
        raise ValueError(f"is longer than {MAX_WORDS} characters")
    if _TURNS_TEXT_ROUND.search(text):
        raise ValueError("holds a character that turns the reading direction round")
    return text


def _slug(text: str) -> str:
    if not SLUG.fullmatch(text):
        raise ValueError("is no slug: 1 to 80 of a-z, 0-9 and -")
    return text


def _url(text: str) -> str:
    if len(text) > MAX_URL or re.search(r"\s", text):
        raise ValueError(f"is no address: it holds a space or is over {MAX_URL} characters")
    try:
        parts = urlsplit(text)
    except ValueError as error:
        raise ValueError("is no address") from error
    if parts.scheme not in ("http", "https"):
        raise ValueError("is no web address: it must begin with http:// or https://")
    if not parts.hostname:
        raise ValueError("is no web address: it names no site")
    return text


def _source_id(text: str) -> str:
    if not SOURCE_ID.fullmatch(text):
        raise ValueError(
            "is no source id: a capital letter, then letters, digits or - (E is for evidence)"
        )
    return text


def _day(text: str) -> str:
    if not _ISO_DAY.fullmatch(text):
        raise ValueError("is no date: write 2026, 2026-06 or 2026-06-24")
    return text


def _month(text: str) -> str:
    if not _ISO_MONTH.fullmatch(text):
        raise ValueError("is no month: write 2026-06")
    return text


def _cents(amount: float) -> float:
    if abs(amount * 100 - round(amount * 100)) > 1e-6:
        raise ValueError("has more than two decimals")
    return amount


Words = Annotated[str, AfterValidator(_words)]
Slug = Annotated[str, AfterValidator(_slug)]
Url = Annotated[str, AfterValidator(_url)]
SourceId = Annotated[str, AfterValidator(_source_id)]
Day = Annotated[str, AfterValidator(_day)]
Month = Annotated[str, AfterValidator(_month)]
Amount = Annotated[float, Field(gt=0, le=MAX_AMOUNT), AfterValidator(_cents)]
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
Terms = Literal["regular", "sale", "part"]


class SourceRecord(SeedRecord):
    """One page or paper; `weak` marks a copy, a generated page or a link farm."""

    id: SourceId
    title: Words
    publisher: Words
    kind: Literal["regulator", "manual", "maker", "study", "review", "shop"]
    url: Url
    published: Day | None = None
    seen_on: Day
    weak: bool = False


class SourcesFile(SeedRecord):
    """`sources.toml`."""

    sources: list[dict[str, Any]]


class AudienceRecord(SeedRecord):
    """Whom the machine is for, and why we say so."""

    is_: Literal["consumer", "supervised", "general"] = Field(alias="is")
    because: Words

    @property
    def audience(self) -> Audience:
        """The audience as the word the rest of the code uses."""
        return Audience(self.is_)


class FactRecord(SeedRecord):
    """One attribute as one source states it; `value` is checked against the attribute's kind."""

    attribute: str
    value: Any
    source: str
    note: Words | None = None
    weak: bool = False
    preferred: Words | None = None


class PriceRecord(SeedRecord):
    """A price somebody saw."""

    amount: Amount
    currency: Currency
    seller: Words
    terms: Terms = "regular"
    as_of: Month | None = None
    source: str


class RatingRecord(SeedRecord):
    """A rating on somebody else's site."""

    publisher: Words
    value: float = Field(ge=0)
    scale: float = Field(gt=0, le=100)
    count: int = Field(ge=0, le=MAX_COUNT)
    as_of: Month | None = None
    source: str


class RegulatoryRecordRecord(SeedRecord):
    """What a regulator or scheme has on record, in the words of the source."""

    kind: Words
    detail: Words
    source: str


class WarningRecord(SeedRecord):
    """A warning of the maker or manual."""

    text: Words
    source: str


class RecallRecord(SeedRecord):
    """A notice by a regulator or maker; `models` are those it names, as it spells them.

    `confirmed` is an editor's reason why it means this machine where it does not name it exactly.
    """

    regulator: Words
    notice_number: Words
    hazard: Words
    models: list[Words] = Field(min_length=1, max_length=100)
    covers: Literal["all units", "some units"]
    units: Words | None = None
    remedy: Words
    issued_on: Day | None = None
    checked_on: Day
    closed_on: Day | None = None
    confirmed: Words | None = None
    source: str


class ProductRecord(SeedRecord):
    """One machine, as the file `products/<slug>.toml` holds it.

    `recalls` is None where the data cannot speak of them: those on record then stay.
    """

    brand: Words | None = None
    name: Words
    model: Words | None = None
    manufacturer_url: Url | None = None
    form: str
    types: list[str] = Field(min_length=1)
    areas: list[str] = Field(default_factory=list)
    audience: AudienceRecord
    facts: list[FactRecord] = Field(default_factory=list)
    prices: list[PriceRecord] = Field(default_factory=list)
    ratings: list[RatingRecord] = Field(default_factory=list)
    records: list[RegulatoryRecordRecord] = Field(default_factory=list)
    warnings: list[WarningRecord] = Field(default_factory=list)
    recalls: list[RecallRecord] | None = Field(default_factory=list)

    def citations(self) -> Iterator[tuple[str, str]]:
        """Every source the record cites, each with the key of what it is cited for."""
        for key in ("records", "facts", "warnings", "prices", "ratings", "recalls"):
            for position, entry in enumerate(getattr(self, key) or ()):
                yield f"{key}.{position}", entry.source


def slugified(text: str) -> str:
    """The text as part of an address: lower-case a-z, digits and dashes; "" if it has none."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:80].strip("-")
