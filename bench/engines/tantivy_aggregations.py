"""tantivy over one document a machine: filters as queries, counts as terms aggregations.

One search gives the page in the order of a fast field; one aggregation counts the facets that share
a context, and one more each facet with something chosen. Scores are switched off.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from importlib.metadata import version
from typing import Any

import numpy as np
import tantivy
from tantivy import Occur, Order, Query

from bench.compared import FACETS, PER_PAGE, Answer
from bench.engines import Material
from bench.flat import Flat, Span
from bench.synthetic import draw
from reviews_app.browse import Selection
from reviews_app.browse.facets import RELEVANCE
from reviews_app.browse.numbers import Bounds
from reviews_app.browse.stems import stem
from reviews_app.browse.words import typos_forgiven, words_of

WRITER_BYTES = 1_500_000_000
MOST_OPTIONS = 300


class Aggregations:
    """An Engine."""

    index: tantivy.Index
    writer: Any
    searcher: Any

    def __init__(self, material: Material) -> None:
        self.material = material

    @property
    def version(self) -> str:
        """See `Engine`."""
        return f"tantivy-py {version('tantivy')}"

    def build(self) -> dict[str, float]:
        """See `Engine`; from arrays, in memory, into as few segments as one writer makes."""
        self.flat = Flat(draw(self.material.n))
        spans = {**self.flat.spans, "calf": self.flat.calf}
        self.schema = _schema(self.flat)
        self.orders = {name: np.argsort(ranks) for name, ranks in self.flat.ranks.items()}
        self.words = _texts(self.flat)
        started = time.perf_counter()
        self.index = tantivy.Index(self.schema)
        self.writer = self.index.writer(WRITER_BYTES, 1)
        columns = _columns(self.flat)
        for row in range(self.material.n):
            self.writer.add_document(_document(row, columns, spans, self.words))
        self.writer.commit()
        self._look_again()
        return {"build": time.perf_counter() - started}

    def answer(self, selection: Selection) -> Answer:
        """See `Engine`."""
        filters = dict(self._filters(selection))
        everything = _all(*filters.values())
        ids, total = self._page(selection, everything)
        narrowed = [name for name, _ in selection.values]
        counts = self._counts(everything, [name for name in FACETS if name not in narrowed])
        for name in narrowed:
            others = _all(*(one for key, one in filters.items() if key != name))
            counts |= self._counts(others, [name])
        return Answer(ids, total, counts)

    def change(self, product_id: int, *, cordless: bool) -> dict[str, float]:
        """See `Engine`."""
        one = self.flat.one["cordless"]
        one.codes[product_id - 1] = one.values.index("yes" if cordless else "no")
        self.writer.delete_documents_by_term("id", product_id)
        columns = _columns(self.flat)
        spans = {**self.flat.spans, "calf": self.flat.calf}
        self.writer.add_document(_document(product_id - 1, columns, spans, self.words))
        self.writer.commit()
        self._look_again()
        return {}

    def disk_bytes(self) -> int:
        """See `Engine`."""
        return 0

    def close(self) -> None:
        """See `Engine`."""
        self.writer.rollback()

    def _look_again(self) -> None:
        self.index.reload()
        self.searcher = self.index.searcher()

    def _filters(self, selection: Selection) -> Iterator[tuple[str, Query]]:
        for name, values in selection.values:
            yield name, Query.term_set_query(self.schema, name, list(values))
        for name, bounds in selection.bounds:
            yield name, self._within(name, bounds)
        for name, measure in selection.measures:
            size = float(measure.within("cm"))
            fits = _all(self._up_to("calf_low", size), self._from("calf_high", size))
            yield name, self._or_absent(name, fits, measure.include_unknown)
        if selection.words:
            yield "q", _all(*(self._word(word, typos=True) for word in words_of(selection.words)))

    def _within(self, name: str, bounds: Bounds) -> Query:
        scale = 100 if name == "price" else 1
        ends = []
        if bounds.low is not None:
            ends.append(self._from(f"{name}_high", float(bounds.low * scale)))
        if bounds.high is not None:
            ends.append(self._up_to(f"{name}_low", float(bounds.high * scale)))
        return self._or_absent(name, _all(*ends), bounds.include_unknown)

    def _or_absent(self, name: str, met: Query, include_unknown: bool) -> Query:
        found = [met, self._flag(name, "na")]
        found += [self._flag(name, "unstated")] if include_unknown else []
        return _any(*found)

    def _flag(self, name: str, state: str) -> Query:
        return Query.term_query(self.schema, "state", f"{name}:{state}", "basic")

    def _from(self, field: str, number: float) -> Query:
        return Query.range_query(self.schema, field, tantivy.FieldType.Float, number, None)

    def _up_to(self, field: str, number: float) -> Query:
        return Query.range_query(self.schema, field, tantivy.FieldType.Float, None, number)

    def _word(self, word: str, *, typos: bool) -> Query:
        found = [Query.regex_query(self.schema, "words", f"{word}.*")]
        shared = stem(word)
        if shared is not None:
            found.append(Query.term_query(self.schema, "stems", shared, "basic"))
        allowed = typos_forgiven(word) if typos else 0
        if allowed:
            found.append(Query.fuzzy_term_query(self.schema, "words", word, allowed))
        return _any(*found)

    def _page(self, selection: Selection, everything: Query) -> tuple[tuple[int, ...], int]:
        first = (selection.page - 1) * PER_PAGE
        if selection.sort_name != RELEVANCE:
            ids, total = self._search(everything, selection.sort_name, PER_PAGE, first)
            return tuple(ids), total
        found: list[int] = []
        passed = total = 0
        for tier in self._tiers(selection, everything):
            wanted = PER_PAGE - len(found)
            skipped = max(first - passed, 0)
            ids, count = self._search(tier, "facts", max(wanted, 1), skipped)
            found += ids[:wanted]
            passed += count
            total += count
        return tuple(found), total

    def _tiers(self, selection: Selection, everything: Query) -> list[Query]:
        """What matches, by how well it meets the words, best first."""
        words = words_of(selection.words)
        exact = _all(*(Query.term_query(self.schema, "words", word, "basic") for word in words))
        begun = _all(*(self._word(word, typos=False) for word in words))
        return [
            _all(everything, exact),
            _but(_all(everything, begun), exact),
            _but(everything, begun),
        ]

    def _search(self, query: Query, order: str, n: int, first: int) -> tuple[list[int], int]:
        field = _rank(order)
        found = self.searcher.search(query, n, True, field, first, Order.Asc)
        of_rank = self.orders[order]
        return [int(of_rank[rank]) + 1 for rank, _ in found.hits], found.count

    def _counts(self, query: Query, names: list[str]) -> dict[str, dict[str, int]]:
        asked = {name: {"terms": {"field": name, "size": MOST_OPTIONS}} for name in names}
        found = self.searcher.aggregate(query, asked)
        return {
            name: {bucket["key"]: int(bucket["doc_count"]) for bucket in found[name]["buckets"]}
            for name in names
        }


def _all(*queries: Query) -> Query:
    if not queries:
        return Query.all_query()
    if len(queries) == 1:
        return queries[0]
    return Query.boolean_query([(Occur.Must, query) for query in queries])


def _any(*queries: Query) -> Query:
    return Query.const_score_query(
        Query.boolean_query([(Occur.Should, query) for query in queries]), 1.0
    )


def _but(query: Query, without: Query) -> Query:
    return Query.boolean_query([(Occur.Must, query), (Occur.MustNot, without)])


def _rank(order: str) -> str:
    return "rank_" + order.replace("-", "minus_")


def _schema(flat: Flat) -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("id", indexed=True)
    for name in FACETS:
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("state", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("words", tokenizer_name="whitespace", index_option="basic")
    builder.add_text_field("stems", tokenizer_name="whitespace", index_option="basic")
    for order in flat.ranks:
        builder.add_unsigned_field(_rank(order), fast=True)
    for name in (*flat.spans, "calf"):
        builder.add_float_field(f"{name}_low", fast=True)
        builder.add_float_field(f"{name}_high", fast=True)
    return builder.build()


def _texts(flat: Flat) -> dict[int, str]:
    """The words of every machine, by row."""
    found = [{word} for word in flat.number_words]
    for word, rows in flat.words():
        for row in rows.tolist():
            found[row].add(word)
    return {row: " ".join(words) for row, words in enumerate(found)}


def _columns(flat: Flat) -> dict[str, Any]:
    columns: dict[str, Any] = {name: (one.values, one.codes) for name, one in flat.one.items()}
    columns |= {name: (many.values, many.marks) for name, many in flat.many.items()}
    return columns | {_rank(order): ranks for order, ranks in flat.ranks.items()}


def _document(
    row: int, columns: dict[str, Any], spans: dict[str, Span], words: dict[int, str]
) -> tantivy.Document:
    document = tantivy.Document()
    document.add_unsigned("id", row + 1)
    for name, column in columns.items():
        if name.startswith("rank_"):
            document.add_unsigned(name, int(column[row]))
            continue
        values, codes = column
        had = [int(codes[row])] if codes.ndim == 1 else np.flatnonzero(codes[row]).tolist()
        for place in had:
            document.add_text(name, values[place])
    for name, span in spans.items():
        if span.stated[row]:
            document.add_float(f"{name}_low", float(span.low[row]))
            document.add_float(f"{name}_high", float(span.high[row]))
        else:
            state = "na" if span.inapplicable[row] else "unstated"
            document.add_text("state", f"{name}:{state}")
    document.add_text("words", words[row])
    document.add_text("stems", " ".join(filter(None, map(stem, words[row].split()))))
    return document
