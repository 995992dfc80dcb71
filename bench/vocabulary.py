"""The words synthetic machines are described in: those of the seed files, and made-up ones."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from pathlib import Path
from typing import Any

from reviews_app.config import ROOT
from reviews_app.guidance.models import SUPPORTING

SEED_DATA = ROOT / "seed_data"
BRANDS = 200
AUDIENCES = ("consumer", "supervised", "general")

# Names of series, plainly made up: "Bavero", "Kilusa".
SYLLABLES = (("ba", "ki", "lo", "mu", "ra", "te", "vi", "zo"), ("lu", "ne", "si", "ve"))
ENDINGS = ("ra", "na", "sa", "ro", "no", "so", "rix", "nix", "lon", "dan", "mar", "tis")

TYPES_OF_FORM: dict[str, tuple[str, ...]] = {
    "boots": ("compression", "vibration"),
    "sleeves": ("compression", "vibration"),
    "wraps": ("compression", "vibration", "kneading"),
    "calf-foot-machine": ("kneading", "shiatsu", "compression", "rolling"),
    "footbed": ("shiatsu", "kneading", "rolling", "ems"),
    "pads": ("ems", "tens"),
    "massage-gun": ("percussion", "vibration"),
    "handheld-wand": ("percussion", "vibration", "kneading"),
    "robotic-ring": ("kneading", "compression"),
}
OTHER_TYPES = ("rolling", "vibration")
"""Types of forms not named above, the likeliest first as in the others."""

# Per attribute the lowest, the highest and the step between; others go from 1 to 100 by 1.
NUMBERS: dict[str, tuple[float, float, float]] = {
    "amplitude_mm": (4, 18, 0.5),
    "battery_h": (0.5, 8, 0.5),
    "chambers": (1, 8, 1),
    "heat_max_c": (38, 65, 1),
    "intensity_levels": (1, 30, 1),
    "max_calf_circumference_cm": (36, 70, 1),
    "max_foot_length_cm": (26, 34, 0.5),
    "max_foot_size_eu": (42, 50, 1),
    "max_thigh_circumference_cm": (50, 95, 1),
    "min_calf_circumference_cm": (20, 35, 1),
    "noise_db": (30, 75, 1),
    "pressure_max_mmhg": (60, 300, 5),
    "pressure_min_mmhg": (5, 55, 5),
    "release_year": (2014, 2026, 1),
    "session_min": (5, 60, 5),
    "speed_max_rpm": (1800, 4800, 100),
    "stall_force_kg": (5, 40, 1),
    "warranty_months": (6, 60, 6),
    "weight_kg": (0.2, 12, 0.05),
}


@dataclass(frozen=True)
class Vocabulary:
    """The seed files' forms, types, areas, mechanisms, attributes and needs, in their order."""

    taxonomy: dict[str, Any]
    attributes: tuple[dict[str, Any], ...]
    needs_of_mechanism: dict[str, tuple[str, ...]]
    needs: tuple[str, ...]

    @classmethod
    def from_seed(cls, folder: Path = SEED_DATA) -> Vocabulary:
        """The words of the seed folder."""
        needs = _read(folder / "evidence" / "needs.toml")["needs"]
        supported: dict[str, list[str]] = {}
        for need in needs:
            for one in need["mechanisms"]:
                if one["grade"] in SUPPORTING:
                    supported.setdefault(one["mechanism"], []).append(need["id"])
        return cls(
            _read(folder / "taxonomy.toml"),
            tuple(_read(folder / "attributes.toml")["attributes"]),
            {mechanism: tuple(ids) for mechanism, ids in supported.items()},
            tuple(need["id"] for need in needs),
        )

    def ids(self, kind: str) -> tuple[str, ...]:
        """The ids of forms, types, areas or mechanisms."""
        return tuple(one["id"] for one in self.taxonomy[kind])

    def labels(self, kind: str) -> tuple[str, ...]:
        """Their labels, in the same order."""
        return tuple(one["label"] for one in self.taxonomy[kind])

    @cached_property
    def mechanism_of_type(self) -> dict[str, str | None]:
        """What a type adds to how a machine acts."""
        return {one["id"]: one.get("mechanism") for one in self.taxonomy["types"]}

    @cached_property
    def filtered(self) -> tuple[dict[str, Any], ...]:
        """The attributes a reader can filter by; only these are given to synthetic machines."""
        return tuple(one for one in self.attributes if one.get("filter", "none") != "none")

    def options(self, attribute: dict[str, Any]) -> tuple[str, ...]:
        """What an attribute filtered by options can state."""
        if attribute["kind"] == "yes_no":
            return ("yes", "no")
        return tuple(option["id"] for option in attribute["options"])


def series() -> tuple[str, ...]:
    """The made-up names of series, in order of the alphabet."""
    return tuple(sorted("".join(parts).capitalize() for parts in product(*SYLLABLES, ENDINGS)))


def brands() -> tuple[str, ...]:
    """The names of the brands, plainly synthetic, most machines first."""
    return tuple(f"Synthetic Brand {number}" for number in range(1, BRANDS + 1))


def _read(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return tomllib.load(file)
