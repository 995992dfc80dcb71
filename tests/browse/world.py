"""The words of the random catalogues: few of each, so that machines share them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from tests import factories

MECHANISM_OF: dict[str, str | None] = {
    "compression": "compression",
    "shiatsu": "kneading",
    "deep-tissue": None,
    "vibration": "vibration",
}

AREAS = ("foot", "calf", "thigh")
FORMS = ("boots", "gun", "ball")
BRANDS = ("calmo", "kneader", "unused")
AUDIENCES = ("consumer", "supervised", "general")

NEEDS = {
    "tired-legs": {"compression": "limited", "kneading": "none"},
    "soreness": {"vibration": "conflicting", "heat": "strong", "compression": "against"},
    "nothing-helps": {"kneading": "none"},
}

CLAIMS = {
    "circulation": {"compression": "moderate", "vibration": "against"},
    "sleep": {"kneading": "none", "heat": "conflicting"},
    "untested": {},
}

ATTRIBUTES: dict[str, dict[str, Any]] = {
    "heat": {"kind": "yes_no"},
    "cordless": {"kind": "yes_no", "forms": ["boots", "gun"]},
    "power": {"kind": "choice", "options": ["mains", "battery"], "forms": ["boots"]},
    "extras": {
        "kind": "choices",
        "options": ["bag", "head", "strap"],
        "filter": "options",
        "forms": ["gun", "ball"],
    },
    "weight_kg": {"kind": "number", "unit": "kg", "filter": "range"},
    "pressure_mmhg": {"kind": "number", "unit": "mmHg", "filter": "range", "forms": ["boots"]},
    "release_year": {"kind": "number", "filter": "range"},
    "calf_max_cm": {
        "kind": "number",
        "unit": "cm",
        "filter": "fit",
        "fit": "calf",
        "fit_bound": "max",
        "forms": ["boots", "ball"],
    },
    "calf_min_mm": {
        "kind": "number",
        "unit": "mm",
        "filter": "fit",
        "fit": "calf",
        "fit_bound": "min",
        "forms": ["boots"],
    },
    "foot_max_in": {
        "kind": "number",
        "unit": "in",
        "filter": "fit",
        "fit": "foot",
        "fit_bound": "max",
    },
    "colour": {"kind": "choices", "filter": "none"},
}

OPTION_FACETS = ("heat", "cordless", "power", "extras")
RANGES = ("weight_kg", "pressure_mmhg", "release_year")
FITS = {"calf": ["calf_max_cm", "calf_min_mm"], "thigh": [], "foot": ["foot_max_in"]}

WEIGHTS = {"ease": 30, "reach": 20, "proof": 10}
FLOOR = 40
"""The parts of the method, and the coverage under which there is no total."""

LABELS = {
    "compression": "Compression",
    "shiatsu": "Shiatsu",
    "deep-tissue": "Deep tissue",
    "vibration": "Vibration",
    "foot": "Foot",
    "calf": "Calf",
    "thigh": "Thigh",
    "boots": "Boots",
    "gun": "Gun",
    "ball": "Ball",
    "calmo": "Câlmo",
    "kneader": "Kneader",
}

ALIASES = {"kneader": ("Calmo Thumping", "Boöts"), "unused": ("Élan",)}
"""Other names of brands; some of their words other machines bear themselves."""

FORMS_OF_A_WORD = (
    {"vibration", "vibrate", "vibrates", "vibrating"},
    {"compression", "compress", "compressing"},
    {"compressor", "compressors"},
    {"boots", "boot"},
    {"boost", "boosts"},
    {"thumping", "thump", "thumps"},
    {"kneader", "kneaders"},
    {"calf", "calfs", "calves"},
    {"foot", "foots", "feet"},
    {"gun", "guns"},
)
"""The words here and in QUERIES that English makes of one another."""

SMALL_WORDS = {"for", "my", "the", "to"}
"""The words here and in QUERIES that count only where there are no others."""

NAMES = (
    "Calmo 3",
    "kneader Pro",
    "Élan",
    "RX 2000",
    "Vibra",
    "vibrate",
    "Boost",
    "compressor",
    "For feet",
)
MODELS = (None, "RX2000", "RX-3000", "Pro")
QUERIES = (
    "calmo",
    "CALMA",
    "knea",
    "kneaedr",
    "vibratoin",
    "elan",
    "rx2000",
    "rx2001",
    "2000",
    "b",
    "pro 3",
    "bosts",
    "bots",
    "compresion",
    "tissue foot",
    "vibrating",
    "vibrates foot",
    "compress",
    "compressing boot",
    "compressors",
    "guns",
    "boot",
    "boosts",
    "thumps",
    "thumpign",
    "thum",
    "kneaders 3",
    "boots for the feet",
    "gun for my calves",
    "calmo to",
    "for",
    "zzz",
)


def make() -> None:
    """Store all of it."""
    factories.a_source()
    factories.a_method({"old": 1}, version=1)
    factories.a_method(WEIGHTS, version=2, floor_percent=FLOOR)
    _each(factories.a_form, {name: {} for name in FORMS})
    _each(factories.a_type, {name: {"mechanism": one} for name, one in MECHANISM_OF.items()})
    _each(factories.a_mechanism, {"heat": {}})
    _each(factories.an_area, {name: {} for name in AREAS})
    _each(factories.a_brand, {name: {"name": LABELS.get(name)} for name in BRANDS})
    for brand, names in ALIASES.items():
        for name in names:
            factories.an_alias(brand, name)
    _each(factories.an_attribute, ATTRIBUTES)
    _each(factories.a_need, {name: {"grades": grades} for name, grades in NEEDS.items()})
    _each(factories.a_claim, {name: {"grades": grades} for name, grades in CLAIMS.items()})


def _each(make_one: Callable[..., object], declared: Mapping[str, Mapping[str, Any]]) -> None:
    for name, given in declared.items():
        make_one(name, **given)
