"""A folder of data files as a stream of records: the seed form, or the bulk form (`bulk.py`)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from reviews_app.catalogue.aliases import ALIASES, AliasesFile
from reviews_app.catalogue.bulk import BulkProduct, BulkSource, as_seed
from reviews_app.catalogue.folder import Faults, check, read_json_lines, read_toml
from reviews_app.catalogue.records import SLUG, ProductRecord, SourceRecord, SourcesFile
from reviews_app.catalogue.records_vocabulary import (
    ATTRIBUTES,
    TAXONOMY,
    AttributesFile,
    TaxonomyFile,
)

PRODUCTS = "products"
BULK_PRODUCTS = "products.jsonl"
BULK_SOURCES = "sources.jsonl"
ELSEWHERE = frozenset({"evidence", "types", "guides", "best", "reviews", "methods", "README.md"})
"""What else a seed folder holds: guidance, reviews and scores read it."""


def sources_file(number: int) -> str:
    """The name of a file of sources: the first, and the further ones of a large catalogue."""
    return "sources.toml" if number == 1 else f"sources-{number}.toml"


@dataclass(frozen=True, slots=True)
class Placed:
    """A product, and where in the folder it stands; without a record where that has a fault.

    `slug` is "" where not even that could be read.
    """

    slug: str
    record: ProductRecord | None
    file: str
    where: str


class Folder(Protocol):
    """What the importer asks of a folder; each call reads it anew, and notes faults anew."""

    def taxonomy(self, faults: Faults) -> TaxonomyFile | None:
        """The taxonomy; None where the folder has none, or a faulty one."""

    def attributes(self, faults: Faults) -> AttributesFile | None:
        """The attributes; None where the folder has none, or faulty ones."""

    def aliases(self, faults: Faults) -> AliasesFile | None:
        """The other names of brands; None where the folder has none, or faulty ones."""

    def sources(self, faults: Faults) -> Iterator[tuple[str, str, SourceRecord]]:
        """Every source that fits its record, with its file and where in that it stands."""

    def products(self, faults: Faults) -> Iterator[Placed]:
        """Every product, in an order of the folder's own."""

    def product_count(self) -> int:
        """About how many products there are."""


def open_folder(path: Path, faults: Faults) -> Folder | None:
    """The folder in the form it has; None, with the fault noted, where it is none we can read."""
    try:
        names = {entry.name for entry in path.iterdir() if not entry.name.startswith(".")}
    except OSError as error:
        faults.add(path.name, "folder", "", f"cannot be read: {error.strerror}")
        return None
    if BULK_PRODUCTS in names:
        return BulkFolder(path)
    if PRODUCTS not in names:
        faults.add(path.name, "folder", "", f"holds neither {PRODUCTS}/ nor {BULK_PRODUCTS}")
        return None
    # A misspelled name would otherwise be data that silently never arrives.
    own = {TAXONOMY, ATTRIBUTES, ALIASES, PRODUCTS, *_sources_files(path)}
    for name in sorted(names - own - ELSEWHERE):
        faults.add(name, "file", "", "is no file of a seed folder; take it out")
    return SeedFolder(path)


@dataclass(frozen=True)
class SeedFolder:
    """The project's own form: TOML, one file a product."""

    path: Path

    def taxonomy(self, faults: Faults) -> TaxonomyFile | None:
        """See `Folder`."""
        document = _document(self.path / TAXONOMY, self.path, faults, optional=True)
        if document is None:
            return None
        return check(TaxonomyFile, document, file=TAXONOMY, where="", faults=faults)

    def attributes(self, faults: Faults) -> AttributesFile | None:
        """See `Folder`."""
        document = _document(self.path / ATTRIBUTES, self.path, faults, optional=True)
        if document is None:
            return None
        return check(AttributesFile, document, file=ATTRIBUTES, where="", faults=faults)

    def aliases(self, faults: Faults) -> AliasesFile | None:
        """See `Folder`."""
        document = _document(self.path / ALIASES, self.path, faults, optional=True)
        if document is None:
            return None
        return check(AliasesFile, document, file=ALIASES, where="", faults=faults)

    def sources(self, faults: Faults) -> Iterator[tuple[str, str, SourceRecord]]:
        """See `Folder`."""
        for file in _sources_files(self.path):
            document = _document(self.path / file, self.path, faults)
            if document is None:
                continue
            listed = check(SourcesFile, document, file=file, where="", faults=faults)
            for position, data in enumerate(listed.sources if listed else ()):
                where = f"sources.{position}"
                record = check(SourceRecord, data, file=file, where=where, faults=faults)
                if record is not None:
                    yield file, where, record

    def products(self, faults: Faults) -> Iterator[Placed]:
        """See `Folder`; in order of slug."""
        folder = self.path / PRODUCTS
        if folder.is_symlink() or not folder.is_dir():
            faults.add(PRODUCTS, "folder", "", "is no folder")
            return
        for path in sorted(folder.iterdir(), key=lambda entry: entry.name):
            if not path.name.startswith("."):
                yield self._product(path, faults)

    def product_count(self) -> int:
        """See `Folder`."""
        folder = self.path / PRODUCTS
        return sum(1 for _ in folder.iterdir()) if folder.is_dir() else 0

    def _product(self, path: Path, faults: Faults) -> Placed:
        file = path.relative_to(self.path).as_posix()
        slug = path.name.removesuffix(".toml")
        if slug == path.name:
            faults.add(file, "file", "", "is no .toml file; products/ holds nothing else")
            return Placed("", None, file, "")
        if not SLUG.fullmatch(slug):
            faults.add(file, "file", slug, "is no slug: 1 to 80 of a-z, 0-9 and -")
            return Placed("", None, file, "")
        document = _document(path, self.path, faults)
        if document is None:
            return Placed(slug, None, file, "")
        record = check(ProductRecord, document, file=file, where="", faults=faults)
        return Placed(slug, record, file, "")


@dataclass(frozen=True)
class BulkFolder:
    """Many products in one file of JSON lines, with the sources beside it."""

    path: Path
    _words: SeedFolder = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_words", SeedFolder(self.path))

    def taxonomy(self, faults: Faults) -> TaxonomyFile | None:
        """See `Folder`."""
        return self._words.taxonomy(faults)

    def attributes(self, faults: Faults) -> AttributesFile | None:
        """See `Folder`."""
        return self._words.attributes(faults)

    def aliases(self, faults: Faults) -> AliasesFile | None:
        """See `Folder`."""
        return self._words.aliases(faults)

    def sources(self, faults: Faults) -> Iterator[tuple[str, str, SourceRecord]]:
        """See `Folder`."""
        for where, data in _lines(self.path / BULK_SOURCES, self.path, faults):
            given = check(BulkSource, data, file=BULK_SOURCES, where=where, faults=faults)
            if given is None:
                continue
            source = check(
                SourceRecord, given.as_seed(), file=BULK_SOURCES, where=where, faults=faults
            )
            if source is not None:
                yield BULK_SOURCES, where, source

    def products(self, faults: Faults) -> Iterator[Placed]:
        """See `Folder`; in the order of the file."""
        file = BULK_PRODUCTS
        for where, data in _lines(self.path / file, self.path, faults):
            given = check(BulkProduct, data, file=file, where=where, faults=faults)
            if given is None:
                yield Placed("", None, file, where)
                continue
            record = check(ProductRecord, as_seed(given), file=file, where=where, faults=faults)
            yield Placed(given.slug, record, file, where)

    def product_count(self) -> int:
        """See `Folder`."""
        path = self.path / BULK_PRODUCTS
        if path.is_symlink() or not path.is_file():
            return 0
        with path.open("rb") as file:
            return sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))


def _sources_files(folder: Path) -> Iterator[str]:
    yield sources_file(1)
    number = 2
    while (folder / sources_file(number)).exists():
        yield sources_file(number)
        number += 1


def _document(
    path: Path, root: Path, faults: Faults, *, optional: bool = False
) -> dict[str, Any] | None:
    if optional and not path.is_symlink() and not path.exists():
        return None
    return read_toml(path, root, faults) if _is_plain_file(path, root, faults) else None


def _lines(path: Path, root: Path, faults: Faults) -> Iterator[tuple[str, Any]]:
    if _is_plain_file(path, root, faults):
        for number, data in read_json_lines(path, root, faults):
            yield f"line {number}", data


def _is_plain_file(path: Path, root: Path, faults: Faults) -> bool:
    name = path.relative_to(root).as_posix()
    if path.is_symlink():
        faults.add(name, "file", "", "is a link; put the file itself here")
    elif not path.exists():
        faults.add(name, "file", "", "is missing")
    elif not path.is_file():
        faults.add(name, "file", "", "is a folder or device, not a file")
    else:
        return True
    return False
