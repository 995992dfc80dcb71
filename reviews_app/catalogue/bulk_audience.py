"""Whom a machine of the bulk form is for, by rule and with the reason (`product.md` §1).

A rule of words cannot know everything: the seed files were gone through by hand after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from reviews_app.catalogue.vocabulary import Audience

if TYPE_CHECKING:
    from reviews_app.catalogue.bulk import BulkProduct

BY_DEFAULT = "None of the sources read asks for a prescription or supervision."

_FREE = re.compile(r"over the counter|without a prescription|\bOTC\b", re.IGNORECASE)
_SUPERVISED = re.compile(
    r"\bprescri(?:ption|bed)|medical supervision|hospital use|clinic or home use"
    r"|clinician (?:app )?sets|lymphoe?dema|\bDVT\b",
    re.IGNORECASE,
)
_OTHER_PARTS = re.compile(r"\b(back|neck|shoulders?|full[- ]body|whole[- ]body)\b", re.IGNORECASE)
_MADE_FOR_OTHER_PARTS = re.compile(
    r"\bmainly for (?:the )?(?:back|neck|shoulders?|spine|body)\b", re.IGNORECASE
)
_ELECTRIC = frozenset({"ems", "tens"})
_ABOVE_THE_KNEE = frozenset({"thigh", "hip", "glutes"})


def bulk_audience(product: BulkProduct, form: str) -> tuple[Audience, str]:
    """The audience, and why in words, with the record or note it rests on."""
    texts = list(_texts(product))
    for text, source in texts:
        if _SUPERVISED.search(text) and not _FREE.search(text):
            return Audience.SUPERVISED, f"On record: {text} ({source})."
    general = _general(product, form, texts)
    if general is not None:
        return Audience.GENERAL, general
    for text, source in texts:
        if _FREE.search(text):
            return Audience.CONSUMER, f"On record: {text} ({source})."
    return Audience.CONSUMER, BY_DEFAULT


def _general(product: BulkProduct, form: str, texts: list[tuple[str, str]]) -> str | None:
    if form == "pads" and _goes_anywhere(product):
        return "Stimulator pads that go on many parts of the body, the legs among them."
    if form == "handheld-wand":
        return "A hand-held massager for the body, also used on the legs."
    if _OTHER_PARTS.search(product.name):
        return "Named after another part of the body; also used on the legs."
    for text, source in texts:
        if _MADE_FOR_OTHER_PARTS.search(text):
            return f"Noted: {text} ({source}); also used on the legs."
    return None


def _goes_anywhere(product: BulkProduct) -> bool:
    is_electric = _ELECTRIC.issuperset(product.massage_types)
    return is_electric and not _ABOVE_THE_KNEE.isdisjoint(product.body_areas)


def _texts(product: BulkProduct) -> Iterator[tuple[str, str]]:
    for record in product.regulatory:
        kind, detail = str(record.get("kind", "")), str(record.get("detail", ""))
        yield f"{kind}: {detail}"[:500], str(record.get("source", ""))[:40]
    for fact in product.facts:
        if fact.note:
            yield fact.note[:500], fact.source[:40]
