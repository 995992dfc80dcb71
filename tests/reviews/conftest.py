"""A review that is sound, to be spoilt in one place at a time, and a small catalogue for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from reviews_app.catalogue.changes import Changes
from reviews_app.catalogue.folder import Faults
from reviews_app.db import db
from reviews_app.reviews import importer
from tests.factories import a_claim, a_product, a_type, an_attribute

BODY = " ".join(f"word{'x' * (n % 7)}" for n in range(140))

REVIEW = f"""+++
verdict = "A plain machine with a good deal on record, though its noise is anyone's guess."
summary = "It runs for {{battery_h}}. Much is known."
best_for = ["readers who want figures"]
not_for = ["people with thrombosis"]
unknown = ["How loud it is."]
written_on = 2026-11-22
checked_on = 2026-11-22
method = "desk"
by = "Legwise editorial desk"

[[good]]
text = "It runs for {{battery_h}} on one charge."
facts = ["battery_h"]

[[less_good]]
text = "Nobody says how loud it is."
facts = []
missing = ["noise_db"]

[[alternatives]]
slug = "other-gun"
why = "It runs for {{other-gun:battery_h}}."
+++
See [the type](type:percussion) and [soreness](claim:doms). {BODY}
"""

FACTS: dict[str, Any] = dict.fromkeys(("a", "b", "c", "d", "e", "f"), 1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with that review and nothing else."""
    put(tmp_path, REVIEW)
    return tmp_path


@pytest.fixture
def database(app: Flask) -> Iterator[None]:
    """A catalogue that bears the review out."""
    with app.app_context():
        for name in FACTS:
            an_attribute(name, "number")
        an_attribute("battery_h", "number", unit="h")
        an_attribute("noise_db", "number", unit="dB")
        an_attribute("strap_cm", "number", unit="cm", forms=["boots"])
        a_type("percussion")
        a_claim("doms", {"percussion": "limited"})
        machine("gun", battery_h=3, **FACTS)
        machine("other-gun", battery_h=5)
        machine("thin-gun", battery_h=3)
        machine("ward-gun", audience="supervised", battery_h=3, **FACTS)
        db.session.commit()
        yield


def machine(slug: str, audience: str = "consumer", **facts: Any) -> None:
    """A massage gun."""
    a_product(slug, types=["percussion"], facts=facts, form_id="massage-gun", audience=audience)


def put(folder: Path, text: str, slug: str = "gun") -> None:
    """Write one review."""
    path = folder / "reviews" / f"{slug}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def bring_in(folder: Path) -> tuple[Changes, list[str]]:
    """Import the reviews of the folder: what changed, and what was refused."""
    faults = Faults()
    reviews = importer.read(folder, faults)
    changes = Changes() if faults else importer.store(reviews, faults)
    return changes, [str(fault) for fault in faults.shown]
