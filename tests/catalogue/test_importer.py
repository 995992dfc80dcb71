"""An import brings the database in step with a folder: all of it or nothing, and twice is once."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from reviews_app.catalogue import exporter, importer
from reviews_app.catalogue.changes import Changes
from reviews_app.catalogue.folder import Faults, write_toml
from reviews_app.catalogue.products import Brand, Fact, FactOption, Product
from reviews_app.catalogue.sources import Source
from reviews_app.catalogue.vocabulary import Area, Attribute, AttributeExclusion, MassageType
from reviews_app.db import Base, db
from tests.catalogue.folders import (
    BULK_BOOTS,
    CALM_BOOTS,
    bring_in,
    bulk_folder,
    faults_of,
    write_lines,
    write_product,
)

pytestmark = pytest.mark.usefixtures("database")


def _product(slug: str) -> Product:
    db.session.expire_all()
    return db.session.scalars(sa.select(Product).where(Product.slug == slug)).one()


def _row_counts() -> dict[str, int]:
    tables = Base.metadata.sorted_tables
    count = sa.func.count()
    return {
        table.name: db.session.scalar(sa.select(count).select_from(table)) or 0 for table in tables
    }


def _without(folder: Path, slug: str) -> None:
    (folder / "products" / f"{slug}.toml").unlink()


def _changed(folder: Path, **changes: Any) -> None:
    write_product(folder, "calm-boots", {**copy.deepcopy(CALM_BOOTS), **changes})


def _counts(changes: Changes) -> tuple[int, int, int]:
    return tuple(  # type: ignore[return-value]
        noted.counts.total() for noted in (changes.added, changes.changed, changes.removed)
    )


def test_what_the_files_say_is_in_the_database(folder: Path) -> None:
    bring_in(folder)
    boots = _product("calm-boots")
    assert (boots.brand.name if boots.brand else None, boots.form_id) == ("Calm", "boots")
    assert [(each.type_id, each.assigned_by, each.source_id) for each in boots.types] == [
        ("compression", "editor", "S1")
    ]
    assert [(each.area_id, each.source_id) for each in boots.areas] == [
        ("calf", "S1"),
        ("foot", None),
    ]
    heat, weight = boots.facts
    assert (heat.value, [each.option for each in heat.options]) == (True, ["yes"])
    assert (weight.value, weight.number_low, weight.number_high) == (1.5, 1.5, 1.5)
    assert (boots.prices[0].amount_cents, boots.prices[0].as_of) == (9999, "2026-06")
    assert boots.warnings[0].text == "Not in the bath."
    assert _product("hard-roller").brand is None
    assert [each.type_id for each in _product("hard-roller").types] == ["rolling", "deep-tissue"]


def test_numbers_with_several_settings_are_stored_as_the_span_they_cover(folder: Path) -> None:
    fact = {"attribute": "user_height_range_cm", "value": [193, 170.0], "source": "S1"}
    _changed(folder, facts=[fact])
    bring_in(folder)
    (stored,) = _product("calm-boots").facts
    assert (stored.value, stored.number_low, stored.number_high) == ([193, 170], 170.0, 193.0)


def test_an_attribute_is_excluded_from_the_forms_it_cannot_apply_to(folder: Path) -> None:
    bring_in(folder)
    excluded = sa.select(AttributeExclusion.form_id)
    forms = set(db.session.scalars(excluded.where(AttributeExclusion.attribute_id == "heat")))
    assert forms == {"roller-stick", "foot-roller"}
    assert not db.session.scalars(
        excluded.where(AttributeExclusion.attribute_id == "weight_kg")
    ).all()


def test_twice_changes_nothing(folder: Path) -> None:
    assert bring_in(folder)
    before = _row_counts()
    assert not bring_in(folder)
    assert _row_counts() == before


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "Other boots"},
        {"brand": "Calmer"},
        {"model": "B2"},
        {"audience": {"is": "general", "because": "Also for arms."}},
        {"areas": ["foot", "calf"]},
        {"facts": CALM_BOOTS["facts"][:1]},
        {"facts": CALM_BOOTS["facts"][::-1]},
        {"facts": [{**CALM_BOOTS["facts"][0], "value": False}, CALM_BOOTS["facts"][1]]},
        {"prices": []},
        {"ratings": []},
        {"records": []},
        {"warnings": []},
    ],
)
def test_a_changed_file_changes_that_product_alone_and_keeps_its_id(
    folder: Path, changes: dict[str, Any]
) -> None:
    bring_in(folder)
    id_ = _product("calm-boots").id
    _changed(folder, **changes)
    found = bring_in(folder)
    assert found.changed.names == {"product": ["calm-boots"]}
    assert _product("calm-boots").id == id_
    assert not bring_in(folder)


def test_a_number_written_with_a_point_is_the_same_number(folder: Path) -> None:
    bring_in(folder)
    _changed(folder, ratings=[{**CALM_BOOTS["ratings"][0], "scale": 5.0}])
    assert not bring_in(folder)


def test_a_source_found_to_be_weak_changes_the_products_that_cite_it(folder: Path) -> None:
    bring_in(folder)
    text = (folder / "sources.toml").read_text()
    spoiled = text.replace('title = "A shop"', 'title = "A shop"\nweak = true', 1)
    (folder / "sources.toml").write_text(spoiled)
    changes = bring_in(folder)
    assert changes.changed.names == {
        "source": ["S2"],
        "product": ["calm-boots", "hard-roller"],
    }
    assert db.session.scalar(sa.select(sa.func.count()).where(Fact.weak)) == 2


def test_a_product_that_left_stays_until_it_is_pruned_and_comes_back(folder: Path) -> None:
    bring_in(folder)
    facts = len(_product("hard-roller").facts)
    saved = (folder / "products" / "hard-roller.toml").read_bytes()
    _without(folder, "hard-roller")
    assert not bring_in(folder)
    assert _product("hard-roller").retired_at is None

    changes = bring_in(folder, prune=True)
    assert changes.removed.names == {"product": ["hard-roller"]}
    assert _product("hard-roller").retired_at is not None
    assert len(_product("hard-roller").facts) == facts
    assert not bring_in(folder, prune=True)

    (folder / "products" / "hard-roller.toml").write_bytes(saved)
    assert bring_in(folder).changed.names == {"product": ["hard-roller"]}
    assert _product("hard-roller").retired_at is None


def test_the_products_that_left_are_named(folder: Path) -> None:
    bring_in(folder)
    _without(folder, "hard-roller")
    faults = Faults()
    found = importer.find_folder(folder, faults)
    assert found
    read = importer.read(found, faults)
    assert read
    assert read.left == ("hard-roller",)
    assert read.known_ids(prune=False).products == {"calm-boots", "hard-roller"}
    assert read.known_ids(prune=True).products == {"calm-boots"}


def test_what_is_checked_is_not_stored(folder: Path) -> None:
    before = _row_counts()
    (folder / "products" / "zzz.toml").write_text("name = 1")
    assert faults_of(folder)
    assert _row_counts() == before


def test_unused_brands_and_sources_go_and_used_ones_stay(folder: Path) -> None:
    bring_in(folder)
    _changed(folder, brand="Calmer")
    text = (folder / "sources.toml").read_text()
    (folder / "sources.toml").write_text(text[: text.rindex("[[sources]]")])
    changes = bring_in(folder)
    assert changes.removed.names == {"brand": ["calm"], "source": ["S3"]}
    assert list(db.session.scalars(sa.select(Brand.id))) == ["calmer"]


def test_a_source_of_the_evidence_is_left_alone(folder: Path) -> None:
    study = {"title": "A trial", "publisher": "P", "url": "https://example.org", "weak": False}
    db.session.add(Source(id="E1", kind="study", seen_on="2026-11-22", position=0, **study))
    changes = bring_in(folder)
    assert "E1" not in changes.removed.names.get("source", [])
    assert db.session.get(Source, "E1")


def test_a_word_that_left_goes_where_nothing_uses_it(folder: Path) -> None:
    bring_in(folder)
    _cut(folder / "taxonomy.toml", "[[areas]]", 'id = "hip"')
    _cut(folder / "attributes.toml", "[[attributes]]", 'id = "discontinued"')
    changes = bring_in(folder)
    assert changes.removed.names == {"area": ["hip"], "attribute": ["discontinued"]}
    assert db.session.get(Area, "hip") is None
    assert db.session.get(Attribute, "discontinued") is None


def test_a_word_that_left_and_is_still_used_is_a_fault(folder: Path) -> None:
    bring_in(folder)
    _without(folder, "hard-roller")
    _cut(folder / "taxonomy.toml", "[[areas]]", 'id = "thigh"')
    faults = Faults()
    found = importer.find_folder(folder, faults)
    assert found
    read = importer.read(found, faults)
    assert read
    importer.store(read, faults, prune=True)
    importer.sweep(read, faults)
    (fault,) = faults.shown
    assert str(fault) == (
        "taxonomy.toml: area = 'thigh': was taken out but is still used by product area"
    )


def test_a_changed_word_is_changed_and_keeps_what_refers_to_it(folder: Path) -> None:
    bring_in(folder)
    text = (folder / "taxonomy.toml").read_text()
    (folder / "taxonomy.toml").write_text(text.replace('label = "Shiatsu"', 'label = "Points"'))
    assert bring_in(folder).changed.names == {"massage type": ["shiatsu"]}
    kind = db.session.get(MassageType, "shiatsu", populate_existing=True)
    assert kind
    assert kind.label == "Points"


def test_a_changed_rule_gives_and_takes_types(folder: Path) -> None:
    bring_in(folder)
    text = (folder / "taxonomy.toml").read_text()
    (folder / "taxonomy.toml").write_text(text.replace('words = ["firm", "hard"]', 'words = ["x"]'))
    bring_in(folder)
    assert [each.type_id for each in _product("hard-roller").types] == ["rolling"]


def test_no_option_is_left_behind(folder: Path) -> None:
    bring_in(folder)
    _changed(folder, facts=[])
    bring_in(folder)
    orphans = sa.select(FactOption).where(FactOption.fact_id.not_in(sa.select(Fact.id)))
    assert not db.session.scalars(orphans).all()


def test_bulk_lines_import_twice_without_change(tmp_path: Path) -> None:
    folder = bulk_folder(tmp_path / "bulk", BULK_BOOTS, {**BULK_BOOTS, "slug": "other-boots"})
    assert bring_in(folder).added.counts["product"] == 2
    assert not bring_in(folder)


def test_a_bulk_folder_may_leave_the_words_to_the_database(folder: Path, tmp_path: Path) -> None:
    bring_in(folder)
    bulk = bulk_folder(tmp_path / "bulk", {**BULK_BOOTS, "slug": "bulk-boots"})
    (bulk / "taxonomy.toml").unlink()
    (bulk / "attributes.toml").unlink()
    changes = bring_in(bulk)
    assert changes.added.names == {"product": ["bulk-boots"]}


def test_many_products_are_stored_in_batches(tmp_path: Path) -> None:
    folder = bulk_folder(tmp_path / "bulk")
    names = [f"boots-{number}" for number in range(importer.BATCH * 2 + 1)]
    write_lines(folder / "products.jsonl", *({**BULK_BOOTS, "slug": name} for name in names))
    done: list[int] = []
    faults = Faults()
    found = importer.find_folder(folder, faults)
    assert found
    assert found.product_count() == len(names)
    read = importer.read(found, faults, done.append)
    assert read
    changes = importer.store(read, faults, prune=False, progress=done.append)
    assert changes.added.counts["product"] == len(names)
    assert sum(done) == 2000


def test_a_folder_that_changes_under_our_hands_is_a_fault(folder: Path) -> None:
    faults = Faults()
    found = importer.find_folder(folder, faults)
    assert found
    read = importer.read(found, faults)
    assert read
    write_product(folder, "late", CALM_BOOTS)
    importer.store(read, faults, prune=False)
    assert "changed while it was being imported" in str(faults.shown[0])


def test_many_sources_are_written_to_several_files_and_read_again(
    folder: Path, tmp_path: Path
) -> None:
    whole = {"publisher": "P", "kind": "shop", "url": "https://example.org", "seen_on": "2026"}
    extra = [{**whole, "id": f"S{number}", "title": "t" * 1500} for number in range(100, 600)]
    write_toml(folder / "sources-2.toml", {"sources": extra})
    bring_in(folder)
    exporter.write(tmp_path / "out")
    names = {path.name for path in (tmp_path / "out").glob("sources*")}
    assert names == {"sources.toml", "sources-2.toml"}
    assert not bring_in(tmp_path / "out")
    (tmp_path / "out" / "sources-2.toml").rename(tmp_path / "out" / "sources-3.toml")
    assert any(
        each.startswith("sources-3.toml: file: is no file") for each in faults_of(tmp_path / "out")
    )


def test_retired_products_are_not_exported(folder: Path, tmp_path: Path) -> None:
    bring_in(folder)
    _without(folder, "hard-roller")
    bring_in(folder, prune=True)
    assert exporter.product_count() == exporter.write(tmp_path / "out") == 1
    assert not (tmp_path / "out" / "products" / "hard-roller.toml").exists()


def test_words_of_every_kind_survive_the_way_out_and_in(folder: Path, tmp_path: Path) -> None:
    _changed(
        folder,
        name='Quote " and \\ and ü and 腿',
        facts=[
            {"attribute": "heat", "value": False, "source": "S3", "preferred": "We asked."},
            {"attribute": "heat", "value": True, "source": "S1", "weak": True},
            {"attribute": "power_source", "value": "mains", "source": "S1"},
            {"attribute": "dimensions_cm", "value": [1.25, 2, 3.0], "source": "S1"},
            {"attribute": "modes", "value": ["one", "two, and three"], "source": "S1"},
        ],
    )
    bring_in(folder)
    exporter.write(tmp_path / "out")
    assert not bring_in(tmp_path / "out")
    exporter.write(tmp_path / "again")
    name = "products/calm-boots.toml"
    assert (tmp_path / "out" / name).read_bytes() == (tmp_path / "again" / name).read_bytes()


def _cut(path: Path, header: str, marker: str) -> None:
    text = path.read_text()
    start = text.rindex(header, 0, text.index(marker))
    end = text.find("\n[[", start + 1)
    path.write_text(text[:start] + (text[end + 1 :] if end > 0 else ""))
