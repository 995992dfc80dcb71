"""What benchmarks make up stays out of a real catalogue, and goes into one made for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import bulk
from bench.synthetic import draw
from tests.catalogue.folders import (
    BULK_BOOTS,
    BULK_SOURCE,
    CALM_BOOTS,
    bulk_folder,
    copy_words,
    faults_of,
    write_lines,
    write_product,
)
from tests.databases import NewDatabase, a_site, on_sqlite

REFUSED = "is made up; it goes only into a database with 'synthetic' in its name"


@pytest.mark.usefixtures("database")
def test_a_made_up_machine_is_refused_in_words(tmp_path: Path) -> None:
    folder = bulk_folder(tmp_path / "bulk", {**BULK_BOOTS, "slug": "synthetic-0000001"})

    assert faults_of(folder) == [f"products.jsonl: line 1 = 'synthetic-0000001': {REFUSED}"]


@pytest.mark.usefixtures("database")
def test_it_is_refused_in_a_seed_folder_too(folder: Path) -> None:
    write_product(folder, "synthetic-boots", CALM_BOOTS)

    assert faults_of(folder) == [
        f"products/synthetic-boots.toml: file = 'synthetic-boots': {REFUSED}"
    ]


@pytest.mark.usefixtures("database")
def test_a_source_at_an_address_that_cannot_exist_is_refused(tmp_path: Path) -> None:
    folder = bulk_folder(tmp_path / "bulk")
    write_lines(folder / "sources.jsonl", {**BULK_SOURCE, "url": "https://synthetic.invalid/1"})

    assert faults_of(folder) == [
        f"sources.jsonl: line 1 = 'https://synthetic.invalid/1': {REFUSED}"
    ]


@pytest.mark.usefixtures("database")
def test_a_real_machine_may_have_the_word_in_its_name(tmp_path: Path) -> None:
    folder = bulk_folder(tmp_path / "bulk", {**BULK_BOOTS, "name": "Synthetic Fur Boots"})

    assert faults_of(folder) == []


def test_all_that_benchmarks_write_is_refused(tmp_path: Path, new_database: NewDatabase) -> None:
    folder = tmp_path / "synthetic-bulk"
    bulk.write(draw(5), folder)
    copy_words(folder)

    with a_site(new_database, tmp_path / "catalogue.db") as app, app.app_context():
        faults = faults_of(folder)

    assert len([one for one in faults if "products.jsonl" in one and REFUSED in one]) == 5
    assert any("sources.jsonl" in one and REFUSED in one for one in faults)


def test_a_database_that_says_it_is_synthetic_takes_them(tmp_path: Path) -> None:
    folder = tmp_path / "synthetic-bulk"
    bulk.write(draw(5), folder)
    copy_words(folder)
    with a_site(on_sqlite, tmp_path / "synthetic-20.db") as app, app.app_context():
        assert faults_of(folder) == []
