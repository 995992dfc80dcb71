"""What is known so far of a machine without a review: a note made of its facts, never a review."""

from __future__ import annotations

from dataclasses import dataclass

from reviews_app.catalogue.sheet import Line, Sheet
from reviews_app.catalogue.values import MISSING

MOST_NAMED = 5


@dataclass(frozen=True)
class KnownSoFar:
    """How much is known of a machine, and which of the things that matter most nobody states.

    What matters is what a card shows and whether it fits, where that can apply to the form.
    """

    known: int
    applicable: int
    matters: int
    missing: tuple[str, ...]

    @property
    def words(self) -> str:
        """The labels of what is missing, inside a sentence."""
        *most, last = self.missing
        return f"{', '.join(most)} and {last}" if most else last


def known_so_far(sheet: Sheet) -> KnownSoFar:
    """The note on a machine with these facts; asks the database nothing."""
    matters = [one for one in sheet.lines if _matters(one)]
    missing = [_inside(one.attribute.label) for one in matters if one.state == MISSING]
    applicable = [one for one in matters if one.state != "na"]
    return KnownSoFar(sheet.known, sheet.applicable, len(applicable), tuple(missing[:MOST_NAMED]))


def _matters(line: Line) -> bool:
    return line.attribute.on_card or line.attribute.filter == "fit"


def _inside(label: str) -> str:
    """A label inside a sentence: abbreviations keep their capitals."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]
