"""The pages of the guidance, on everything in `seed_data`: what each must show and lead to."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from reviews_app.guidance import queries as guidance
from reviews_app.guidance.models import ACTIONS, SEVERITIES
from tests.pages import Page, visit, words_of

TYPES = (
    "compression",
    "deep-tissue",
    "kneading",
    "shiatsu",
    "percussion",
    "vibration",
    "rolling",
    "ems",
    "tens",
)


def order_of(page: Page, *words: str) -> list[int]:
    """Where each of the words first stands on the page; all must."""
    return [page.words.index(one) for one in words]


def is_rising(numbers: list[int]) -> bool:
    return numbers == sorted(numbers)


@pytest.mark.parametrize("type_id", TYPES)
def test_a_type_says_what_it_is_how_it_is_given_and_who_should_not(
    reader: FlaskClient, type_id: str
) -> None:
    page = visit(reader, f"/types/{type_id}")

    titles = [words_of(one) for one in page.all("h2")]
    told = ("What it is", "How a machine gets this label", "Claim by claim", "Machines")

    assert is_rising([titles.index(one) for one in told])
    assert "No clinician has reviewed this." in page.words
    assert f"/massagers?type={type_id}" in page.links
    assert "/safety#dvt" in page.links
    assert page.document.findall(".//article[@class='card product-card']")


def test_a_type_shows_the_strictest_contraindications_first(reader: FlaskClient) -> None:
    page = visit(reader, "/types/compression")
    titles = [words_of(one) for one in page.all("h3") if "severity" in one.get("class", "")]
    folded = [one for one in page.all("details") if "contraindications" in one.get("class", "")]

    assert len(titles) == len(SEVERITIES)
    assert all(
        one.startswith(name.capitalize()) for one, name in zip(titles, SEVERITIES, strict=True)
    )
    assert titles[0] == "Do not use"
    assert all("condition" in words_of(one.find("summary")) for one in folded)  # type: ignore[arg-type]
    assert len(folded) == len(titles) - 1


def test_a_type_shows_its_grades_best_first(reader: FlaskClient) -> None:
    page = visit(reader, "/types/compression")
    rows = [words_of(row) for row in page.document.findall(".//table/tbody/tr")]

    moderate = [n for n, row in enumerate(rows) if "Moderate evidence" in row]
    limited = [n for n, row in enumerate(rows) if "Limited evidence" in row]
    assert moderate
    assert max(moderate) < min(limited)


def test_deep_tissue_borrows_no_evidence(reader: FlaskClient) -> None:
    page = visit(reader, "/types/deep-tissue")

    assert not page.all("table")
    assert "no evidence attaches to it" in page.words
    assert {"/types/percussion", "/types/rolling", "/types/kneading"} <= set(page.links)


def test_the_number_of_machines_of_a_type_is_that_of_its_listing(reader: FlaskClient) -> None:
    page = visit(reader, "/types/shiatsu")
    listing = reader.get("/api/v1/massagers?type=shiatsu").get_json()

    assert f"See the {listing['total']} machines" in page.words


def test_every_need_says_what_to_do_first_and_counts_as_its_listing_does(
    reader: FlaskClient, real_catalogue: Flask
) -> None:
    with real_catalogue.app_context():
        ids = [need.id for need in guidance.needs()]

    for need_id in ids:
        page = visit(reader, f"/needs/{need_id}")
        total = reader.get(f"/api/v1/massagers?need={need_id}").get_json()["total"]
        assert is_rising(order_of(page, "Do this first", "Which massage", "How long and how often"))
        assert "This is what was used in studies; it is not a recommendation." in page.words
        if total:
            assert f"See {total} machine" in page.words
        else:
            assert "No machine in the catalogue works in such a way." in page.words


@pytest.mark.parametrize(
    "path", ["/needs/tired-legs", "/needs/hip-back-tension", "/claims/posture"]
)
def test_a_source_is_called_by_a_name_that_says_something(reader: FlaskClient, path: str) -> None:
    names = [words_of(one) for one in visit(reader, path).all("a")]

    assert [one for one in names if one.startswith("not ")] == []


def test_a_need_ranks_its_answers_with_grade_reason_and_studies(reader: FlaskClient) -> None:
    page = visit(reader, "/needs/tired-legs")
    first = page.document.findall(".//ol[@class='answers answers--ranked']/li")[0]

    assert "Compression" in words_of(first)
    assert "Limited evidence" in words_of(first)
    assert "/sources/E50" in [link.get("href") for link in first.iter("a")]
    assert "/safety#dvt" in page.links


def test_every_claim_has_a_grade_for_each_kind_and_counts_as_its_listing_does(
    reader: FlaskClient, real_catalogue: Flask
) -> None:
    with real_catalogue.app_context():
        ids = [claim.id for claim in guidance.claims()]
        meanings = guidance.grade_meanings()

    for claim_id in ids:
        page = visit(reader, f"/claims/{claim_id}")
        total = reader.get(f"/api/v1/massagers?claim={claim_id}").get_json()["total"]
        for kind in ("Compression", "Kneading", "Massage by hand", "Manual lymph drainage"):
            assert kind in page.words
        assert any(meaning in page.words for meaning in meanings.values())
        assert f"See {total} machine" in page.words or not total


def test_a_claim_says_when_hands_were_tested_and_not_a_machine(reader: FlaskClient) -> None:
    page = visit(reader, "/claims/doms")
    row = next(row for row in page.all("tr") if words_of(row).startswith("Massage by hand"))

    assert "Tested with hands, not a machine" in words_of(row)


def test_a_claim_leads_back_to_the_article_that_holds_it(reader: FlaskClient) -> None:
    assert "/guides/benefits-of-leg-massage" in visit(reader, "/claims/doms").links


def test_the_article_warns_before_it_begins(reader: FlaskClient) -> None:
    page = visit(reader, "/guides/benefits-of-leg-massage")

    assert is_rising(
        order_of(
            page,
            "General information, not medical advice.",
            "No clinician has reviewed this.",
            "minutes to read",
            "Last reviewed 22 November 2026",
            "Next review due",
            "Call emergency services",
            "See a doctor today",
            "The short version",
            "References",
        )
    )


def test_the_article_holds_its_claims_as_anchored_cards(reader: FlaskClient) -> None:
    page = visit(reader, "/guides/benefits-of-leg-massage")
    card = page.by_id("claim-circulation")

    words = words_of(card)
    assert "Studies disagree" in words
    assert "Compression" in words
    assert "Moderate evidence" in words
    links = [link.get("href", "") for link in card.iter("a")]
    assert "/claims/circulation" in links
    assert "/sources/E13" in links


def test_every_guide_is_listed_and_lists_the_others(reader: FlaskClient) -> None:
    guides = [link for link in visit(reader, "/guides").links if link.startswith("/guides/")]

    assert len(guides) >= 3
    for guide in guides:
        links = visit(reader, guide).links
        assert set(guides) - {guide} <= set(links)


def test_safety_shows_signs_by_urgency_then_rules_by_severity(reader: FlaskClient) -> None:
    page = visit(reader, "/safety")
    titles = [words_of(one) for one in (*page.all("h2"), *page.all("h3"))]

    signs = [title for title in titles if title.lower() in ACTIONS]
    rules = [title for title in titles if title.lower() in SEVERITIES]
    assert signs == [action.capitalize() for action in ACTIONS]
    assert rules == [severity.capitalize() for severity in SEVERITIES]
    assert page.words.index(signs[0]) < page.words.index("For: every kind of massage")


def test_every_rule_and_sign_has_its_anchor_its_reason_and_its_sources(
    reader: FlaskClient, real_catalogue: Flask
) -> None:
    with real_catalogue.app_context():
        rules = [(rule.contraindication, rule.references) for rule in guidance.rules()]
        flags = [(flag.flag, flag.references) for flag in guidance.red_flags()]
    page = visit(reader, "/safety")

    for rule, references in rules:
        words = words_of(page.by_id(rule.id))
        assert rule.why in words
        assert "How strictly we put it is our own choice." in words
        assert references
        assert all(f"/sources/{one.source.id}" in page.links for one in references)
    for flag, references in flags:
        assert flag.sign in words_of(page.by_id(flag.id))
        assert references


def test_no_page_calls_anything_safe(reader: FlaskClient) -> None:
    for path in ("/", "/types/compression", "/needs/tired-legs", "/massagers"):
        assert not re.search(r"\b(is|are) safe\b", visit(reader, path).words), path


@pytest.mark.parametrize("path", ["/glossary", "/questions"])
def test_every_entry_has_an_anchor_and_a_source(reader: FlaskClient, path: str) -> None:
    page = visit(reader, path)

    assert len([link for link in page.links if link.startswith("/sources/")]) > 30


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/types/magnetic", "We know no massage type called “magnetic”."),
        ("/needs/nothing", "We have no page on “nothing”."),
        ("/claims/nothing", "We have no claim called “nothing”."),
        ("/guides/nothing", "We have no guide called “nothing”."),
        ("/sources/E9999", "We have no source called “E9999”."),
        ("/no/such/page", "There is no page here"),
    ],
)
def test_what_is_not_there_is_said_to_be_missing_and_leads_on(
    reader: FlaskClient, path: str, words: str
) -> None:
    page = visit(reader, path, status=404)

    assert words in page.words
    assert {"/massagers", "/needs", "/guides", "/safety"} <= set(page.links)
