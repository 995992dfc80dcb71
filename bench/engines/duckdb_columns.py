"""DuckDB over one wide table: the quickest SQL found for the compared answer.

What matches is kept once with the columns still to be counted. Small facets are grouped together,
and their counts added up from those groups; a facet with something chosen has a scan of its own.
Slower by a third to a factor of four: a GROUP BY a facet over what matches, conditional sums,
grouping sets, histograms, separate statements, and keeping all that fails one facet at most.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from typing import Any

import duckdb
import numpy as np

from bench.compared import FACETS, PER_PAGE, Answer
from bench.engines import Material
from bench.flat import Flat
from bench.synthetic import draw
from reviews_app.browse import Selection
from reviews_app.browse.facets import RELEVANCE
from reviews_app.browse.numbers import Bounds
from reviews_app.browse.stems import stem
from reviews_app.browse.words import typos_forgiven, words_of

TOGETHER = ("type", "heat", "cordless", "power_source", "app", "audience")
ALONE = ("area", "need", "brand", "form")


class Columns:
    """An Engine."""

    def __init__(self, material: Material) -> None:
        self.material = material
        self.database = duckdb.connect(":memory:")

    @property
    def version(self) -> str:
        """See `Engine`."""
        return f"DuckDB {version('duckdb')}"

    def build(self) -> dict[str, float]:
        """See `Engine`; from arrays in memory."""
        flat = Flat(draw(self.material.n))
        self.one = {name: one.values for name, one in flat.one.items()}
        self.many = {name: many.values for name, many in flat.many.items()}
        columns, postings, words = _columns(flat), *_postings(flat)
        started = time.perf_counter()
        for name, table in (("machine", columns), ("posting", postings), ("word", words)):
            self.database.register("columns", table)
            self.database.execute(f"CREATE TABLE {name} AS SELECT * FROM columns")  # noqa: S608
            self.database.unregister("columns")
        # No typo makes a word of letters out of one of digits: those need not be compared.
        self.database.execute(
            "CREATE TABLE lettered AS SELECT * FROM word WHERE regexp_matches(word, '[^0-9]')"
        )
        return {"build": time.perf_counter() - started}

    def answer(self, selection: Selection) -> Answer:
        """See `Engine`."""
        text, given, names = self.query(selection)
        row = self.database.execute(text, given).fetchone()
        assert row is not None  # noqa: S101  (a scalar SELECT has one row)
        ids, total, *groups = row
        counts: dict[str, Counter[str]] = {name: Counter() for name in FACETS}
        for name, rows in zip(names, groups, strict=True):
            for code, count in _tuples(rows):
                for value in self.values(name, code):
                    counts[name][value] += count
        return Answer(tuple(ids or ()), total or 0, counts)

    def change(self, product_id: int, *, cordless: bool) -> dict[str, float]:
        """See `Engine`."""
        code = self.one["cordless"].index("yes" if cordless else "no")
        self.database.execute("UPDATE machine SET cordless = ? WHERE id = ?", [code, product_id])
        return {}

    def disk_bytes(self) -> int:
        """See `Engine`."""
        return 0

    def close(self) -> None:
        """See `Engine`."""
        self.database.close()

    def values(self, name: str, code: int) -> Iterator[str]:
        """The options that the value of a column stands for."""
        if name in self.one:
            yield self.one[name][code]
        else:
            yield from (v for place, v in enumerate(self.many[name]) if code >> place & 1)

    def query(self, selection: Selection) -> tuple[str, dict[str, str], list[str]]:
        """One statement for the whole answer, its parameters, and the facets it counts in turn."""
        chosen = {name: self.has(name, values) for name, values in selection.values}
        must = [_within(name, bounds) for name, bounds in selection.bounds]
        must += [_fits(float(m.within("cm")), m.include_unknown) for _, m in selection.measures]
        hits, join, given = _words(selection.words)
        machines = f"machine {join}"
        keys = ["rank_" + selection.sort_name.replace("-", "minus_")]
        if selection.sort_name == RELEVANCE:
            keys = ["class", "rank_facts"]
        together = [name for name in TOGETHER if name not in chosen]
        alone = [name for name in ALONE if name not in chosen]
        groups = [_sums(name) for name in together]
        groups += [_group(name, "found") for name in alone]
        for name in chosen:
            others = [condition for other, condition in chosen.items() if other != name]
            groups.append(_group(name, f"{machines} {_where([*others, *must])}"))
        columns = ", ".join(["id", *keys, *together, *alone])
        first = (selection.page - 1) * PER_PAGE
        text = f"""
            WITH {hits} found AS MATERIALIZED (
                SELECT {columns} FROM {machines} {_where([*chosen.values(), *must])}
            ),
            grouped AS MATERIALIZED (
                SELECT {", ".join([*together, "count(*) AS n"])} FROM found GROUP BY ALL
            )
            SELECT
                (SELECT list(id) FROM (SELECT id FROM found
                    ORDER BY {", ".join(keys)} LIMIT {PER_PAGE} OFFSET {first})),
                (SELECT count(*) FROM found),
                {", ".join(groups)}
        """  # noqa: S608  (numbers and names of ours; what readers type are parameters)
        return text, given, [*together, *alone, *chosen]

    def has(self, name: str, values: Sequence[str]) -> str:
        """The machine has one of these options."""
        if name in self.one:
            return f"{name} IN ({', '.join(str(self.one[name].index(value)) for value in values)})"
        bits = sum(1 << self.many[name].index(value) for value in values)
        return f"({name} & {bits}) != 0"


def _tuples(rows: list[Any] | None) -> Iterator[tuple[int, ...]]:
    """The rows of a list, which come as dictionaries where columns have names."""
    for row in rows or ():
        yield tuple(row.values()) if isinstance(row, dict) else row


def _where(conditions: Sequence[str]) -> str:
    return f"WHERE {' AND '.join(conditions)}" if conditions else ""


def _group(name: str, of: str) -> str:
    """How many have each value of a column, as a list of pairs."""
    counted = f"SELECT {name}, count(*) AS n FROM {of} GROUP BY ALL"  # noqa: S608  (our own names)
    return f"(SELECT list(({name}, n)) FROM ({counted}))"  # noqa: S608


def _sums(name: str) -> str:
    """The same, added up from the groups of several columns."""
    summed = f"SELECT {name}, sum(n)::INTEGER AS n FROM grouped GROUP BY ALL"  # noqa: S608
    return f"(SELECT list(({name}, n)) FROM ({summed}))"  # noqa: S608


def _within(name: str, bounds: Bounds) -> str:
    scale = 100 if name == "price" else 1
    ends = [f"{name}_high >= {float(bounds.low * scale)}"] if bounds.low is not None else []
    ends += [f"{name}_low <= {float(bounds.high * scale)}"] if bounds.high is not None else []
    inside = f"(NOT {name}_stated OR ({' AND '.join(ends)}))"
    return inside if bounds.include_unknown else f"{inside} AND ({name}_stated OR {name}_na)"


def _fits(size: float, include_unknown: bool) -> str:
    fits = f"(NOT calf_stated OR {size} BETWEEN calf_low AND calf_high)"
    return fits if include_unknown else f"{fits} AND (calf_stated OR calf_na)"


def _words(query: str) -> tuple[str, str, dict[str, str]]:
    """CTEs that end in `hits` (id, class), how `machine` joins them, and their parameters."""
    asked = sorted(words_of(query))
    if not asked:
        return "", "", {}
    parts = []
    for at, word in enumerate(asked):
        typos = typos_forgiven(word)
        near = (
            f"UNION ALL SELECT place, 2 FROM lettered WHERE NOT {_begun(at, word)} "  # noqa: S608
            f"AND abs(length(word) - {len(word)}) <= {typos} "
            f"AND damerau_levenshtein(word, $w{at}) <= {typos}"
            if typos
            else ""
        )
        parts.append(
            f"""w{at} AS (
                SELECT id, min(class) AS class FROM posting JOIN (
                    SELECT place, CASE WHEN word = $w{at} THEN 0 ELSE 1 END AS class
                    FROM word WHERE {_begun(at, word)} {near}
                ) USING (place) GROUP BY id),"""  # noqa: S608  (numbers of ours)
        )
    worst = ", ".join(f"w{at}.class" for at in range(len(asked)))
    joined = "w0 " + " ".join(f"JOIN w{at} USING (id)" for at in range(1, len(asked)))
    worst = f"greatest({worst})" if len(asked) > 1 else worst
    parts.append(f"hits AS (SELECT id, {worst} AS class FROM {joined}),")  # noqa: S608
    return (
        " ".join(parts),
        "JOIN hits USING (id)",
        {f"w{at}": word for at, word in enumerate(asked)}
        | {f"s{at}": shared for at, word in enumerate(asked) if (shared := stem(word))},
    )


def _begun(at: int, word: str) -> str:
    """A word begins like the one asked for, or is another form of it."""
    form = f"stem = $s{at} OR " if stem(word) else ""
    return f"({form}starts_with(word, $w{at}))"


def _columns(flat: Flat) -> dict[str, Any]:
    columns: dict[str, Any] = {"id": flat.ids.astype(np.int32)}
    for name, ranks in flat.ranks.items():
        columns["rank_" + name.replace("-", "minus_")] = ranks.astype(np.int32)
    for name, one in flat.one.items():
        columns[name] = one.codes.astype(np.uint8)
    for name, many in flat.many.items():
        columns[name] = (many.marks @ (1 << np.arange(len(many.values)))).astype(np.uint16)
    for name, span in (*flat.spans.items(), ("calf", flat.calf)):
        columns |= {
            f"{name}_low": span.low,
            f"{name}_high": span.high,
            f"{name}_stated": span.stated,
            f"{name}_na": span.inapplicable,
        }
    return columns


def _postings(flat: Flat) -> tuple[dict[str, Any], dict[str, Any]]:
    """The pairs of word and machine, those of a word together; and the words."""
    places: dict[str, int] = {}
    rows, owners = [], []
    for word, found in flat.words():
        place = places.setdefault(word, len(places))
        rows.append(found)
        owners.append(np.full(len(found), place))
    numbers = flat.number_words
    rows.append(np.arange(len(numbers)))
    owners.append(np.arange(len(numbers)) + len(places))
    place, row = np.unique(np.stack([np.concatenate(owners), np.concatenate(rows)]), axis=1)
    words = np.array([*places, *numbers], dtype=object)
    return (
        {"place": place.astype(np.int32), "id": (row + 1).astype(np.int32)},
        {
            "word": words,
            "stem": np.array([stem(word) or "" for word in words], dtype=object),
            "place": np.arange(len(words), dtype=np.int32),
        },
    )
