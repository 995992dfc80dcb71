"""`flask catalogue import` and `export`, as somebody at the command line meets them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import Result
from flask import Flask
from flask.testing import FlaskCliRunner

from reviews_app.catalogue.products import Product
from reviews_app.catalogue.revision import CatalogueChange, current_revision
from reviews_app.db import Base, db
from reviews_app.guidance.models import Claim
from tests.catalogue.folders import CALM_BOOTS, SEED_DATA, seed_folder, write_product


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small seed folder, without guidance, with nothing wrong in it."""
    return seed_folder(tmp_path / "seed")


def _import(runner: FlaskCliRunner, folder: Path, *options: str) -> Result:
    return runner.invoke(args=["catalogue", "import", str(folder), *options])


def _state(app: Flask) -> tuple[int, dict[str, int]]:
    with app.app_context():
        counts = {
            table.name: db.session.scalar(sa.select(sa.func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
        }
        return current_revision(), counts


def _spoil(folder: Path, slug: str) -> None:
    (folder / "products" / f"{slug}.toml").write_text('name = "Half a machine"\n')


def test_an_import_says_what_it_added_and_commits_it(
    app: Flask, runner: FlaskCliRunner, folder: Path
) -> None:
    result = _import(runner, folder)
    assert result.exit_code == 0, result.output
    assert "the catalogue is at revision 1." in result.output
    assert "Added 2 products: calm-boots, hard-roller." in result.output
    assert "Added 1 brand: calm." in result.output
    assert _state(app)[0] == 1


def test_a_second_import_changes_nothing_and_says_so(
    app: Flask, runner: FlaskCliRunner, folder: Path
) -> None:
    _import(runner, folder)
    before = _state(app)
    result = _import(runner, folder)
    assert result.exit_code == 0
    assert result.output == f"Nothing to change: the catalogue is as {folder} says.\n"
    assert _state(app) == before


def test_a_fault_is_named_on_standard_error_and_nothing_is_stored(
    app: Flask, runner: FlaskCliRunner, folder: Path
) -> None:
    _import(runner, folder)
    before = _state(app)
    _spoil(folder, "new-machine")
    result = _import(runner, folder)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "products/new-machine.toml: form: Field required" in result.stderr
    assert result.stderr.endswith("Nothing was stored.\n")
    assert _state(app) == before


def test_fifty_faults_are_printed_and_all_are_counted(runner: FlaskCliRunner, folder: Path) -> None:
    for number in range(30):
        _spoil(folder, f"half-{number}")
    result = _import(runner, folder)
    lines = result.stderr.splitlines()
    assert result.exit_code == 1
    assert len(lines) == 52
    assert lines[-2:] == ["… and 40 more.", "90 faults. Nothing was stored."]


def test_faults_of_the_catalogue_and_of_the_guidance_are_named_together(
    runner: FlaskCliRunner, folder: Path
) -> None:
    _spoil(folder, "new-machine")
    (folder / "guides").mkdir()
    (folder / "guides" / "Bad Name.md").write_text("no front matter")
    errors = _import(runner, folder).stderr
    assert "products/new-machine.toml" in errors
    assert "guides/Bad Name.md" in errors


def test_a_word_that_is_still_used_undoes_the_whole_import(
    app: Flask, runner: FlaskCliRunner, folder: Path
) -> None:
    _import(runner, folder)
    before = _state(app)
    (folder / "products" / "hard-roller.toml").unlink()
    taxonomy = folder / "taxonomy.toml"
    text = taxonomy.read_text().replace(
        'id = "thigh"\nlabel = "Thigh"', 'id = "upper"\nlabel = "U"'
    )
    taxonomy.write_text(text)
    result = _import(runner, folder, "--prune")
    assert result.exit_code == 1
    assert "area = 'thigh': was taken out but is still used by product area" in result.stderr
    assert _state(app) == before


def test_a_dry_run_says_what_would_change_and_stores_nothing(
    app: Flask, runner: FlaskCliRunner, folder: Path
) -> None:
    before = _state(app)
    result = _import(runner, folder, "--dry-run")
    assert result.exit_code == 0
    assert "Would add 2 products: calm-boots, hard-roller." in result.output
    assert "A dry run: nothing was stored." in result.output
    assert _state(app) == before


def test_a_dry_run_tells_changed_and_retired_apart(
    app: Flask, runner: FlaskCliRunner, folder: Path
) -> None:
    _import(runner, folder)
    before = _state(app)
    boots = folder / "products" / "calm-boots.toml"
    boots.write_text(boots.read_text().replace('name = "Boots"', 'name = "Shoes"'))
    (folder / "products" / "hard-roller.toml").unlink()
    result = _import(runner, folder, "--dry-run", "--prune")
    assert "Would change 1 product: calm-boots." in result.output
    assert "Would retire or remove 1 product: hard-roller." in result.output
    assert _state(app) == before


def test_what_left_is_named_and_kept_until_it_is_pruned(
    app: Flask, runner: FlaskCliRunner, folder: Path
) -> None:
    _import(runner, folder)
    (folder / "products" / "hard-roller.toml").unlink()
    kept = _import(runner, folder).output
    assert f"Not in {folder}, and kept (--prune retires them): hard-roller." in kept
    assert "Retired or removed 1 product: hard-roller." in _import(runner, folder, "--prune").output
    with app.app_context():
        retired = sa.select(Product.slug).where(Product.retired_at.is_not(None))
        assert list(db.session.scalars(retired)) == ["hard-roller"]


@pytest.mark.parametrize("name", ["nowhere", "empty"])
def test_a_folder_that_is_none_is_a_fault_and_no_traceback(
    runner: FlaskCliRunner, tmp_path: Path, name: str
) -> None:
    (tmp_path / "empty").mkdir()
    result = _import(runner, tmp_path / name)
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    assert "1 fault. Nothing was stored." in result.stderr


def test_seed_data_goes_in_with_its_guidance_and_comes_out_the_same(
    app: Flask, runner: FlaskCliRunner, tmp_path: Path
) -> None:
    assert _import(runner, SEED_DATA).exit_code == 0
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(Claim))
    first, second = tmp_path / "first", tmp_path / "second"
    result = runner.invoke(args=["catalogue", "export", str(first)])
    assert result.output == f"Wrote 205 products to {first}.\n"
    assert "Nothing to change" in _import(runner, first).output
    runner.invoke(args=["catalogue", "export", str(second)])
    assert _bytes(first) == _bytes(second)
    assert set(_bytes(first)) >= {path for path in _bytes(SEED_DATA) if path.startswith("products")}


def test_an_export_does_not_write_over_what_is_there(
    runner: FlaskCliRunner, folder: Path, tmp_path: Path
) -> None:
    _import(runner, folder)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").touch()
    result = runner.invoke(args=["catalogue", "export", str(tmp_path / "out")])
    assert result.exit_code == 1
    assert "is not empty; name a new folder." in result.output
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["mine.txt"]


def test_an_export_to_where_nothing_can_be_written_is_a_sentence(
    runner: FlaskCliRunner, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    result = runner.invoke(args=["catalogue", "export", str(tmp_path / "file" / "out")])
    assert result.exit_code == 1
    assert "cannot be written" in result.output


def test_an_export_of_an_empty_catalogue_is_a_folder_too(
    runner: FlaskCliRunner, tmp_path: Path
) -> None:
    result = runner.invoke(args=["catalogue", "export", str(tmp_path / "out")])
    assert result.exit_code == 0
    assert result.output == f"Wrote 0 products to {tmp_path / 'out'}.\n"


def _bytes(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_database_without_tables_is_an_answer_in_words(
    app: Flask, runner: FlaskCliRunner, folder: Path
) -> None:
    with app.app_context():
        db.drop_all()

    result = _import(runner, folder)

    assert result.exit_code == 1
    assert "The database said: " in result.output
    assert "make seed" in result.output
    assert isinstance(result.exception, SystemExit)


def _told_last(app: Flask) -> list[int | None]:
    """The products that the last revision is said to have changed; [None] for anything."""
    with app.app_context():
        told = sa.select(CatalogueChange.product_id).where(
            CatalogueChange.revision == current_revision()
        )
        return list(db.session.scalars(told.order_by(CatalogueChange.id)))


def test_many_machines_with_new_brands_are_told_one_by_one(
    app: Flask, runner: FlaskCliRunner, folder: Path
) -> None:
    assert _import(runner, folder).exit_code == 0
    for number in range(60):
        write_product(folder, f"boots-{number}", {**CALM_BOOTS, "brand": f"Brand {number}"})

    assert _import(runner, folder).exit_code == 0

    assert len(_told_last(app)) == 60
    assert None not in _told_last(app)


def test_an_article_is_told_as_a_change_of_no_machine(
    app: Flask, runner: FlaskCliRunner, tmp_path: Path
) -> None:
    folder = tmp_path / "all"
    shutil.copytree(SEED_DATA, folder)
    assert _import(runner, folder).exit_code == 0
    article = next((folder / "types").iterdir())
    article.write_text(article.read_text(encoding="utf-8") + "\nOne more.\n", encoding="utf-8")

    assert _import(runner, folder).exit_code == 0

    with app.app_context():
        assert current_revision() == 2
    assert _told_last(app) == []


def test_a_brand_spelled_anew_is_told_as_a_change_of_anything(
    app: Flask, runner: FlaskCliRunner, folder: Path
) -> None:
    assert _import(runner, folder).exit_code == 0
    write_product(folder, "calm-boots", {**CALM_BOOTS, "brand": "CALM"})

    assert _import(runner, folder).exit_code == 0

    assert _told_last(app) == [None]


def test_one_machine_changed_is_told_as_one_so_that_an_index_can_be_patched(
    app: Flask, runner: FlaskCliRunner, folder: Path
) -> None:
    assert _import(runner, folder).exit_code == 0
    file = folder / "products" / "calm-boots.toml"
    file.write_text(file.read_text().replace('name = "', 'name = "New '))

    assert _import(runner, folder).exit_code == 0

    with app.app_context():
        told = sa.select(CatalogueChange.revision, CatalogueChange.product_id)
        calm = db.session.scalar(sa.select(Product.id).where(Product.slug == "calm-boots"))
        assert db.session.execute(told.order_by(CatalogueChange.id)).all() == [(1, None), (2, calm)]
