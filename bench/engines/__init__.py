"""What is compared: each engine is one class here, with the same four verbs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Protocol

from bench.compared import Answer
from reviews_app.browse import Selection


@dataclass(frozen=True)
class Material:
    """What an engine is built from: the SQLite file of a synthetic catalogue, and its size."""

    n: int
    file: Path


class Engine(Protocol):
    """Built once, then asked."""

    @property
    def version(self) -> str:
        """What it is, with its version."""

    def build(self) -> dict[str, float]:
        """Make ready to answer; the seconds each step took, by its name."""

    def answer(self, selection: Selection) -> Answer:
        """The compared answer."""

    def change(self, product_id: int, *, cordless: bool) -> dict[str, float]:
        """State of one machine whether it is cordless; returns when the next answer knows it.

        The seconds of the steps worth telling apart, by their name.
        """

    def disk_bytes(self) -> int:
        """What it keeps on disk."""

    def close(self) -> None:
        """Let go of everything."""


ENGINES = {
    "index": "our_index:Compared",
    "index-full": "our_index:Full",
    "index-without-words": "our_index:WithoutWords",
    "sqlite": "our_sql:OnSqlite",
    "postgres": "our_sql:OnPostgres",
    "duckdb": "duckdb_columns:Columns",
    "tantivy": "tantivy_aggregations:Aggregations",
}
"""In the order of the report: the module and class of each."""

NO_ANSWERS = ("index-without-words",)
"""Built for its memory only."""

NO_CHANGES = ("index",)
"""What patches is the whole index."""

LABELS = {
    "index": "our index, the ten facets",
    "index-full": "our index, the whole listing",
    "index-without-words": "our index, the whole listing, without words",
    "sqlite": "our SQL on SQLite",
    "postgres": "our SQL on PostgreSQL",
    "duckdb": "DuckDB",
    "tantivy": "tantivy, aggregations",
}


def engine(name: str, material: Material) -> Engine:
    """The engine of that name, not yet built."""
    module, kind = ENGINES[name].split(":")
    make: Callable[[Material], Engine] = getattr(import_module(f"bench.engines.{module}"), kind)
    return make(material)
