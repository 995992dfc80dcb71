"""The article files `guides/*.md`, `types/*.md` and `best/*.md`: front matter, then Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomli_w

from reviews_app.catalogue.folder import Faults, check, parse_toml, read_text
from reviews_app.guidance.dialect import Complaint, complaints
from reviews_app.guidance.records import FOLDERS, Article, FrontMatter

FENCE = "+++\n"
LONGEST_BODY = 60_000
"""Characters, three times the longest article; some Markdown takes the square of them to read."""

_SLUG = re.compile("[a-z0-9]+(-[a-z0-9]+)*")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def read_articles(folder: Path, faults: Faults) -> Iterator[Article]:
    """Every article of the folder, by kind and name; those with faults are left out."""
    for kind, place in FOLDERS.items():
        for path in sorted((folder / place).glob("*.md")):
            article = _read(kind, path, folder, faults)
            if article is not None:
                yield article


@dataclass(frozen=True)
class Opened:
    """A file taken apart: its front matter, and the body that starts on line `body_line`."""

    file: str
    document: dict[str, Any]
    body: str
    body_line: int


def open_article(path: Path, folder: Path, faults: Faults) -> Opened | None:
    """The file below `folder` taken apart; None, with the fault noted, where it is no article."""
    name = path.relative_to(folder).as_posix()
    text = read_text(path, folder, faults)
    if text is None:
        return None
    if not _SLUG.fullmatch(path.stem):
        faults.add(name, "file name", path.stem, "must be lower-case words joined by hyphens")
        return None
    head, closed, body = text.replace("\r\n", "\n").removeprefix(FENCE).partition(f"\n{FENCE}")
    if not text.startswith("+++") or not closed:
        reason = "must begin with front matter between two lines +++"
        faults.add(name, "line 1", text.partition("\n")[0], reason)
        return None
    document = parse_toml(f"\n{head}\n", name, faults)  # the empty line keeps line numbers right
    return None if document is None else Opened(name, document, body, head.count("\n") + 4)


def check_body(opened: Opened, faults: Faults) -> None:
    """Note all that the Markdown may not hold, line by line."""
    file, body = opened.file, opened.body
    if not body.strip():
        faults.add(file, "body", "", "is empty")
    if len(body) > LONGEST_BODY:
        faults.add(file, "body", f"{len(body)} characters", f"longer than {LONGEST_BODY}")
        return
    for line, value, reason in [*_control_characters(body), *complaints(body)]:
        faults.add(file, f"line {opened.body_line + line - 1}", value, reason)


def article_text(front: FrontMatter, body: str) -> str:
    """The file of an article; the body as it is."""
    return f"{FENCE}{tomli_w.dumps(front.model_dump())}{FENCE}{body}"


def _read(kind: str, path: Path, folder: Path, faults: Faults) -> Article | None:
    opened = open_article(path, folder, faults)
    if opened is None:
        return None
    front = check(FrontMatter, opened.document, file=opened.file, where="", faults=faults)
    if front is None:
        return None
    article = Article(kind, path.stem, front, opened.body, opened.file, opened.body_line)
    return article if _is_sound(article, opened, faults) else None


def _is_sound(article: Article, opened: Opened, faults: Faults) -> bool:
    before = faults.total
    front, file = article.front, article.file
    if front.review_due_on < front.reviewed_on:
        due = front.review_due_on.isoformat()
        faults.add(file, "review_due_on", due, f"is before reviewed_on, {front.reviewed_on}")
    check_body(opened, faults)
    return faults.total == before


def _control_characters(body: str) -> Iterator[Complaint]:
    for found in _CONTROL.finditer(body):
        line = body.count("\n", 0, found.start()) + 1
        yield Complaint(line, found[0], "holds a control character")
        return
