"""Draws random catalogues and random choices for the property tests."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from reviews_app.browse.facets import Vocabulary
from tests import factories
from tests.browse.oracle import Machine, total
from tests.browse.world import (
    AREAS,
    ATTRIBUTES,
    AUDIENCES,
    BRANDS,
    FITS,
    FORMS,
    MECHANISM_OF,
    MODELS,
    NAMES,
    QUERIES,
    RANGES,
    WEIGHTS,
)

NUMBERS = {
    "weight_kg": [0.5, 1.45, 2.0, 3.3],
    "pressure_mmhg": [30.0, 110.0, 210.0],
    "release_year": [2018.0, 2020.0, 2024.0],
    "calf_max_cm": [48.26, 50.0, 50.8, 63.5],
    "calf_min_mm": [254.0, 482.6, 500.0],
    "foot_max_in": [10.0, 11.5, 12.0],
}
"""Few values, some of them equal lengths, so that drawn limits often meet them exactly."""

SIZES = ["48.26cm", "19in", "50cm", "50.8cm", "20in", "25.4 cm", "10in", "63.6cm", "30.48cm"]

BOUNDS = {
    "price": [59.99, 90.0, 100.0],
    "score": [3.33, 4.0, 5.0, 6.67],
    "rating": [2.0, 4.0, 4.5],
}

MONTHS = [None, "2025-01", "2026-06"]
PRICES = st.tuples(
    st.sampled_from([5999, 9000, 10000]),
    st.sampled_from(["USD", "GBP", "JPY"]),
    st.sampled_from(["regular", "regular", "sale", "part"]),
    st.sampled_from(MONTHS),
)


PARTS = st.fixed_dictionaries(
    {
        part: st.one_of(
            st.just((None, None)),
            st.tuples(
                st.sampled_from([None, 0, 333, 500, 1000]), st.sampled_from([0, 39, 50, 100])
            ),
        )
        for part in WEIGHTS
    }
)
"""What the parts of a score came to: points and coverage; few values, so that totals tie."""


def catalogues(least: int = 4, most: int = 9) -> st.SearchStrategy[list[Machine]]:
    """A few machines, often alike, some retired."""
    return st.lists(_machines(), min_size=least, max_size=most).map(_numbered)


def _numbered(drawn: list[dict[str, Any]]) -> list[Machine]:
    """Slugs in another order than ids, so that neither order passes for the other."""
    return [
        Machine(id=n + 1, slug=f"m{(n * 7 + 3) % 101:03}", **one) for n, one in enumerate(drawn)
    ]


@st.composite
def _machines(draw: st.DrawFn) -> dict[str, Any]:
    known = draw(st.sets(st.sampled_from(list(ATTRIBUTES)), max_size=6))
    rivals = draw(st.sets(st.sampled_from(list(ATTRIBUTES)), max_size=2))
    return {
        "name": draw(st.sampled_from(NAMES)),
        "brand": draw(st.sampled_from([None, *BRANDS[:2]])),
        "model": draw(st.sampled_from(MODELS)),
        "form": draw(st.sampled_from(FORMS)),
        "audience": draw(st.sampled_from(AUDIENCES)),
        "types": tuple(draw(st.sets(st.sampled_from(list(MECHANISM_OF)), min_size=1, max_size=3))),
        "areas": tuple(draw(st.sets(st.sampled_from(AREAS), max_size=3))),
        "facts": {name: draw(_values(name)) for name in sorted(known)},
        "rivals": {name: draw(_values(name)) for name in sorted(rivals)},
        "prices": tuple(draw(st.lists(PRICES, max_size=3))),
        "retired": draw(st.integers(0, 9)) == 0,
        "recalled": draw(st.integers(0, 5)) == 0,
        "parts": draw(st.none() | st.just({}) | PARTS | PARTS),
        "cap": draw(st.sampled_from([None, None, 400])),
        "stars": draw(st.sampled_from([(), (), (5,), (4,), (4, 5), (3, 1, 2), (5, 3)])),
    }


def _values(attribute: str) -> st.SearchStrategy[Any]:
    declared = ATTRIBUTES[attribute]
    if declared["kind"] == "yes_no":
        return st.booleans()
    if declared["kind"] == "choice":
        return st.sampled_from(declared["options"])
    if declared["kind"] == "choices":
        options = declared.get("options", ["red", "blue"])
        return st.lists(st.sampled_from(options), min_size=1, unique=True)
    one = st.sampled_from(NUMBERS[attribute])
    return one | st.tuples(one, one).map(lambda pair: (min(pair), max(pair)))


@st.composite
def choices(draw: st.DrawFn, vocabulary: Vocabulary) -> list[tuple[str, str]]:
    """Parameters that spell a valid Selection, not always in the canonical way.

    Rarely more than three choices: of few machines, more leave none to be wrong about.
    """
    rare = ["price", "price", "score", "score", "rating", "calf", "q"]
    names = st.sampled_from([*vocabulary.facet, *RANGES, *FITS, *rare])
    args: list[tuple[str, str]] = []
    for name in sorted(draw(st.sets(names, max_size=3))):
        args += draw(_choice(name, vocabulary))
    if vocabulary.currencies and draw(st.integers(0, 2)) == 0:
        args.append(("currency", draw(st.sampled_from(sorted(dict(vocabulary.currencies))))))
    if draw(st.booleans()):
        args.append(("sort", draw(st.sampled_from(sorted(vocabulary.sort)))))
    args += draw(_weights())
    return draw(st.permutations(args))


def _weights() -> st.SearchStrategy[list[tuple[str, str]]]:
    """Some of the parts, some of them for nothing; nothing at all as often."""
    of_parts = st.dictionaries(st.sampled_from(list(WEIGHTS)), st.integers(0, 4), max_size=3)
    spelled = of_parts.map(lambda found: [(f"w.{part}", str(n)) for part, n in found.items()])
    some = spelled.filter(lambda args: len(args) < len(WEIGHTS) or any(n != "0" for _, n in args))
    return st.just([]) | some


@st.composite
def _choice(draw: st.DrawFn, name: str, vocabulary: Vocabulary) -> list[tuple[str, str]]:
    if name == "q":
        return [("q", draw(st.sampled_from(QUERIES)))]
    if name in vocabulary.facet:
        options = sorted(vocabulary.facet[name].labels)
        return [(name, value) for value in draw(st.sets(st.sampled_from(options), max_size=3))]
    included = [(f"{name}_unknown", "include")] if draw(st.integers(0, 2)) == 0 else []
    if name in FITS:
        return [(name, draw(st.sampled_from(SIZES))), *included]
    return draw(_bounds(name)) + included


@st.composite
def _bounds(draw: st.DrawFn, name: str) -> list[tuple[str, str]]:
    numbers = BOUNDS.get(name) or NUMBERS[name]
    near = [f"{number + step:.3f}" for number in numbers for step in (-0.005, 0, 0.005)]
    ends = sorted(draw(st.lists(st.sampled_from(near), min_size=2, max_size=2)), key=float)
    which = draw(st.sampled_from([("min", "max"), ("min",), ("max",)]))
    return [(f"{name}_{end}", ends[end == "max"]) for end in which]


def store(machines: list[Machine]) -> None:
    """The rows of a catalogue, in the words of `world`."""
    for one in machines:
        product = factories.a_product(
            one.slug,
            id=one.id,
            name=one.name,
            model=one.model,
            brand_id=one.brand,
            form_id=one.form,
            audience=one.audience,
            types=one.types,
            areas=one.areas,
            facts=one.facts,
            prices=one.prices,
            retired_at=factories.retired() if one.retired else None,
        )
        if one.recalled:
            factories.a_recall(product)
        if one.stars:
            factories.a_rating(product, one.stars)
        if one.parts is not None:
            factories.a_score(
                product,
                total(one, WEIGHTS),
                one.parts,
                cap_centi=one.cap,
                version=2,
            )
        factories.a_score(product, 1000 - 10 * one.id, {"old": (1000, 100)}, version=1)
        for attribute, value in one.rivals.items():
            factories.a_fact(product, attribute, value, accepted=False)
