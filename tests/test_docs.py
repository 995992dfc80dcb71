"""What the documents promise to be shown by tests is shown by tests that exist."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from reviews_app.config import ROOT

NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
BEHAVIOURS = [f"R{number}" for number in range(1, 36)]


def names_in(path: Path) -> set[str]:
    """The names of the tests in a file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {one.name for one in tree.body if isinstance(one, ast.FunctionDef)}


def test_every_test_that_a_document_names_exists() -> None:
    named = {
        (document.name, file, name)
        for document in (ROOT / "docs").rglob("*.md")
        for file, name in NAMED.findall(document.read_text(encoding="utf-8"))
    }
    there = {file: names_in(ROOT / file) for _, file, _ in named}

    assert {one for one in named if one[2] not in there[one[1]]} == set()
    assert len(named) > 50


def test_every_behaviour_of_honest_reviews_has_its_row_with_a_test() -> None:
    lines = (ROOT / "docs" / "review-integrity.md").read_text(encoding="utf-8").splitlines()
    rows = {line.split("|")[1].strip(): line for line in lines if line.startswith("| R")}

    assert list(rows) == BEHAVIOURS
    assert [one for one, row in rows.items() if not NAMED.search(row)] == []
