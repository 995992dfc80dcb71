"""Guidance as JSON says what its pages say."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

PATHS = (
    "types/compression",
    "types/deep-tissue",
    "claims/doms",
    "needs/tired-legs",
    "guides/benefits-of-leg-massage",
)


@pytest.mark.parametrize("path", PATHS)
def test_guidance_is_there_under_the_same_name(reader: FlaskClient, path: str) -> None:
    answer = reader.get(f"/api/v1/{path}")
    page = reader.get(f"/{path}")

    assert (answer.status_code, page.status_code) == (200, 200)
    found = answer.get_json()
    assert path.endswith(str(found.get("id") or found["slug"]))


@pytest.mark.parametrize("path", ["types/x", "claims/x", "needs/x", "guides/x"])
def test_what_is_not_there_is_not_found(reader: FlaskClient, path: str) -> None:
    answer = reader.get(f"/api/v1/{path}")

    assert answer.status_code == 404
    assert answer.get_json()["error"]["code"] == "not_found"


def test_a_type_counts_the_machines_its_listing_finds(reader: FlaskClient) -> None:
    found = reader.get("/api/v1/types/compression").get_json()

    assert reader.get(found["machines_url"]).get_json()["total"] == found["machines"]


def test_a_claim_grades_each_mechanism_on_its_own(reader: FlaskClient) -> None:
    found = reader.get("/api/v1/claims/doms").get_json()

    assert len({one["mechanism"] for one in found["findings"]}) == len(found["findings"]) > 1
    assert all(one["claim"] == "doms" for one in found["findings"])


def test_a_guide_comes_as_the_text_that_was_written(reader: FlaskClient) -> None:
    found = reader.get("/api/v1/guides/benefits-of-leg-massage").get_json()

    assert "::: claim " in found["body"]
    assert found["claims"]
    assert found["sources"]
