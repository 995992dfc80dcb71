"""A test that a page of `docs/` names as its evidence is there, under that name."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from reviews_app.config import ROOT

PAGES = sorted(
    page for page in ROOT.glob("docs/*.md") if page.name in {"security.md", "review-integrity.md"}
)
NAMED = re.compile(r"\b([\w/]+\.py)(?:::(\w+))?")
"""`web/test_limiting.py::test_no_address_stands_in_the_counts`, below `tests/`; or a whole file."""


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_test_that_is_named_is_there(page: Path) -> None:
    named = [found for found in NAMED.findall(page.read_text()) if "test_" in found[0]]
    missing = [f"{file}::{test}" for file, test in named if not _is_there(file, test)]

    assert missing == []
    assert len(named) > 10


def test_each_behaviour_of_honest_reviews_has_its_row_and_a_test() -> None:
    lines = (ROOT / "docs" / "review-integrity.md").read_text().splitlines()
    rows = {line.split("|")[1].strip(): line for line in lines if line.startswith("| R")}

    assert list(rows) == [f"R{number}" for number in range(1, 36)]
    assert [one for one, row in rows.items() if not NAMED.search(row)] == []


def test_a_test_that_is_not_there_is_missed() -> None:
    assert not _is_there("test_named_tests.py", "test_of_nothing")
    assert not _is_there("test_of_nothing.py", "")
    assert _is_there("test_named_tests.py", "test_a_test_that_is_not_there_is_missed")


def _is_there(file: str, test: str) -> bool:
    return (ROOT / "tests" / file).is_file() and (not test or test in _tests(file))


@cache
def _tests(file: str) -> frozenset[str]:
    tree = ast.parse((ROOT / "tests" / file).read_text())
    return frozenset(one.name for one in ast.walk(tree) if isinstance(one, ast.FunctionDef))
