"""The site for tests: on an empty database, a new one for every test."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
from flask import Flask
from flask.testing import FlaskClient, FlaskCliRunner

from reviews_app.config import ROOT
from tests.databases import NewDatabase, NewSite, a_site, on_postgres, on_sqlite
from tests.postgres import Server, a_server


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the engine be chosen."""
    parser.addoption(
        "--postgres", action="store_true", help="Run on an embedded PostgreSQL, not on SQLite."
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL leave out what asks for no database: no engine can change its answer."""
    if not config.getoption("--postgres"):
        return
    asking: list[pytest.Item] = []
    apart: list[pytest.Item] = []
    for one in items:
        (asking if "postgres" in getattr(one, "fixturenames", ()) else apart).append(one)
    config.hook.pytest_deselected(items=apart)
    items[:] = asking


@pytest.fixture(scope="session")
def postgres(pytestconfig: pytest.Config) -> Iterator[Server | None]:
    """The server the tests run on; None when they run on SQLite."""
    if not pytestconfig.getoption("--postgres"):
        yield None
        return
    with a_server() as server:
        yield server


@pytest.fixture(scope="session")
def new_database(postgres: Server | None) -> NewDatabase:
    """Makes databases of the kind the tests run on."""
    return on_sqlite if postgres is None else on_postgres(postgres)


@pytest.fixture(scope="session")
def new_site(new_database: NewDatabase) -> NewSite:
    """Makes sites, for who needs more than one or shares one among tests."""
    return partial(a_site, new_database)


@pytest.fixture
def app(new_site: NewSite) -> Iterator[Flask]:
    """A site whose tables are there and empty."""
    with new_site() as app:
        yield app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A visitor of the site."""
    return app.test_client()


@pytest.fixture
def runner(app: Flask) -> FlaskCliRunner:
    """Someone at the command line of the site."""
    return app.test_cli_runner()


@pytest.fixture(scope="session")
def real_catalogue(
    new_database: NewDatabase, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """The site with everything in `seed_data`, imported once. For reading only."""
    with a_site(new_database, tmp_path_factory.mktemp("real") / "catalogue.db") as app:
        result = app.test_cli_runner().invoke(args=["catalogue", "import", str(ROOT / "seed_data")])
        assert result.exit_code == 0, result.output
        yield app


@pytest.fixture
def reader(real_catalogue: Flask) -> FlaskClient:
    """A visitor of the site with everything in it."""
    return real_catalogue.test_client()
