"""What somebody typed into the form of a review, and what it is once it holds.

Nothing here looks at which stars were given: a text is as good with one as with five.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields

from reviews_app.catalogue.measures import OF_SIZES, NotUsable, Size, plain, read_size
from reviews_app.errors import UNREADABLE, BadInput, Problem, malformed, shortened
from reviews_app.reviews.readers.months import MONTHS_A_YEAR, read_months
from reviews_app.reviews.readers.rules import (
    LARGEST_CALF_CM,
    LONGEST_BROKE,
    LONGEST_TEXT,
    LONGEST_TITLE,
    MOST_MONTHS,
    RATINGS,
    SHORTEST_TEXT,
    SMALLEST_CALF_CM,
    Fitted,
    HowGot,
    Labelled,
    Tie,
)

TURNS_TEXT = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Signs that make text be read backwards, also text of others around it."""

BLANK_LINES = re.compile(r"\n[^\S\n]*\n\s*")
HOW_LONG = "months or years, like 6, or 2 years; 0 if less than a month"
SIZE_WORDS = {"cm": ("cm", "centimetres"), "in": ("inches", "inches")}
"""What stands behind a size, and how its unit is asked for."""

Fields = Iterable[tuple[str, str]]
"""A form as it was sent: names and values, a name as often as it has values."""


class BadSubmission(BadInput):
    """A form that cannot be taken; `problems` says what to mend, field by field."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(problems[0].message, parameter=problems[0].parameter)
        self.problems = problems


@dataclass(frozen=True)
class Submission:
    """A review that holds. Texts are tidied; paragraphs of `text` are parted by blank lines."""

    rating: int
    title: str
    text: str
    months_owned: int
    needs: tuple[str, ...]
    calf: str | None
    fitted: str | None
    broke: str | None
    broke_after_months: int | None
    how_got: str
    tie: str


@dataclass(frozen=True)
class Typed:
    """The form as it was typed, to be shown again or to be read.

    calf_unit: what was chosen beside the size; a unit written behind the number counts before it.
    """

    rating: str = ""
    title: str = ""
    text: str = ""
    months_owned: str = ""
    needs: tuple[str, ...] = ()
    calf: str = ""
    calf_unit: str = ""
    fitted: str = ""
    broke: str = ""
    broke_after_months: str = ""
    how_got: str = ""
    tie: str = ""

    @classmethod
    def of(cls, sent: Fields) -> Typed:
        """What was sent; of a field sent twice the last counts, and unknown ones are dropped."""
        named: dict[str, str] = {}
        needs: dict[str, None] = {}
        for name, value in sent:
            if name == "need":
                needs[value] = None
            elif name in NAMES:
                named[name] = value.replace("\r\n", "\n").replace("\r", "\n")
        if named.get("calf_unit") not in OF_SIZES:
            named.pop("calf_unit", None)
        return cls(**named, needs=tuple(needs))

    @classmethod
    def again(cls, one: Submission) -> Typed:
        """A review as its form shows it, to be edited."""
        said = {name: getattr(one, name) for name in NAMES if name != "calf_unit"}
        return cls(
            **{name: "" if value is None else str(value) for name, value in said.items()},
            needs=one.needs,
        )

    def fields(self) -> list[tuple[str, str]]:
        """The same as it would be sent."""
        named = [(name, getattr(self, name)) for name in NAMES if getattr(self, name)]
        return [*named, *(("need", one) for one in self.needs)]

    def read(self, needs: Collection[str]) -> Submission:
        """The review, if it holds; raises BadSubmission with everything that does not.

        needs: the ids of all that a machine can be used for.
        """
        reading = _Reading(self)
        found = Submission(
            rating=reading.rating(),
            title=reading.title(),
            text=reading.text(),
            months_owned=reading.months("months_owned", "How long you have had it") or 0,
            needs=reading.needs(needs),
            calf=reading.calf(),
            fitted=reading.choice("fitted", Fitted, "whether it fitted", must=False),
            broke=reading.broke(),
            broke_after_months=reading.months(
                "broke_after_months", "After how many months it broke", must=False
            ),
            how_got=reading.choice("how_got", HowGot, "how you got the machine") or "",
            tie=reading.choice("tie", Tie, "whether you have a tie to the maker or a shop") or "",
        )
        reading.check_times(found)
        if reading.problems:
            raise BadSubmission(tuple(reading.problems))
        return found


NAMES = tuple(one.name for one in fields(Typed) if one.name != "needs")


class _Reading:
    """Reads a form field by field and notes what is wrong."""

    def __init__(self, typed: Typed) -> None:
        self.typed = typed
        self.problems: list[Problem] = []

    def wrong(self, name: str, message: str) -> None:
        value = getattr(self.typed, name)
        self.problems.append(malformed(name, value if isinstance(value, str) else "", message))

    def rating(self) -> int:
        if self.typed.rating in {str(one) for one in RATINGS}:
            return int(self.typed.rating)
        self.wrong("rating", "Please choose one to five stars.")
        return 0

    def title(self) -> str:
        title = " ".join(tidy(self.typed.title).split())
        if not title:
            self.wrong("title", "Please say in a few words what you found.")
        elif len(title) > LONGEST_TITLE:
            self.wrong(
                "title",
                f"The heading has {len(title)} characters; up to {LONGEST_TITLE} fit.",
            )
        return title

    def text(self) -> str:
        text = tidy(self.typed.text)
        if len(text) < SHORTEST_TEXT:
            self.wrong(
                "text",
                f"The text has {len(text)} characters. Please write at least {SHORTEST_TEXT}, so"
                " that others learn something from it.",
            )
        elif len(text) > LONGEST_TEXT:
            self.wrong(
                "text",
                f"The text has {len(text):,} characters; up to {LONGEST_TEXT:,} fit. Please take"
                f" out {len(text) - LONGEST_TEXT:,}.",
            )
        return text

    def broke(self) -> str | None:
        broke = tidy(self.typed.broke)
        if len(broke) > LONGEST_BROKE:
            self.wrong(
                "broke",
                f"What broke has {len(broke):,} characters; up to {LONGEST_BROKE} fit.",
            )
        return broke or None

    def months(self, name: str, what: str, *, must: bool = True) -> int | None:
        typed = getattr(self.typed, name).strip()
        if not typed and not must:
            return None
        months = read_months(typed)
        if not typed:
            self.wrong(name, f"{what}: please write {HOW_LONG}.")
        elif months is None:
            self.wrong(name, f"{what}: we cannot read “{shortened(typed)}”. Write {HOW_LONG}.")
        elif months > MOST_MONTHS:
            most = f"{MOST_MONTHS} months, which are {MOST_MONTHS // MONTHS_A_YEAR} years"
            self.wrong(name, f"{what}: {months:,} months are too many. Up to {most}, fit.")
        return months

    def needs(self, known: Collection[str]) -> tuple[str, ...]:
        if not set(self.typed.needs) <= set(known):
            self.wrong("needs", "Please tick what you used it for anew: our list has changed.")
        return tuple(sorted(set(self.typed.needs) & set(known)))

    def calf(self) -> str | None:
        typed = " ".join(tidy(self.typed.calf).split())
        if not typed:
            return None
        try:
            size = read_size(typed, self.typed.calf_unit)
        except NotUsable as error:
            self.wrong("calf", f"Your calf: {error}.")
            return None
        if not _may_be_a_calf(size):
            self.wrong("calf", f"Your calf: {_doubt(size)}")
        return str(size)

    def choice(
        self, name: str, offered: type[Labelled], what: str, *, must: bool = True
    ) -> str | None:
        typed: str = getattr(self.typed, name)
        if typed in {one.value for one in offered}:
            return typed
        if typed or must:
            self.wrong(name, f"Please say {what}.")
        return None

    def check_times(self, found: Submission) -> None:
        if found.broke_after_months is None:
            return
        if found.broke is None:
            self.wrong("broke", "You say when something broke. Please say also what it was.")
        elif found.broke_after_months > found.months_owned:
            self.wrong(
                "broke_after_months",
                "It cannot have broken after more months than you have had it.",
            )


def _may_be_a_calf(size: Size) -> bool:
    return SMALLEST_CALF_CM <= size.within("cm") <= LARGEST_CALF_CM


def _doubt(size: Size) -> str:
    """What is odd about a size, and whether it is one in the other unit."""
    words, _ = SIZE_WORDS[size.unit]
    how = "small" if size.within("cm") < SMALLEST_CALF_CM else "large"
    odd = f"{plain(size.number)} {words} round is very {how}."
    (other,) = (unit for unit in OF_SIZES if unit != size.unit)
    if not _may_be_a_calf(Size(size.number, other)):
        return f"{odd} Please measure once more, or leave it out."
    meant = f"Is that in {SIZE_WORDS[other][1]}? Choose the unit beside it."
    return f"{odd} {meant} If it is right, please leave it out."


def tidy(text: str) -> str:
    """Text as it is kept: composed, without signs that cannot be read, blank lines single."""
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    readable = "".join(
        one for one in composed if one in "\n\t" or unicodedata.category(one) not in UNREADABLE
    )
    plain = TURNS_TEXT.sub("", readable).replace("\t", " ")
    lines = "\n".join(line.rstrip() for line in plain.split("\n")).strip()
    return BLANK_LINES.sub("\n\n", lines)


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of a tidied text."""
    return tuple(text.split("\n\n"))
