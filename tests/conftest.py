"""The site for tests: on an empty database in memory, a new one for every test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient, FlaskCliRunner

from reviews_app import create_app
from reviews_app.config import ROOT, Config
from reviews_app.db import Base, db

IN_MEMORY = Config(database_url="sqlite://", secret_key="s" * 32)


@pytest.fixture
def app() -> Iterator[Flask]:
    """A site whose tables are there and empty."""
    app = create_app(IN_MEMORY)
    with app.app_context():
        Base.metadata.create_all(db.engine)
        engine = db.engine
    yield app
    engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A visitor of the site."""
    return app.test_client()


@pytest.fixture
def runner(app: Flask) -> FlaskCliRunner:
    """Someone at the command line of the site."""
    return app.test_cli_runner()


@pytest.fixture(scope="session")
def real_catalogue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The site with everything in `seed_data`, imported once. For reading only."""
    url = f"sqlite:///{tmp_path_factory.mktemp('real')}/catalogue.db"
    app = create_app(Config(database_url=url, secret_key="s" * 32))
    with app.app_context():
        Base.metadata.create_all(db.engine)
        engine = db.engine
    result = app.test_cli_runner().invoke(args=["catalogue", "import", str(ROOT / "seed_data")])
    assert result.exit_code == 0, result.output
    yield app
    engine.dispose()


@pytest.fixture
def reader(real_catalogue: Flask) -> FlaskClient:
    """A visitor of the site with everything in it."""
    return real_catalogue.test_client()
