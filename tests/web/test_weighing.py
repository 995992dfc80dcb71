"""A reader's own weights on the pages of a machine and of a comparison."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.pages import visit

PAIR = "p=hyperice-normatec-3-legs&p=beurer-fm-90"


def _row(client: FlaskClient, query: str, row_id: str) -> list[object]:
    answer = client.get(f"/api/v1/compare?{query}").get_json()
    rows = {row["id"]: row for group in answer["groups"] for row in group["rows"]}
    return [cell["value"] for cell in rows[row_id]["cells"]] if row_id in rows else []


def test_a_comparison_has_the_score_by_own_weights_beside_the_published_one(
    reader: FlaskClient,
) -> None:
    published = _row(reader, PAIR, "score")
    only_ease = f"{PAIR}&w.adjust=0&w.ease=1&w.open=0&w.evidence=0"

    assert _row(reader, PAIR, "own-score") == []
    assert _row(reader, only_ease, "score") == published
    assert _row(reader, only_ease, "own-score")[1] == _row(reader, PAIR, "score-ease")[1]
    page = visit(reader, f"/compare?{only_ease}")
    assert "Score by your weights" in page.words
    assert f"/compare?{PAIR}" in page.links


@pytest.mark.parametrize("path", ["/compare", "/api/v1/compare", "/massagers"])
def test_weights_that_mean_the_same_share_an_address(reader: FlaskClient, path: str) -> None:
    many = f"{path}?{PAIR}&w.adjust=6&w.ease=6&w.open=4&w.evidence=8"
    few = reader.get(many).headers["Location"]

    assert few.endswith(f"{PAIR}&w.evidence=4") or few.endswith(f"w.evidence=4&{PAIR}")


@pytest.mark.parametrize("wrong", ["w.ease=-1", "w.ease=much", "w.ease=101"])
@pytest.mark.parametrize("path", [f"/compare?{PAIR}&", "/massagers?"])
def test_what_is_no_weight_is_answered_in_words(reader: FlaskClient, path: str, wrong: str) -> None:
    page = visit(reader, f"{path}{wrong}", status=400)

    assert "A weight is a whole number from 0 to 100." in page.words
    name, _, value = wrong.partition("=")
    (field,) = (one for one in page.all("input") if one.get("name") == name)
    assert (field.get("value"), field.get("aria-invalid")) == (value, "true")
    assert f"#{name}" in page.links
    assert field.get("id") == name


@pytest.mark.parametrize("path", [f"/compare?{PAIR}", "/massagers", "/massagers?w.ease=1.5"])
def test_a_browser_never_blocks_a_weight_that_it_hides(reader: FlaskClient, path: str) -> None:
    page = visit(reader, path, status=400 if "1.5" in path else 200)
    weights = [one for one in page.all("input") if (one.get("name") or "").startswith("w.")]

    assert {one.get("inputmode") for one in weights} == {"numeric"}
    checked = {"type", "min", "max", "step", "pattern", "required"}
    assert not any(checked & set(one.keys()) for one in weights)


def test_nothing_counted_is_answered_in_words(reader: FlaskClient) -> None:
    nothing = "w.adjust=0&w.ease=0&w.open=0&w.evidence=0"

    for path in (f"/compare?{PAIR}&{nothing}", f"/massagers?{nothing}"):
        assert "nothing to order by" in visit(reader, path, status=400).words


def test_a_machine_can_be_weighed_on_its_page(reader: FlaskClient) -> None:
    page = visit(reader, "/massagers/beurer-fm-90?w.ease=0")

    assert "The parts count as you weighed them" in page.words
    assert [one.get("value") for one in page.all("input") if one.get("name") == "w.ease"] == ["0"]
