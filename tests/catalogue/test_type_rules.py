"""Types given by rule, what supports a type or area, and mechanisms."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from reviews_app.catalogue.accepting import CitedSource, judge
from reviews_app.catalogue.records import ProductRecord
from reviews_app.catalogue.records_vocabulary import AttributesFile, TaxonomyFile
from reviews_app.catalogue.sources import Standing
from reviews_app.catalogue.type_rules import GivenType, Product, given_types, mechanisms
from tests.catalogue.folders import SEED_DATA

WORDS = TaxonomyFile.model_validate(tomllib.loads((SEED_DATA / "taxonomy.toml").read_text()))
ATTRIBUTES = {
    each.id: each
    for each in AttributesFile.model_validate(
        tomllib.loads((SEED_DATA / "attributes.toml").read_text())
    ).attributes
}
SOURCES = {
    "S1": CitedSource("A page", "", Standing.REVIEW),
    "S2": CitedSource("A weak page", "", Standing.WEAK),
    "S3": CitedSource("Compression boots in the manual", "", Standing.MANUAL),
}


def _product(form: str, types: list[str], *facts: dict[str, Any], **more: Any) -> Product:
    record = ProductRecord.model_validate(
        {
            "name": "Machine",
            "form": form,
            "types": types,
            "audience": {"is": "consumer", "because": "A test."},
            "facts": [{"source": "S1", **fact} for fact in facts],
            **more,
        }
    )
    return Product(record, judge(record.facts, SOURCES), SOURCES)


def _given(product: Product) -> dict[str, GivenType]:
    return {each.type: each for each in given_types(product, WORDS.types, ATTRIBUTES)}


def _amplitude(value: Any, **more: Any) -> dict[str, Any]:
    return {"attribute": "amplitude_mm", "value": value, **more}


@pytest.mark.parametrize("value", [10, 16, [6, 12], [8, 10]])
def test_percussion_that_reaches_ten_millimetres_is_deep_tissue(value: Any) -> None:
    given = _given(_product("massage-gun", ["percussion"], _amplitude(value)))
    assert given["deep-tissue"].assigned_by == "rule"
    assert given["deep-tissue"].source == "S1"
    assert given["deep-tissue"].because.endswith("mm stated.")


@pytest.mark.parametrize("value", [9.9, 6, [6, 9]])
def test_percussion_below_ten_millimetres_is_not(value: Any) -> None:
    assert "deep-tissue" not in _given(_product("massage-gun", ["percussion"], _amplitude(value)))


def test_a_long_stroke_without_percussion_is_not_deep_tissue() -> None:
    assert "deep-tissue" not in _given(_product("massage-gun", ["vibration"], _amplitude(16)))


def test_a_stroke_stated_by_a_weak_source_only_counts_and_says_so() -> None:
    given = _given(_product("massage-gun", ["percussion"], _amplitude(16, source="S2")))
    assert "by a weak source only" in given["deep-tissue"].because


def test_the_accepted_stroke_decides() -> None:
    facts = (_amplitude(16, source="S2"), _amplitude(7, source="S3"))
    assert "deep-tissue" not in _given(_product("massage-gun", ["percussion"], *facts))


def _noted(note: str) -> dict[str, Any]:
    return {"attribute": "power_source", "value": "manual", "note": note}


@pytest.mark.parametrize("form", ["foam-roller", "roller-stick"])
@pytest.mark.parametrize("note", ["firm foam", "a HARD core", "medium-hard"])
def test_a_roller_called_firm_or_hard_is_deep_tissue(form: str, note: str) -> None:
    assert "deep-tissue" in _given(_product(form, ["rolling"], _noted(note)))


@pytest.mark.parametrize(
    ("form", "note"),
    [("foam-roller", "soft foam"), ("foam-roller", "hardly used"), ("foot-roller", "firm")],
)
def test_other_rollers_are_not(form: str, note: str) -> None:
    assert "deep-tissue" not in _given(_product(form, ["rolling"], _noted(note)))


def test_a_source_that_says_deep_kneading_makes_it_deep_tissue() -> None:
    modes = {"attribute": "modes", "value": ["gentle", "deep kneading with nodes"]}
    given = _given(_product("footbed", ["kneading"], modes))
    assert "“deep kneading with nodes”" in given["deep-tissue"].because


def test_a_type_of_an_editor_cites_the_best_source_that_supports_it() -> None:
    noted = {"attribute": "heat", "value": True, "note": "compression and heat"}
    warning = {"text": "Careful.", "source": "S3"}
    assert _given(_product("boots", ["compression"], noted))["compression"].source == "S1"
    supported = _product("boots", ["compression"], noted, warnings=[warning])
    assert _given(supported)["compression"].source == "S3"


def test_a_type_nobody_supports_cites_nothing() -> None:
    given = _given(_product("boots", ["compression"], {"attribute": "heat", "value": True}))
    assert given["compression"].source is None
    assert given["compression"].assigned_by == "editor"


def test_words_are_found_whole() -> None:
    product = _product("boots", ["compression"], _noted("takes long, solely for the footage"))
    assert product.source_with(["sole", "foot"]) is None
    assert product.source_with(["long"]) == "S1"


def _mechanisms(product: Product) -> list[str]:
    given = given_types(product, WORDS.types, ATTRIBUTES)
    return mechanisms(product, given, WORDS.types)


def test_shiatsu_counts_as_kneading() -> None:
    assert _mechanisms(_product("footbed", ["shiatsu", "kneading"])) == ["kneading"]


def test_heat_is_a_mechanism_only_where_it_is_known() -> None:
    heated = {"attribute": "heat", "value": True}
    assert _mechanisms(_product("boots", ["compression"], heated)) == ["compression", "heat"]
    unheated = {"attribute": "heat", "value": False}
    assert _mechanisms(_product("boots", ["compression"], unheated)) == ["compression"]
    assert _mechanisms(_product("boots", ["compression"])) == ["compression"]


def test_deep_tissue_adds_no_mechanism() -> None:
    gun = _product("massage-gun", ["percussion"], _amplitude(16))
    assert _mechanisms(gun) == ["percussion"]
