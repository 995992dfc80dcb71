"""Small folders of data files, right in every respect until a test spoils one."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from reviews_app.catalogue import importer
from reviews_app.catalogue.changes import Changes
from reviews_app.catalogue.folder import Faults, write_toml
from reviews_app.db import db

SEED_DATA = Path(__file__).parents[2] / "seed_data"

SOURCES: list[dict[str, Any]] = [
    {"id": "S1", "kind": "maker", "title": "Calm Boots, compression for the calf"},
    {"id": "S2", "kind": "shop", "title": "A shop"},
    {"id": "S3", "kind": "review", "title": "A link farm", "weak": True},
]

CALM_BOOTS: dict[str, Any] = {
    "brand": "Calm",
    "name": "Boots",
    "form": "boots",
    "types": ["compression"],
    "areas": ["calf", "foot"],
    "audience": {"is": "consumer", "because": "No source asks for a prescription."},
    "facts": [
        {"attribute": "heat", "value": True, "source": "S1", "note": "warms the calf"},
        {"attribute": "weight_kg", "value": 1.5, "source": "S2"},
    ],
    "prices": [
        {
            "amount": 99.99,
            "currency": "EUR",
            "seller": "A shop",
            "terms": "regular",
            "as_of": "2026-06",
            "source": "S2",
        }
    ],
    "ratings": [
        {"publisher": "A shop", "value": 4.5, "scale": 5, "count": 10, "source": "S2"},
    ],
    "records": [{"kind": "FDA 510(k)", "detail": "K000000", "source": "S1"}],
    "warnings": [{"text": "Not in the bath.", "source": "S1"}],
}

HARD_ROLLER: dict[str, Any] = {
    "name": "Roller",
    "form": "foam-roller",
    "types": ["rolling"],
    "areas": ["thigh"],
    "audience": {"is": "consumer", "because": "No source asks for a prescription."},
    "facts": [
        {"attribute": "power_source", "value": "manual", "source": "S2", "note": "a firm core"}
    ],
}

BULK_BOOTS: dict[str, Any] = {
    "slug": "calm-boots",
    "brand": "Calm",
    "name": "Boots",
    "model": None,
    "manufacturer_url": None,
    "massage_types": ["compression"],
    "body_areas": ["calf"],
    "form_factor": "boots",
    "facts": [
        {"attribute": "weight_kg", "value": 1.5, "unit": "kg", "source": "S1", "note": "a pair"}
    ],
    "prices": [],
    "third_party_ratings": [],
    "regulatory": [],
    "warnings": [],
}

BULK_SOURCE: dict[str, Any] = {
    "id": "S1",
    "url": "https://example.org/1",
    "title": "Calm Boots",
    "publisher": "Calm",
    "kind": "manufacturer",
    "published": None,
    "accessed": "2026-11-22",
}


def seed_folder(path: Path) -> Path:
    """A seed folder with the real words, three sources, boots and a roller."""
    copy_words(path)
    whole = {"publisher": "Nobody", "url": "https://example.org/", "seen_on": "2026-11-22"}
    write_toml(path / "sources.toml", {"sources": [{**whole, **source} for source in SOURCES]})
    write_product(path, "calm-boots", CALM_BOOTS)
    write_product(path, "hard-roller", HARD_ROLLER)
    return path


def bulk_folder(path: Path, *products: dict[str, Any]) -> Path:
    """A bulk folder with the real words, one source, and these products (or boots)."""
    copy_words(path)
    write_lines(path / "products.jsonl", *(products or (BULK_BOOTS,)))
    write_lines(path / "sources.jsonl", BULK_SOURCE)
    return path


def copy_words(path: Path) -> None:
    """Put the real taxonomy and attributes into the folder."""
    path.mkdir(parents=True, exist_ok=True)
    for name in ("taxonomy.toml", "attributes.toml"):
        shutil.copy(SEED_DATA / name, path / name)


def write_product(folder: Path, slug: str, product: dict[str, Any]) -> None:
    """Write one product file."""
    write_toml(folder / "products" / f"{slug}.toml", product)


def write_lines(path: Path, *records: dict[str, Any]) -> None:
    """Write JSON lines."""
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")


def bring_in(folder: Path, *, prune: bool = False) -> Changes:
    """Import the folder and commit; fails the test where anything is wrong with it."""
    faults = Faults()
    found = importer.find_folder(folder, faults)
    read = importer.read(found, faults) if found else None
    assert not faults, [str(fault) for fault in faults.shown]
    assert read
    changes = importer.store(read, faults, prune=prune)
    changes.include(importer.sweep(read, faults))
    assert not faults, [str(fault) for fault in faults.shown]
    db.session.commit()
    return changes


def faults_of(folder: Path) -> list[str]:
    """What is wrong with the folder, as the reader of the command line sees it."""
    faults = Faults()
    found = importer.find_folder(folder, faults)
    if found is not None:
        importer.read(found, faults)
    return [str(fault) for fault in faults.shown]
