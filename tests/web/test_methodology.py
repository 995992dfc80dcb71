"""What pages say of scores: how they come about, what one machine has, and why another has none."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from reviews_app.config import ROOT
from reviews_app.db import db
from reviews_app.web.units import in_both_units
from tests.factories import a_product, a_recall, an_attribute
from tests.pages import tag_of, visit, words_of
from tests.scores.methods import bring_in, put, version_2

SCORED = "hyperice-normatec-3-legs"
UNKNOWN = "footbeat"
SUPERVISED = "noctrix-ntx100"


def test_the_methodology_says_what_a_score_is_and_how_scores_are_spread(
    reader: FlaskClient,
) -> None:
    page = visit(reader, "/methodology")
    text = page.words

    for words in ("Not a test", "Not for sale", "machines of 205 have a score", "rank correlation"):
        assert words in text
    assert "/methodology/1" in page.links
    pictures = [one for one in page.all("svg") if one.get("class") == "plot__picture"]
    assert pictures
    assert all({"title", "desc"} <= {tag_of(part) for part in one} for one in pictures)
    counts = [int(words_of(one)) for one in page.all("td")]
    assert sum(counts) == int(text.partition("machines of 205")[0].split()[-1])


def test_a_version_shows_every_rule_of_its_file(reader: FlaskClient) -> None:
    page = visit(reader, "/methodology/1")
    document = reader.get("/methodology/1.toml")

    assert document.data == (ROOT / "seed_data/methods/1.toml").read_bytes()
    text = page.words
    for line in document.text.splitlines():
        if line.startswith(("because =", "explanation =", "label =", "what =")):
            assert " ".join(line.partition(" = ")[2].strip('"').split()) in text


def test_numbers_of_a_rule_have_their_units(reader: FlaskClient) -> None:
    page = visit(reader, "/methodology/1")

    assert "0.4 kg → 10" in page.words
    assert "35 dB → 10" in page.words
    assert in_both_units("0.4 kg") in page.response.text


def test_a_version_that_never_was_is_not_found(reader: FlaskClient) -> None:
    assert reader.get("/methodology/9").status_code == 404
    assert reader.get("/methodology/9.toml").status_code == 404


def test_a_machine_leads_with_its_score_and_the_steps_to_it(reader: FlaskClient) -> None:
    page = visit(reader, f"/massagers/{SCORED}")
    score = reader.get(f"/massagers/{SCORED}/score.json").get_json()
    text = page.words

    assert f"Score {score['total']:.1f} of 10" in text
    for part in score["parts"]:
        assert part["label"] in text
    assert "/methodology" in page.links
    assert f"/massagers/{SCORED}/score.json" in page.links


@pytest.mark.parametrize(
    ("slug", "words"),
    [(UNKNOWN, "Not enough is known to score this."), (SUPERVISED, "used on prescription")],
)
def test_a_machine_without_a_total_says_why(reader: FlaskClient, slug: str, words: str) -> None:
    assert words in visit(reader, f"/massagers/{slug}").words
    assert reader.get(f"/massagers/{slug}/score.json").get_json()["total"] is None


def test_cards_and_json_have_the_score(reader: FlaskClient) -> None:
    listed = reader.get("/api/v1/massagers?q=normatec").get_json()["products"]
    text = visit(reader, "/massagers?q=normatec").words

    scores = {one["slug"]: one["score"] for one in listed}
    assert (
        scores[SCORED]["total"]
        == reader.get(f"/api/v1/massagers/{SCORED}").get_json()["score"]["total"]
    )
    assert f"Score {scores[SCORED]['total']:.1f} of 10" in text


def test_a_comparison_has_scores_and_never_hides_them(reader: FlaskClient) -> None:
    query = f"p={SCORED}&p={SUPERVISED}&diff=1"
    found = reader.get(f"/api/v1/compare?{query}").get_json()
    rows = {row["label"]: row["cells"] for group in found["groups"] for row in group["rows"]}
    total = reader.get(f"/massagers/{SCORED}/score.json").get_json()["total"]

    assert rows["Score"][0]["value"] == total
    assert rows["Score"][1]["text"] == "Not stated"
    assert "on prescription" in rows["Score"][1]["remarks"][0]
    assert [cell["text"] for cell in rows["Easy to live with"]][1] == "Not applicable"


def test_before_a_method_is_published_pages_do_without(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        a_product("boots")
        db.session.commit()

    assert "nothing is scored" in visit(client, "/methodology").words
    assert "Score" not in visit(client, "/massagers/boots").words
    assert client.get("/massagers/boots/score.json").status_code == 404
    assert client.get("/api/v1/massagers/boots").get_json()["score"] is None
    visit(client, "/compare?p=boots")


def test_an_old_version_keeps_its_page_and_the_new_one_is_used(
    app: Flask, client: FlaskClient, tmp_path: Path
) -> None:
    with app.app_context():
        an_attribute("weight_kg", "number")
        an_attribute("noise_db", "number")
        an_attribute("cordless")
        gun = a_product("gun", facts={"weight_kg": 1}, form_id="massage-gun")
        a_recall(gun)
        for text, version in ((None, 1), (version_2(), 2)):
            put(tmp_path, text, version) if text else put(tmp_path)
            assert bring_in(tmp_path)[1] == []
        db.session.commit()

    assert client.get("/massagers/gun/score.json").get_json()["method"]["version"] == 2
    assert "A recall is open" in visit(client, "/massagers/gun").words
    assert "Counts 3 of 4" in visit(client, "/methodology/1").words
    assert "Counts 5 of 6" in visit(client, "/methodology/2").words


def test_weights_of_a_reader_change_the_score_and_share_an_address(reader: FlaskClient) -> None:
    page = visit(reader, f"/massagers/{SCORED}?w.ease=0")
    assert "as you weighed them" in page.words
    assert f"/massagers/{SCORED}#score" in page.links
    for query, spelled in (
        ("w.ease=6&w.adjust=6&w.open=4&w.evidence=4", ""),
        ("w.adjust=6&w.ease=0&w.open=4&w.evidence=4", "?w.ease=0"),
        ("w.ease=3", ""),
    ):
        response = reader.get(f"/massagers/{SCORED}?{query}")
        assert response.status_code == 301
        assert response.headers["Location"] == f"/massagers/{SCORED}{spelled}"


@pytest.mark.parametrize(
    "query", ["w.ease=-1", "w.ease=x", "w.adjust=0&w.ease=0&w.open=0&w.evidence=0"]
)
def test_what_is_no_weight_is_answered_in_words(reader: FlaskClient, query: str) -> None:
    page = visit(reader, f"/massagers/{SCORED}?{query}", status=400)
    assert "weight" in page.words
