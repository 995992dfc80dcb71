"""The JSON does what `docs/api.md` says, whatever it is asked: its table is read and held to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from reviews_app.config import ROOT

ROW = re.compile(r"^\| `(/api/v1/\S+)` \| ([\d ]+) \| (.+) \|$", re.MULTILINE)
ALWAYS = {400, 404, 414}
"""For an address that is no text, names nothing, or is too long."""

ERROR = {"code", "message", "parameter", "value"}
MORE_NAMES = (
    *("q", "sort", "page", "currency", "p", "diff", "w.comfort", "after", "explain"),
    *("stars", "need", "months", "fit", "score_min", "nonsense", "calf_unknown"),
)
MORE_VALUES = ("1", "0", "-1", "1e9", "48cm", "19in", "include", "yes", "unknown", "stated", "")

FEW, MANY = 40, 5_000
NO_DEADLINE = {"deadline": None, "suppress_health_check": list(HealthCheck)}


class Operation(NamedTuple):
    """A row of the table: an address with places, what it answers, and what it holds then."""

    address: str
    statuses: frozenset[int]
    names: frozenset[str]


def _operations() -> list[Operation]:
    rows = ROW.findall((ROOT / "docs" / "api.md").read_text())
    return [
        Operation(
            address, frozenset(map(int, statuses.split())), frozenset(re.findall(r"`(\w+)`", names))
        )
        for address, statuses, names in rows
    ]


OPERATIONS = _operations()


@pytest.fixture(scope="module")
def known(real_catalogue: Flask) -> tuple[list[str], list[str], list[str]]:
    """Names and values that a listing understands, and what stands in addresses."""
    answer = real_catalogue.test_client().get("/api/v1/massagers").get_json()
    names = [*MORE_NAMES]
    for one in answer["facets"]:
        names.append(one["name"])
    for one in answer["ranges"]:
        names += [f"{one['name']}_min", f"{one['name']}_max", f"{one['name']}_unknown"]
    values = [option["value"] for one in answer["facets"] for option in one["options"]]
    slugs = [one["slug"] for one in answer["products"]]
    return names, [*MORE_VALUES, *values, *slugs], [*slugs, *values, "benefits-of-leg-massage"]


def test_every_route_of_the_json_is_in_the_table_and_no_other(app: Flask) -> None:
    routes = {rule.rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/api/")}

    assert {one.address for one in OPERATIONS} == routes
    assert len(OPERATIONS) == len(routes) > 10


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.address)
def test_only_reading_is_answered(reader: FlaskClient, operation: Operation) -> None:
    for method in ("POST", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"):
        answer = reader.open(operation.address, method=method, data=b"{}")
        assert answer.status_code == 405, method
        assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}
        _is_an_error(answer)


def test_a_question_that_is_right_has_the_names_of_the_table(
    reader: FlaskClient, real_catalogue: Flask
) -> None:
    seen = set()
    for operation, address in _right_questions(reader):
        answer = reader.get(address)
        assert answer.status_code == 200, address
        assert set(answer.get_json()) == operation.names, address
        seen.add(operation.address)

    assert seen == {one.address for one in OPERATIONS}


def _right_questions(reader: FlaskClient) -> Iterator[tuple[Operation, str]]:
    slug = reader.get("/api/v1/massagers").get_json()["products"][0]["slug"]
    facets = {one["name"]: one for one in reader.get("/api/v1/massagers").get_json()["facets"]}
    places = {
        "<slug>": slug,
        "<type_id>": facets["type"]["options"][0]["value"],
        "<need_id>": facets["need"]["options"][0]["value"],
        "<claim_id>": facets["claim"]["options"][0]["value"],
    }
    for one in OPERATIONS:
        address = one.address
        if "/guides/" in address:
            address = "/api/v1/guides/benefits-of-leg-massage"
        for place, value in places.items():
            address = address.replace(place, value)
        yield one, address


@settings(max_examples=FEW, **NO_DEADLINE)  # type: ignore[arg-type]
@given(data=st.data())
def test_any_question_gets_an_answer_of_the_table(
    real_catalogue: Flask, known: tuple[list[str], ...], data: st.DataObject
) -> None:
    _asks_anything(real_catalogue, known, data)


@pytest.mark.slow
@settings(max_examples=MANY, **NO_DEADLINE)  # type: ignore[arg-type]
@given(data=st.data())
def test_five_thousand_questions_get_answers_of_the_table(
    real_catalogue: Flask, known: tuple[list[str], ...], data: st.DataObject
) -> None:
    _asks_anything(real_catalogue, known, data)


def _asks_anything(site: Flask, known: tuple[list[str], ...], data: st.DataObject) -> None:
    names, values, places = known
    text = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
    operation = data.draw(st.sampled_from(OPERATIONS))
    place = data.draw(st.sampled_from(places) | text)
    pairs = st.tuples(st.sampled_from(names) | text, st.sampled_from(values) | text)
    query = urlencode(data.draw(st.lists(pairs, max_size=6)))
    path = re.sub(r"<\w+>", lambda _: quote(place, safe=""), operation.address)
    _holds(site.test_client().get(f"{path}?{query}"), operation)


def _holds(answer: TestResponse, operation: Operation) -> None:
    asked = f"{answer.request.path} {answer.request.query_string!r}"
    if answer.status_code == 308:  # two strokes in a row are one
        return
    assert answer.status_code in operation.statuses | ALWAYS, asked
    assert "Set-Cookie" not in answer.headers
    if answer.status_code == 301:
        assert answer.headers["Location"].startswith("/api/v1/"), asked
        return
    assert answer.mimetype == "application/json", asked
    content: dict[str, Any] = answer.get_json()
    if answer.status_code != 200:
        _is_an_error(answer)
    elif not answer.request.path.endswith("/"):
        assert set(content) == operation.names, asked


def _is_an_error(answer: TestResponse) -> None:
    error = answer.get_json()["error"]
    assert set(error) == ERROR
    assert error["code"]
    assert error["message"]
