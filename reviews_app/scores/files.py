"""The files `methods/<version>.toml`: read with suspicion, and read again as they were stored."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from reviews_app.catalogue.folder import Faults, check, parse_toml, read_text
from reviews_app.scores.records import NUMBERS, OPTIONS_OF, FactRule, MapRecord, MethodRecord

METHODS = "methods"

Problem = tuple[str, object, str]
"""A key within the file, the value found there, and why it is refused."""


@dataclass(frozen=True)
class MethodFile:
    """A method with the text it was read from."""

    record: MethodRecord
    document: str

    @property
    def file(self) -> str:
        """Where it stands in a seed folder."""
        return file_of(self.record.version)


def file_of(version: int) -> str:
    """The name of the file of a version, below the seed folder."""
    return f"{METHODS}/{version}.toml"


def read_methods(folder: Path, faults: Faults) -> list[MethodFile]:
    """Every sound method of the folder, oldest first; the faults of the others are noted."""
    paths = sorted((folder / METHODS).iterdir())
    found = [_read(path, folder, faults) for path in paths if not path.name.startswith(".")]
    methods = sorted(filter(None, found), key=lambda one: one.record.version)
    for before, after in pairwise(methods):
        if after.record.published_on < before.record.published_on:
            day = after.record.published_on.isoformat()
            faults.add(after.file, "published_on", day, f"is before that of {before.file}")
    return methods


@lru_cache(maxsize=32)
def record_of(document: str) -> MethodRecord:
    """The method a stored document holds; it was checked before it was stored."""
    return MethodRecord.model_validate(tomllib.loads(document))


def _read(path: Path, folder: Path, faults: Faults) -> MethodFile | None:
    file = path.relative_to(folder).as_posix()
    if path.suffix != ".toml" or not path.stem.isdecimal():
        faults.add(file, "file", "", "is no method: <version>.toml")
        return None
    text = read_text(path, folder, faults)
    document = None if text is None else parse_toml(text, file, faults)
    if text is None or document is None:
        return None
    before = faults.total
    record = check(MethodRecord, document, file=file, where="", faults=faults)
    if record is None:
        return None
    for where, value, reason in _problems(record, path.stem):
        faults.add(file, where, value, reason)
    return MethodFile(record, text) if faults.total == before else None


def _problems(record: MethodRecord, stem: str) -> Iterator[Problem]:
    if stem != str(record.version):
        yield "version", record.version, f"is not the number in the name of the file, {stem}"
    yield from _doubles("parts", (part.id for part in record.parts))
    yield from _doubles("caps", (cap.when for cap in record.caps))
    for n, part in enumerate(record.parts):
        yield from _doubles(f"parts.{n}.facts", (fact.id for fact in part.facts))
        for m, fact in enumerate(part.facts):
            for where, value, reason in _fact_problems(fact):
                yield f"parts.{n}.facts.{m}.{where}", value, reason


def _fact_problems(fact: FactRule) -> Iterator[Problem]:
    if bool(fact.of) != (fact.reads in ("share-stated", "stated")):
        yield "of", fact.of, "is for share-stated and stated, which need it"
    yield from _doubles("of", fact.of)
    yield from _doubles("maps", (form for one in fact.maps for form in one.forms))
    if sum(not one.forms for one in fact.maps) > 1:
        yield "maps", "", "two maps are for every form that no other names"
    for n, one in enumerate(fact.maps):
        for key, value, reason in _map_problems(one, fact.reads):
            yield f"maps.{n}.{key}", value, reason


def _map_problems(one: MapRecord, reads: str) -> Iterator[Problem]:
    if bool(one.points) == bool(one.options):
        yield "points", "", "a map has either points or options"
    elif one.points:
        yield from _line_problems(one, reads)
    elif reads in NUMBERS:
        yield "options", one.options, f"{reads} is a number, and needs points"
    elif reads in OPTIONS_OF:
        yield from option_problems(one, OPTIONS_OF[reads])


def _line_problems(one: MapRecord, reads: str) -> Iterator[Problem]:
    if reads in OPTIONS_OF:
        yield "points", one.points, f"{reads} has options, not numbers"
    wheres = [at for at, _ in one.points]
    if wheres != sorted(set(wheres)):
        yield "points", one.points, "must rise in the first number from corner to corner"
    for _, points in one.points:
        if not 0 <= points <= 10:
            yield "points", points, "is not from 0 to 10"


def option_problems(one: MapRecord, options: Iterable[str]) -> Iterator[Problem]:
    """What keeps a map by name from answering just these options."""
    known = list(options)
    for name in one.options:
        if name not in known:
            yield "options", name, f"is none of its options: {', '.join(known)}"
    for name in known:
        if name not in one.options:
            yield "options", name, "has no points"


def _doubles(where: str, names: Iterable[str]) -> Iterator[Problem]:
    for name, count in Counter(names).items():
        if count > 1:
            yield where, name, "stands twice"
