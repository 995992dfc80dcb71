"""The prose that is measured: what a reader meets as running text, as words without markup."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reviews_app.guidance.syntax import parse
from reviews_app.reviews.pieces import without_tokens

ARTICLES = {"guides": "Guide", "types": "Massage type", "best": "Best-of list"}

FIELDS = {
    "claims": ("title", "popular_claim", "what_evidence_says", "takeaway", "note"),
    "contraindications": ("name", "why", "signs", "basis"),
    "red_flags": ("sign", "note"),
    "needs": ("label", "do_first", "self_use", "basis", "why"),
    "questions": ("question", "answer"),
    "glossary": ("definition",),
    "grades": ("meaning",),
}
"""Of each file of evidence the fields that a page prints, wherever in a record they stand."""

BY_ITSELF = 60
"""Words from which a record is a text of its own; below, one long word would move its age."""


@dataclass(frozen=True)
class Text:
    """One text by the name of its file and record, with its paragraphs and items as plain words."""

    kind: str
    name: str
    paragraphs: tuple[str, ...]


def texts(folder: Path) -> Iterator[Text]:
    """Every text of a seed folder: articles, evidence and safety, desk reviews."""
    for place, kind in ARTICLES.items():
        for path in sorted((folder / place).glob("*.md")):
            head, body = _opened(path)
            yield Text(kind, f"{place}/{path.name}", (head["summary"], *_prose(body)))
    for name in FIELDS:
        yield from _evidence(folder, name)
    for path in sorted((folder / "reviews").glob("*.md")):
        head, body = _opened(path)
        yield Text("Desk review", f"reviews/{path.name}", tuple(_review(head, body)))


def _opened(path: Path) -> tuple[Mapping[str, Any], str]:
    _, head, body = path.read_text("utf-8").split("+++\n", 2)
    return tomllib.loads(head), body


def _prose(body: str) -> Iterator[str]:
    """Paragraphs and list items; headings and tables are no running text."""
    skipped = 0
    for token in parse(body):
        if token.type in {"heading_open", "table_open"}:
            skipped += 1
        elif token.type in {"heading_close", "table_close"}:
            skipped -= 1
        elif token.type == "inline" and not skipped:
            children = token.children or []
            yield "".join(" " if one.type == "softbreak" else one.content for one in children)


def _evidence(folder: Path, name: str) -> Iterator[Text]:
    """Each longer record, and the shorter ones of the file together."""
    file, short = f"evidence/{name}.toml", list[str]()
    [records] = tomllib.loads((folder / file).read_text("utf-8")).values()
    for record in records:
        found = tuple(_fields(record, FIELDS[name]))
        if sum(len(one.split()) for one in found) < BY_ITSELF:
            short += found
        else:
            yield Text("Evidence and safety", f"{file} {record['id']}", found)
    if short:
        yield Text("Evidence and safety", file, tuple(short))


def _fields(record: Any, names: Iterable[str]) -> Iterator[str]:
    """The texts of those fields in a record and in all that it holds."""
    if isinstance(record, list):
        for one in record:
            yield from _fields(one, names)
    elif isinstance(record, dict):
        for name, value in record.items():
            if name in names and value:
                yield from value if isinstance(value, list) else [value]
            else:
                yield from _fields(value, names)


def _review(head: Mapping[str, Any], body: str) -> Iterator[str]:
    written = [head["verdict"], head["summary"]]
    written += [one for part in ("best_for", "not_for", "unknown") for one in head.get(part, [])]
    written += [one["text"] for part in ("good", "less_good") for one in head.get(part, [])]
    written += [one["why"] for one in head.get("alternatives", [])]
    yield from (without_tokens(one) for one in (*written, *body.split("\n\n")))
