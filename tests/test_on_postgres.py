"""What only PostgreSQL can do differently: sorting by a language, schemas, ids from sequences."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from reviews_app import create_app
from reviews_app.catalogue.products import Brand, Product
from reviews_app.config import ROOT, Config
from reviews_app.db import Base, db
from tests.factories import a_brand, a_product
from tests.postgres import Server


@pytest.fixture
def server(postgres: Server | None) -> Server:
    if postgres is None:
        pytest.skip("needs --postgres")
    return postgres


@pytest.fixture
def site(server: Server, app: Flask) -> Flask:
    """On PostgreSQL, or the test is skipped."""
    assert server
    return app


def test_migrations_lead_from_nothing_to_the_models(server: Server) -> None:
    with server.database("template1") as url:
        app = create_app(Config(database_url=url, secret_key="s" * 32))
        for verb in ("upgrade", "check"):
            result = app.test_cli_runner().invoke(args=["db", verb])
            assert result.exit_code == 0, result.output
        with app.app_context():
            found = unlike_sqlite(db.engine)
            db.engine.dispose()
        assert not found


def unlike_sqlite(engine: sa.Engine) -> list[str]:
    """Text columns that compare by the language of the database."""
    own = sa.text(
        "SELECT table_name || '.' || column_name FROM information_schema.columns "
        "WHERE table_schema = 'public' AND data_type = 'character varying' "
        "AND collation_name IS DISTINCT FROM 'C' AND table_name != 'alembic_version'"
    )
    with engine.connect() as connection:
        return list(connection.scalars(own))


def test_texts_compare_by_code_point(site: Flask) -> None:
    with site.app_context():
        assert not unlike_sqlite(db.engine)
        for name in ("Émile", "emil", "Zoe", "_x", "été"):
            a_brand(name.lower(), name)
        lowered = sa.func.lower(Brand.name)

        assert list(db.session.scalars(sa.select(lowered).order_by(lowered))) == [
            "_x",
            "emil",
            "zoe",
            "Émile",
            "été",
        ]


def test_a_machine_added_after_an_import_has_an_id_of_its_own(site: Flask) -> None:
    result = site.test_cli_runner().invoke(args=["catalogue", "import", str(ROOT / "seed_data")])
    assert result.exit_code == 0, result.output

    with site.app_context():
        highest = db.session.scalar(sa.select(sa.func.max(Product.id)))
        added = a_product("added-by-hand", facts={"heat": True})

        assert highest is not None
        assert added.id > highest


def test_every_table_can_be_emptied_and_filled_again(site: Flask, tmp_path: Path) -> None:
    runner = site.test_cli_runner()
    runner.invoke(args=["catalogue", "import", str(ROOT / "seed_data")])
    result = runner.invoke(args=["catalogue", "export", str(tmp_path / "out")])
    assert result.exit_code == 0, result.output
    with site.app_context():
        for table in reversed(Base.metadata.sorted_tables):
            db.session.execute(sa.delete(table))
        db.session.commit()

    result = runner.invoke(args=["catalogue", "import", str(tmp_path / "out")])

    assert result.exit_code == 0, result.output
