"""No review is made up: one function writes them, one form leads to it, no command and no file."""

from __future__ import annotations

import ast
from functools import cache
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


@cache
def trees() -> dict[str, ast.Module]:
    """Every module of the site, by its path."""
    return {
        str(path.relative_to(APP)): ast.parse(path.read_text(encoding="utf-8"))
        for path in APP.rglob("*.py")
    }


@cache
def called() -> frozenset[tuple[str, str, str]]:
    """All that is called: the module, of what (or nothing) and by which name."""
    return frozenset(
        (path, *_name(node.func))
        for path, tree in trees().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
    )


def _name(function: ast.expr) -> tuple[str, str]:
    if isinstance(function, ast.Attribute):
        return getattr(function.value, "id", "?"), function.attr
    return "", getattr(function, "id", "?")


def calls(name: str, of: str | None = None) -> set[str]:
    """The modules that call something by this name, of whatever unless said."""
    return {path for path, what, found in called() if found == name and of in (None, what)}


def test_one_function_writes_reviews_and_one_form_leads_to_it() -> None:
    readers = Path("reviews/readers")
    sending, publishing = str(readers / "sending.py"), str(readers / "publishing.py")

    assert calls("ReaderReview") == {sending}
    assert calls("ReviewVersion") == {sending}
    assert calls("PublishedReview") == {publishing}
    assert calls("send", of="sending") == {"web/review_form.py"}


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
    for path, tree in trees().items():
        for node in ast.walk(tree):
            targets = node.targets if isinstance(node, ast.Assign) else []
            written = [one.attr for one in targets if isinstance(one, ast.Attribute)]
            assert "product_id" not in written, path
            if isinstance(node, ast.Call) and _name(node.func) == ("sa", "update"):
                assert ast.unparse(node.args[0]) not in {"ReaderReview", "PublishedReview"}, path
