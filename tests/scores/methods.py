"""A small method that is sound, to be spoilt in one place at a time, and folders to put it in."""

from __future__ import annotations

from pathlib import Path

from reviews_app.catalogue.changes import Changes
from reviews_app.catalogue.folder import Faults
from reviews_app.scores import importer

METHOD = """\
# A comment that an export keeps.
version = 1
published_on = 2026-11-22
summary = "What a few facts add up to."
floor_percent = 50
floor_because = "Half is enough."

[[parts]]
id = "ease"
label = "Easy to live with"
explanation = "How little it asks."
weight = 3

[[parts.facts]]
id = "weight"
label = "Weight"
reads = "weight_kg"
weight = 2
because = "You hold it."

[[parts.facts.maps]]
because = "In the hand."
forms = ["massage-gun"]
points = [[0.5, 10], [1.5, 0]]

[[parts.facts.maps]]
because = "On the floor."
points = [[1, 10], [11, 0]]

[[parts.facts]]
id = "cord"
label = "Cord"
reads = "cordless"
weight = 1
because = "A socket ties you down."

[[parts.facts.maps]]
because = "With or without."
options = { yes = 9, no = 4 }

[[parts]]
id = "open"
label = "Honest about itself"
explanation = "How much is stated."
weight = 1

[[parts.facts]]
id = "share"
label = "Share stated"
reads = "share-stated"
of = ["weight_kg", "cordless", "noise_db"]
weight = 1
because = "Figures can be held against a maker."

[[parts.facts.maps]]
because = "All of it is ten."
points = [[0, 0], [100, 10]]

[[caps]]
when = "open-recall"
at = 2
because = "It should not be used."
"""


def put(folder: Path, text: str = METHOD, version: int = 1) -> Path:
    """Write a method into the folder, and give the folder back."""
    path = folder / "methods" / f"{version}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return folder


def version_2(text: str = METHOD) -> str:
    """The next version, in which ease counts five times."""
    return text.replace("version = 1", "version = 2").replace("weight = 3", "weight = 5")


def bring_in(folder: Path) -> tuple[Changes, list[str]]:
    """Import the methods of the folder and score everything: what changed, what was refused."""
    faults = Faults()
    methods = importer.read(folder, faults)
    changes = Changes() if faults else importer.store(methods, faults)
    if not faults:
        importer.score(changes)
    return changes, [str(fault) for fault in faults.shown]
