"""Every picture says in words, and in the JSON of the same page, what it shows."""

from __future__ import annotations

from collections import Counter
from xml.etree.ElementTree import Element

import pytest
from flask import Flask
from flask.testing import FlaskClient

from reviews_app.catalogue.directory import product_slugs
from reviews_app.catalogue.massage_types import mechanisms
from tests.pages import Page, tag_of, visit, words_of

NORMATEC = "/massagers/hyperice-normatec-3-legs"
STANDINGS = {"stated": "stated", "weak": "stated", "unknown": "unknown", "na": "na"}


def test_the_squares_of_a_machine_are_its_attributes(
    real_catalogue: Flask, reader: FlaskClient
) -> None:
    with real_catalogue.app_context():
        slugs = product_slugs(1000)[::25]
    for slug in slugs:
        page = visit(reader, f"/massagers/{slug}")
        told = reader.get(f"/api/v1/massagers/{slug}").get_json()["attributes"]

        drawn = Counter(
            STANDINGS[one] for row in _drawn(page, "known__row") for one in _standings(row)
        )

        assert drawn == Counter(one["state"] for one in told)


def test_the_squares_of_a_comparison_are_those_of_each_page(reader: FlaskClient) -> None:
    slugs = ("hyperice-normatec-3-legs", "theragun-mini-3rd-gen")
    rows = _drawn(visit(reader, f"/compare?p={slugs[0]}&p={slugs[1]}"), "known__row")

    for slug, row in zip(slugs, rows, strict=True):
        alone = _drawn(visit(reader, f"/massagers/{slug}"), "known__row")
        assert _standings(row) == [one for group in alone for one in _standings(group)]


def test_each_kind_of_massage_stands_at_its_grade(
    real_catalogue: Flask, reader: FlaskClient
) -> None:
    with real_catalogue.app_context():
        labels = {one.id: one.label for one in mechanisms()}
    page = visit(reader, "/claims/doms")
    findings = reader.get("/api/v1/claims/doms").get_json()["findings"]
    drawn = {
        grade: [words_of(one) for one in step.iter() if "evidence-scale__one" in _classes(one)]
        for step in page.document.iter()
        if "evidence-scale__step" in _classes(step)
        for grade in [
            next(c[7:] for one in step.iter() for c in _classes(one) if c[:7] == "grade--")
        ]
    }

    assert list(drawn) == ["strong", "moderate", "limited", "conflicting", "none", "against"]
    for grade, kinds in drawn.items():
        assert kinds == [labels[one["mechanism"]] for one in findings if one["grade"] == grade]


def test_prices_of_several_months_are_a_plot_above_their_table(reader: FlaskClient) -> None:
    page = visit(reader, NORMATEC)
    prices = reader.get(f"/api/v1{NORMATEC}").get_json()["prices"]
    [plot] = [one for one in page.all("svg") if "Prices seen in" in words_of(one)]

    dated = {(one["as_of"], one["amount"], one["terms"] == "regular") for one in prices}
    marks = [one for one in plot.iter() if _classes(one) & {"plot__dot", "plot__ring"}]
    assert len(marks) == len([one for one in dated if one[0]])
    assert "2 stretches in between in which no price was seen" in words_of(plot)


@pytest.mark.parametrize("path", [NORMATEC, f"/compare?p={NORMATEC[11:]}&p=theragun-mini-3rd-gen"])
def test_every_picture_with_numbers_is_described(reader: FlaskClient, path: str) -> None:
    told = [one for one in visit(reader, path).all("svg") if one.get("role") == "img"]
    with_numbers = [one for one in told if not one.get("aria-label")]

    assert with_numbers
    for picture in with_numbers:
        title, desc = list(picture)[:2]
        assert (tag_of(title), tag_of(desc)) == ("title", "desc")
        assert words_of(title)
        assert words_of(desc)


def _drawn(page: Page, kind: str) -> list[Element]:
    return [one for one in page.all("svg") if kind in _classes(one)]


def _standings(row: Element) -> list[str]:
    """What each square of a row says, in order."""
    kinds = [one for part in row for one in _classes(part)]
    return [one.rpartition("--")[2].removeprefix("known__") for one in kinds if _tells(one)]


def _tells(kind: str) -> bool:
    return kind == "known__na" or kind.startswith("known__square--")


def _classes(element: Element) -> set[str]:
    return set(element.get("class", "").split())
