"""A database to import into."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.catalogue.folders import seed_folder


@pytest.fixture
def database(app: Flask) -> Iterator[None]:
    """Empty tables, and a context in which they can be asked."""
    with app.app_context():
        yield


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small seed folder with nothing wrong in it."""
    return seed_folder(tmp_path / "seed")
