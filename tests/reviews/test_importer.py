"""What a desk review may say, and what an import refuses of it."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from reviews_app.catalogue.products import Fact, Product
from reviews_app.db import db
from reviews_app.reviews import exporter
from tests.reviews.conftest import BODY, REVIEW, bring_in, put

pytestmark = pytest.mark.usefixtures("database")


def test_a_sound_review_comes_in_once_and_goes_out_the_same(folder: Path, tmp_path: Path) -> None:
    changes, faults = bring_in(folder)

    assert faults == []
    assert changes.added.names == {"desk review": ["gun"]}
    assert not bring_in(folder)[0]
    exporter.write(tmp_path / "out")
    assert (tmp_path / "out/reviews/gun.md").read_text() == REVIEW


def test_a_review_that_leaves_the_folder_is_removed(folder: Path) -> None:
    bring_in(folder)
    (folder / "reviews/gun.md").unlink()

    assert bring_in(folder)[0].removed.names == {"desk review": ["gun"]}


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('facts = ["battery_h"]', "facts = []", "has no fact, missing fact, study or claim"),
        ('facts = ["battery_h"]', 'facts = ["noise_db"]', "is not stated"),
        ('facts = ["battery_h"]', 'facts = ["colour"]', "there is no attribute"),
        ('missing = ["noise_db"]', 'missing = ["battery_h"]', "some source states it"),
        ('missing = ["noise_db"]', 'missing = ["colour"]', "there is no attribute"),
        ('missing = ["noise_db"]', 'missing = ["strap_cm"]', "cannot apply"),
        ('missing = ["noise_db"]', 'studies = ["E9"]', "there is no study"),
        ('missing = ["noise_db"]', 'claims = ["magic"]', "there is no claim"),
        ("on one charge", "as {noise_db}", "is not stated"),
        ("on one charge", "as {colour}", "there is no attribute"),
        ("on one charge", "as {no-gun:battery_h}", "there is no machine"),
        ("on one charge", "as {Battery}", "is no token"),
        ("on one charge", "[{battery_h}](claim:doms)", "stands in no other"),
        ("on one charge", "[here](https://shop.example)", "leads to kind:id"),
        ("on one charge", "**on** one", "plain words"),
        ("claim:doms", "claim:magic", "there is no claim"),
        ("type:percussion", "type:magic", "there is no type"),
        ('slug = "other-gun"', 'slug = "gun"', "no other machine"),
        ('slug = "other-gun"', 'slug = "no-gun"', "no other machine"),
        ("Much is known", "We have tested it", "hints that we have had"),
        ("Much is known", "A hands-on look", "hints that we have had"),
        ("Much is known", "We tried it", "hints that we have had"),
        ("Much is known", "We used it", "hints that we have had"),
        ("Much is known", "We’ve measured it", "hints that we have had"),
        ("Much is known", "It gets 8/10", "quotes a score"),
        ("Much is known", "Eight out of 10", "quotes a score"),
        ("Much is known", "It costs $99", "names a price"),
        ("Much is known", "FDA approved", "cleared or registered"),
        ("Much is known", "It is safe", "never call a machine safe"),
        ("Much is known", "It cures all", "needs a claim or study"),
        ("on one charge", "and treats legs", "needs a claim or study"),
        ("on one charge", "and eases arthritis", "needs a claim or study"),
        ("on one charge", "and prevents thrombosis", "needs a claim or study"),
        ('method = "desk"', 'method = "lab"', "Input should be 'desk'"),
        ("checked_on = 2026-11-22", "checked_on = 2026-11-21", "is before written_on"),
        (BODY, "Too short.", "150 to 450 words"),
        (BODY, f"{BODY} {BODY} {BODY}", "150 to 450 words"),
        ("[[less_good]]", "[[good]]", "less_good: Field required"),
        (", though its noise is anyone's guess", "", "at least 60 characters"),
        ("See [the type]", "## A heading\n\nSee [the type]", "plain words"),
    ],
)
def test_a_review_is_refused_by_name(folder: Path, old: str, new: str, reason: str) -> None:
    assert old in REVIEW
    put(folder, REVIEW.replace(old, new))

    _, faults = bring_in(folder)

    assert any(reason in fault and fault.startswith("reviews/gun.md: ") for fault in faults), faults


@pytest.mark.parametrize(
    ("slug", "reason"),
    [
        ("thin-gun", "consumer, 1 facts"),
        ("ward-gun", "supervised, 7 facts"),
        ("no-gun", "there is no machine"),
        ("Bad Name", "must be lower-case words"),
    ],
)
def test_only_machines_that_enough_is_known_of_are_reviewed(
    folder: Path, slug: str, reason: str
) -> None:
    put(folder, REVIEW, slug)

    assert any(reason in fault for fault in bring_in(folder)[1])


def test_a_disease_is_named_where_a_claim_stands_behind_it(folder: Path) -> None:
    text = REVIEW.replace("on one charge", "against arthritis")
    put(folder, text.replace('facts = ["battery_h"]', 'facts = []\nclaims = ["doms"]'))

    assert bring_in(folder)[1] == []


def test_a_weak_source_backs_no_statement(folder: Path) -> None:
    db.session.execute(sa.update(Fact).where(Fact.attribute_id == "battery_h").values(weak=True))

    assert any("weak source only" in fault for fault in bring_in(folder)[1])


@pytest.mark.parametrize("again", [True, False])
def test_a_fact_that_goes_away_fails_the_import(
    folder: Path, tmp_path: Path, *, again: bool
) -> None:
    bring_in(folder)
    gun = sa.select(Product.id).where(Product.slug == "gun").scalar_subquery()
    db.session.execute(
        sa.delete(Fact).where(Fact.attribute_id == "battery_h", Fact.product_id == gun)
    )

    _, faults = bring_in(folder if again else tmp_path / "without-reviews")

    assert any("{battery_h}" in fault and "is not stated" in fault for fault in faults)


def test_what_is_no_review_is_refused(folder: Path) -> None:
    (folder / "reviews/notes.txt").write_text("a note")
    put(folder, "no front matter", "other-gun")

    _, faults = bring_in(folder)

    assert any("notes.txt" in fault and "is no review" in fault for fault in faults)
    assert any("other-gun.md" in fault and "front matter" in fault for fault in faults)
