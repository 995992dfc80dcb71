"""Storing guidance: the database holds what the folder says, and the changes say what was done."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from reviews_app.catalogue.changes import Changes
from reviews_app.catalogue.sources import Source
from reviews_app.db import db
from reviews_app.guidance import importer
from reviews_app.guidance.models import (
    Citation,
    Claim,
    Contraindication,
    Guide,
    GuideLink,
    Need,
    Study,
)
from tests.guidance.conftest import change, sound

pytestmark = pytest.mark.usefixtures("database")


def test_the_first_import_adds_everything(folder: Path) -> None:
    changes = importer.store(sound(folder))
    assert changes.added.counts == {
        "grade": 6,
        "study": 2,
        "claim": 1,
        "contraindication": 2,
        "red flag": 1,
        "need": 1,
        "term": 1,
        "question": 1,
        "guide": 1,
        "type text": 1,
    }
    assert not changes.changed
    assert not changes.removed


def test_a_second_import_changes_nothing_and_says_so(folder: Path) -> None:
    importer.store(sound(folder))
    assert not importer.store(sound(folder))


def test_nothing_is_committed(folder: Path) -> None:
    importer.store(sound(folder))
    db.session.rollback()
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Claim)) == 0


def test_a_study_is_a_source_with_a_finding(folder: Path) -> None:
    importer.store(sound(folder))
    study = db.session.get_one(Study, "E1")
    assert (study.source.kind, study.source.published, study.source.weak) == (
        "study",
        "2017",
        False,
    )
    assert (study.source.publisher, study.source.seen_on) == ("A journal", "2026-11-22")
    assert (study.design, study.year, study.pmid) == ("RCT", 2017, "123")
    assert db.session.get_one(Study, "E2").source.published is None


def test_a_claim_keeps_its_grades_in_order_and_its_sources_apart(folder: Path) -> None:
    importer.store(sound(folder))
    claim = db.session.get_one(Claim, "doms")
    assert [(one.mechanism_id, one.grade) for one in claim.mechanisms] == [
        ("compression", "moderate"),
        ("manual", "none"),
    ]
    assert _cited("claim", "doms", "") == ["E1", "S1"]
    assert _cited("claim", "doms", "compression") == ["E1"]


def test_a_need_says_every_part_of_its_typical_use(folder: Path) -> None:
    importer.store(sound(folder))
    need = db.session.get_one(Need, "tired-legs")
    assert need.typical_use == {
        "minutes": 30,
        "minutes_range": [20, 30],
        "sessions_per_week": None,
        "sessions_range": None,
        "basis": "The trial.",
    }
    assert need.cautions == ["dvt", "pad"]
    assert _cited("need", "tired-legs", "do_first") == ["E2"]
    assert _cited("need", "tired-legs", "typical_use") == ["E1"]


def test_a_guide_knows_what_it_refers_to(folder: Path) -> None:
    importer.store(sound(folder))
    links = db.session.execute(
        sa.select(GuideLink.target_kind, GuideLink.target_id)
        .where(GuideLink.guide_slug == "benefits")
        .order_by(GuideLink.target_kind)
    )
    assert [tuple(link) for link in links] == [
        ("claim", "doms"),
        ("contraindication", "dvt"),
        ("flag", "clot-leg"),
        ("need", "tired-legs"),
        ("type", "compression"),
    ]


@pytest.mark.parametrize(
    ("file", "old", "new", "thing"),
    [
        ("evidence/grades.toml", "Words.", "Meaning.", "grade"),
        ("evidence/studies.toml", '"Less sore."', '"Much less sore."', "study"),
        ("evidence/studies.toml", '"A journal"', '"The journal"', "study"),
        ("evidence/claims.toml", '"Small."', '"Tiny."', "claim"),
        ("evidence/claims.toml", '["E1", "S1"]', '["S1", "E1"]', "claim"),
        ("evidence/contraindications.toml", '["E2"]', '["E2", "E1"]', "contraindication"),
        ("evidence/red_flags.toml", '"One leg swollen"', '"One swollen leg"', "red flag"),
        ("evidence/needs.toml", '"Eased."', '"Eased pain."', "need"),
        ("evidence/needs.toml", "[20, 30]", "[10, 30]", "need"),
        ("guides/benefits.md", "## What helps", "## What works", "guide"),
        ("types/compression.md", "2027-05-22", "2027-05-23", "type text"),
    ],
)
def test_a_change_of_a_part_is_a_change_of_the_whole(
    folder: Path, file: str, old: str, new: str, thing: str
) -> None:
    importer.store(sound(folder))
    change(folder / file, old, new)
    changes = importer.store(sound(folder))
    assert set(changes.changed.counts) == {thing}
    assert not changes.added
    assert not changes.removed
    assert not importer.store(sound(folder))


def test_what_left_the_folder_is_removed_and_reported(folder: Path) -> None:
    importer.store(sound(folder))
    (folder / "guides" / "benefits.md").unlink()
    change(folder / "types" / "compression.md", "[the guide](guide:benefits)", "the guide")
    changes = importer.store(sound(folder))
    assert changes.removed.names == {"guide": ["benefits"]}
    assert changes.changed.names == {"type text": ["compression"]}
    assert db.session.get(Guide, ("guide", "benefits")) is None
    assert db.session.scalar(sa.select(sa.func.count()).select_from(GuideLink)) == 0


def test_a_study_leaves_with_its_source_and_other_sources_stay(folder: Path) -> None:
    importer.store(sound(folder))
    path = folder / "evidence" / "studies.toml"
    path.write_text(path.read_text().partition('\n[[studies]]\nid = "E2"')[0])
    for name in ("contraindications", "red_flags", "needs"):
        change(folder / "evidence" / f"{name}.toml", '"E2"', '"E1"')
    changes = importer.store(sound(folder))
    assert changes.removed.names == {"study": ["E2"]}
    assert list(db.session.scalars(sa.select(Source.id).order_by(Source.id))) == ["E1", "S1"]


def test_one_more_at_the_top_is_no_change_of_those_below(folder: Path) -> None:
    importer.store(sound(folder))
    path = folder / "evidence" / "contraindications.toml"
    first, second = path.read_text().split("\n[[contraindications]]")[1:]
    third = second.replace('"pad"', '"flu"')
    blocks = (third, second, first)
    path.write_text("".join(f"\n[[contraindications]]{block}\n" for block in blocks))
    changes = importer.store(sound(folder))
    assert changes.added.names == {"contraindication": ["flu"]}
    assert not changes.changed
    order = sa.select(Contraindication.id).order_by(Contraindication.position)
    assert list(db.session.scalars(order)) == ["flu", "pad", "dvt"]


def test_another_order_alone_is_a_change(folder: Path) -> None:
    importer.store(sound(folder))
    path = folder / "evidence" / "contraindications.toml"
    blocks = path.read_text().split("\n[[contraindications]]")[1:]
    path.write_text("".join(f"\n[[contraindications]]{block}\n" for block in blocks[::-1]))
    changes: Changes = importer.store(sound(folder))
    assert changes.changed.names == {"contraindication": ["pad", "dvt"]}


def _cited(kind: str, subject: str, part: str) -> list[str]:
    query = sa.select(Citation.source_id).where(
        Citation.subject_kind == kind, Citation.subject_id == subject, Citation.part == part
    )
    return list(db.session.scalars(query.order_by(Citation.position)))
