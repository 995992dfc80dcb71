"""No review is made up: one function writes them, one form leads to it, no command and no file."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from flask import Flask

from reviews_app.config import ROOT
from reviews_app.reviews.readers.models import (
    ProductRating,
    PublishedReview,
    ReaderReview,
    ReviewVersion,
)

APP = ROOT / "reviews_app"
WRITTEN = (ReaderReview, ReviewVersion, PublishedReview, ProductRating)


def calls(name: str) -> Iterator[str]:
    """The modules of the site that call something by this name, as `name(…)` or `x.name(…)`."""
    for path in sorted(APP.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and f".{ast.unparse(node.func)}".endswith(f".{name}"):
                yield str(path.relative_to(APP))


def test_one_function_writes_reviews_and_one_form_leads_to_it() -> None:
    readers = Path("reviews/readers")
    sending, publishing = str(readers / "sending.py"), str(readers / "publishing.py")

    assert set(calls("ReaderReview")) == {sending}
    assert set(calls("ReviewVersion")) == {sending}
    assert set(calls("PublishedReview")) == {publishing}
    assert set(calls("sending.send")) == {"web/review_form.py"}


def test_no_command_and_no_data_file_brings_a_review(app: Flask) -> None:
    assert set(app.cli.commands["reviews"].commands) == {  # type: ignore[attr-defined]
        "represent",
        "unrepresent",
        "check-log",
    }
    importing = [*(APP / "catalogue").rglob("*.py"), *(APP / "cli").rglob("*.py")]
    names = {table.__name__ for table in WRITTEN}
    for path in importing:
        text = path.read_text(encoding="utf-8")
        assert not [one for one in names if one in text], path


def test_a_review_stays_with_its_machine() -> None:
    """Nobody writes the machine of a review but who makes it, nor updates its row at all."""
    for path in APP.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            targets = node.targets if isinstance(node, ast.Assign) else []
            written = [one.attr for one in targets if isinstance(one, ast.Attribute)]
            assert "product_id" not in written, path
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "sa.update":
                assert ast.unparse(node.args[0]) not in {"ReaderReview", "PublishedReview"}, path
