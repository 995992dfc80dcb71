"""The traps of the bulk form, each handled in the open."""

from __future__ import annotations

from typing import Any

import pytest

from reviews_app.catalogue.bulk import BulkProduct, BulkSource, as_seed, terms_of
from tests.catalogue.folders import BULK_BOOTS, BULK_SOURCE


def _seed(**changes: Any) -> dict[str, Any]:
    return as_seed(BulkProduct.model_validate({**BULK_BOOTS, **changes}))


def _fact(**changes: Any) -> dict[str, Any]:
    fact = {"attribute": "heat", "value": True, "source": "S1", **changes}
    (seed,) = _seed(facts=[fact])["facts"]
    return dict(seed)


@pytest.mark.parametrize(
    ("seller", "terms"),
    [
        ("hyperice.com, Prime Day sale price", "sale"),
        ("nike.com, promotion price", "sale"),
        ("hyperice.com outlet, open box", "sale"),
        ("BJ's (clearance) (2025)", "sale"),
        ("pre-order offer (2015)", "sale"),
        ("hyperice.com, regular price shown on the open-box listing", "regular"),
        ("therabody.com, regular price", "regular"),
        ("AVA Traders, list price (MRP)", "regular"),
        ("Amazon.com", "regular"),
        ("replacement pads", "part"),
        ("electrodes for three months", "part"),
        ("starter kit", "regular"),
    ],
)
def test_the_words_beside_a_price_tell_its_terms(seller: str, terms: str) -> None:
    assert terms_of(seller) == terms


def test_a_low_quality_source_is_weak_and_kinds_have_our_names() -> None:
    source = BulkSource.model_validate({**BULK_SOURCE, "quality": "low"}).as_seed()
    assert source["weak"]
    assert source["kind"] == "maker"
    shop = BulkSource.model_validate({**BULK_SOURCE, "kind": "retailer"}).as_seed()
    assert (shop["kind"], shop["weak"]) == ("shop", False)


def test_a_fact_noted_as_low_confidence_is_weak() -> None:
    assert _fact(note="up to; low-confidence source")["weak"]
    assert not _fact(note="maker claim")["weak"]


def test_a_maker_no_source_names_is_no_brand() -> None:
    assert _seed(brand="(maker not named in source)")["brand"] is None


def test_forms_and_types_become_slugs() -> None:
    seed = _seed(form_factor="calf-foot machine", massage_types=["deep tissue"])
    assert (seed["form"], seed["types"]) == ("calf-foot-machine", ["deep-tissue"])


@pytest.mark.parametrize(
    ("attribute", "value", "becomes"),
    [
        ("modes", 6, "mode_count"),
        ("modes", ["TENS"], "modes"),
        ("attachments", 5, "attachment_count"),
        ("attachments", ["ball"], "attachments"),
        ("country_variants", ["Japan"], "variants"),
    ],
)
def test_an_attribute_of_two_kinds_is_split(attribute: str, value: Any, becomes: str) -> None:
    assert _fact(attribute=attribute, value=value)["attribute"] == becomes


def test_a_power_source_becomes_an_option() -> None:
    fact = _fact(attribute="power_source", value="rechargeable battery")
    assert fact["value"] == "rechargeable-battery"


def test_a_unit_that_is_not_the_attributes_own_is_refused() -> None:
    with pytest.raises(ValueError, match="weight_kg is not measured in 'g'"):
        _fact(attribute="weight_kg", value=500, unit="g")


def _record(detail: str, kind: str = "FDA 510(k)") -> dict[str, Any]:
    return {"kind": kind, "detail": detail, "source": "S1"}


@pytest.mark.parametrize(
    ("changes", "audience"),
    [
        ({}, "consumer"),
        ({"regulatory": [_record("K1; prescription device in the US")]}, "supervised"),
        ({"regulatory": [_record("needs one", "Prescription")]}, "supervised"),
        ({"regulatory": [_record("K1; for use under medical supervision")]}, "supervised"),
        ({"regulatory": [_record("K1; home or hospital use")]}, "supervised"),
        ({"regulatory": [_record("K1; sold without a prescription")]}, "consumer"),
        ({"regulatory": [_record("K1; sold over the counter")]}, "consumer"),
        ({"name": "Recovery Boots (clinic unit seen 2021)"}, "consumer"),
        ({"form_factor": "pads", "massage_types": ["tens"], "body_areas": ["thigh"]}, "general"),
        ({"form_factor": "pads", "massage_types": ["ems"], "body_areas": ["calf"]}, "consumer"),
        ({"form_factor": "massage gun", "massage_types": ["percussion"]}, "consumer"),
        ({"form_factor": "massage gun", "name": "Back Massage Gun"}, "general"),
        ({"form_factor": "handheld wand"}, "general"),
    ],
)
def test_records_and_notes_tell_whom_a_machine_is_for(
    changes: dict[str, Any], audience: str
) -> None:
    found = _seed(**changes)["audience"]
    assert found["is"] == audience
    assert found["because"].endswith(".")


def test_the_reason_cites_the_record() -> None:
    record = _record("K1; prescription device in the US")
    because = _seed(regulatory=[record])["audience"]["because"]
    assert because == "On record: FDA 510(k): K1; prescription device in the US (S1)."
