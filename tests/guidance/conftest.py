"""A small folder of guidance that is sound, to be spoilt in one place at a time, and a database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from reviews_app.catalogue.folder import Faults, KnownIds
from reviews_app.catalogue.sources import Source
from reviews_app.catalogue.vocabulary import Mechanism
from reviews_app.db import db
from reviews_app.guidance import importer
from reviews_app.guidance.models import Grade
from reviews_app.guidance.records import Guidance

KNOWN = KnownIds(
    sources=frozenset({"S1"}),
    mechanisms=frozenset({"compression", "manual"}),
    types=frozenset({"compression"}),
    products=frozenset({"air-boots"}),
)

EVIDENCE = {
    "grades": "".join(f'[[grades]]\ngrade = "{grade}"\nmeaning = "Words."\n' for grade in Grade),
    "studies": """
[[studies]]
id = "E1"
title = "A trial"
authors = "Guo J"
year = 2017
publisher = "A journal"
url = "https://example.org/trial"
doi = "10.3389/fphys.2017.00747"
pmid = "123"
design = "RCT"
finding = "Less sore."
limits = "Small."
read = true
read_depth = "abstract"
seen_on = 2026-11-22

[[studies]]
id = "E2"
title = "Advice"
authors = "NHS"
publisher = "NHS"
url = "https://example.org/advice"
design = "health service"
finding = "Signs of a clot."
limits = "Advice."
read = false
read_depth = "page excerpt"
seen_on = 2026-11-22
""",
    "claims": """
[[claims]]
id = "doms"
title = "Does it ease soreness?"
popular_claim = "Massage cures soreness."
what_evidence_says = "It eases it."
takeaway = "It takes the edge off."
grade = "moderate"
editor_note = "Write eases."
sources = ["E1", "S1"]

[claims.mechanisms.compression]
grade = "moderate"
note = "Small."
sources = ["E1"]

[claims.mechanisms.manual]
grade = "none"
note = "No direct test."
sources = []
""",
    "contraindications": """
[[contraindications]]
id = "dvt"
name = "Clot"
also = ["thrombosis", "DVT"]
group = "clots and veins"
severity = "do not use"
applies_to = ["all"]
why = "It may travel."
signs = ["swelling of one leg"]
basis = "case reports"
sources = ["E2"]

[[contraindications]]
id = "pad"
name = "Narrowed arteries"
group = "heart, arteries and blood pressure"
counts_as = ["dvt"]
severity = "ask a clinician first"
applies_to = ["compression"]
why = "Pressure."
signs = []
basis = "labelling"
sources = ["E2"]
""",
    "red_flags": """
[[red_flags]]
id = "clot-leg"
sign = "One leg swollen"
also = ["swollen leg"]
action = "see a doctor today"
sources = ["E2"]
""",
    "needs": """
[[needs]]
id = "tired-legs"
label = "Tired legs"
self_use = "ask first"
do_first = "Walk."
do_first_sources = ["E2"]
cautions = ["dvt", "pad"]

[needs.typical_use]
minutes = 30
minutes_range = [20, 30]
basis = "The trial."
sources = ["E1"]

[[needs.mechanisms]]
mechanism = "compression"
grade = "limited"
why = "Eased."
sources = ["E1"]

[[needs.mechanisms]]
mechanism = "manual"
grade = "none"
why = "Untested."
sources = []
""",
    "glossary": """
[[glossary]]
id = "ems-nmes"
term = "EMS / NMES"
definition = "Electrical pulses."
sources = []
""",
    "questions": """
[[questions]]
id = "does-it-help"
question = "Does it help?"
answer = "A little."
sources = ["E1"]
""",
}

FRONT = """+++
title = "Benefits"
summary = "What helps."
reviewed_on = 2026-11-22
review_due_on = 2027-05-22
+++
"""

BODY = """
## What helps

[Less sore](claim:doms) with [air](type:compression), see [tired legs](need:tired-legs).

::: claim doms
:::

Not with a [clot](contraindication:dvt): [see a doctor](flag:clot-leg).
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small seed folder with nothing wrong."""
    root = tmp_path / "seed"
    for name, text in EVIDENCE.items():
        put(root / "evidence" / f"{name}.toml", text)
    put(root / "guides" / "benefits.md", FRONT + BODY)
    put(root / "types" / "compression.md", FRONT + "\nSee [the guide](guide:benefits).\n")
    return root


@pytest.fixture
def database(app: Flask) -> Iterator[None]:
    """A database with the catalogue of `KNOWN` and no guidance."""
    with app.app_context():
        add_catalogue(KNOWN)
        yield


def add_catalogue(known: KnownIds) -> None:
    """Store what guidance refers to; an import of the catalogue does this first."""
    for one in sorted(known.mechanisms):
        db.session.merge(Mechanism(id=one, label=one, explanation="", position=0))
    for one in sorted(known.sources):
        db.session.merge(
            Source(
                id=one,
                title="A page",
                publisher="A shop",
                kind="shop",
                url="https://example.org/",
                published=None,
                seen_on="2026-11-22",
                weak=False,
                position=0,
            )
        )
    db.session.commit()


def put(path: Path, text: str | bytes) -> None:
    """Write a file, and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)


def change(path: Path, old: str, new: str) -> None:
    """Replace words in a file that holds them."""
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def faults_of(folder: Path, known: KnownIds = KNOWN) -> list[str]:
    """What is wrong with the folder, in words."""
    faults = Faults()
    importer.read(folder, known, faults)
    assert faults.total == len(faults.shown)
    return [str(fault) for fault in faults.shown]


def sound(folder: Path, known: KnownIds = KNOWN) -> Guidance:
    """The guidance of a folder with nothing wrong."""
    faults = Faults()
    guidance = importer.read(folder, known, faults)
    assert faults.shown == []
    return guidance
