"""The files below `evidence/`: what each holds and the words it opens with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reviews_app.catalogue.folder import Faults, SeedRecord, check, read_toml, write_toml
from reviews_app.guidance.records import (
    ClaimRecord,
    ContraindicationRecord,
    GradeRecord,
    NeedRecord,
    QuestionRecord,
    RedFlagRecord,
    StudyRecord,
    TermRecord,
)


@dataclass(frozen=True)
class SeedFile:
    """A file with one list of records: `field` is its place in Guidance and its key in the file.

    `id` is the key no two records may share; `about` tells an editor what belongs here.
    """

    field: str
    name: str
    record: type[SeedRecord]
    about: str
    id: str = "id"

    @property
    def path(self) -> str:
        """The file below the seed folder."""
        return f"evidence/{self.name}.toml"


_FILES = (
    SeedFile(
        "grades",
        "grades",
        GradeRecord,
        "What each grade of evidence means, strongest first.",
        id="grade",
    ),
    SeedFile(
        "studies",
        "studies",
        StudyRecord,
        "Every piece of evidence that was read. A clinician has reviewed none of it.\n"
        "finding and limits are in our words; read_depth says how much of it was read.\n"
        "What a source does not show (year, doi, pmid) is left out, never guessed.",
    ),
    SeedFile(
        "claims",
        "claims",
        ClaimRecord,
        "Checkable statements about leg massage. Each is graded for every mechanism, and never\n"
        "borrows a grade from another. A grade other than none names its sources.",
    ),
    SeedFile(
        "contraindications",
        "contraindications",
        ContraindicationRecord,
        'Who should not, and how strictly. applies_to lists mechanisms, or is ["all"].\n'
        "The severity is an editorial choice, and basis says what it rests on.\n"
        "group is the heading of the suitability check under which a reader looks for it, and\n"
        "counts_as names others whose rules hold for whoever has this one. also holds other words\n"
        "that a reader or a doctor's letter may use: the check finds it by them and shows none.",
    ),
    SeedFile(
        "red_flags",
        "red_flags",
        RedFlagRecord,
        "Signs that want a doctor, and how soon. Some of the urgency is an editorial choice,\n"
        "and note says so. also holds other words that the check finds one by, and shows none.",
    ),
    SeedFile(
        "needs",
        "needs",
        NeedRecord,
        "What readers want help with. Mechanisms are ranked by grade, then by directness and\n"
        "safety; lymphoedema is the one exception (drainage massage first, because it is part\n"
        "of standard care). typical_use is the dose that studies used, not a recommendation.",
    ),
    SeedFile(
        "terms",
        "glossary",
        TermRecord,
        "Words and their plain meaning. The id is the term in lower case, joined by hyphens.",
    ),
    SeedFile(
        "questions",
        "questions",
        QuestionRecord,
        "Questions readers ask, with their answers.",
    ),
)

FILES = {file.field: file for file in _FILES}
"""Every file, by the field of Guidance it fills."""


def read_file(file: SeedFile, folder: Path, faults: Faults) -> Iterator[SeedRecord]:
    """The sound records of one file, in order; the faults of the others are noted."""
    seen: set[str] = set()
    for number, row in enumerate(_rows(file, folder, faults), start=1):
        where = _where(file, row, number)
        if where in seen:
            faults.add(file.path, where, "", f"the same {file.id} stands twice")
        seen.add(where)
        record = check(file.record, row, file=file.path, where=where, faults=faults)
        if record is not None:
            yield record


def write_file(file: SeedFile, rows: list[dict[str, Any]], folder: Path) -> None:
    """Write the records in their canonical form, under the words about the file."""
    write_toml(folder / file.path, {file.name: rows}, file.about)


def _rows(file: SeedFile, folder: Path, faults: Faults) -> list[Any]:
    document = read_toml(folder / file.path, folder, faults)
    if document is None:
        return []
    for key in document.keys() - {file.name}:
        faults.add(file.path, key, "", f"is not known here: the file holds [[{file.name}]]")
    rows = document.get(file.name)
    if not isinstance(rows, list) or not rows:
        faults.add(file.path, file.name, "", f"must be a list of tables: [[{file.name}]]")
        return []
    return rows


def _where(file: SeedFile, row: object, number: int) -> str:
    """The record's id, or its number in the file where it has none."""
    found = row.get(file.id) if isinstance(row, dict) else None
    return found[:100] if isinstance(found, str) and found else f"{file.name} {number}"
