"""What a regulator has cleared a machine for, in the words of the law: cleared, never approved."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from reviews_app.catalogue.products import RegulatoryRecord

CLEARED = "FDA 510(k)"
GRANTED = "FDA De Novo"
NUMBER = re.compile(r"\bK[0-9]{6}\b")


@dataclass(frozen=True)
class Clearance:
    """A clearance by the FDA with the record it rests on; `numbers` is empty where none is.

    `more` is what the record says besides a single number, or the whole of it.
    """

    numbers: tuple[str, ...]
    words: str
    more: str
    record: RegulatoryRecord


def clearances(records: Iterable[RegulatoryRecord]) -> list[Clearance]:
    """The records that are clearances or De Novo grants, in their order."""
    return [_clearance(record) for record in records if record.kind in (CLEARED, GRANTED)]


def other_records(records: Iterable[RegulatoryRecord]) -> list[RegulatoryRecord]:
    """The records that are no clearance: rulings, prescriptions, schemes."""
    return [record for record in records if record.kind not in (CLEARED, GRANTED)]


def _clearance(record: RegulatoryRecord) -> Clearance:
    numbers = tuple(NUMBER.findall(record.detail))
    if record.kind == GRANTED:
        words = "FDA De Novo grant"
    elif numbers:
        words = f"FDA cleared ({', '.join(numbers)})"
    else:
        words = "FDA clearance reported, without a number"
    only_number = len(numbers) == 1 and record.detail.startswith(numbers[0])
    more = record.detail[len(numbers[0]) :].lstrip(",; ") if only_number else record.detail
    return Clearance(numbers, words, more, record)
