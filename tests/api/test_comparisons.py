"""The comparison as JSON: the same rules as the page, errors in the shape of all errors."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

PATH = "/api/v1/compare"
TWO = "p=theragun-mini&p=hyperice-hypervolt-2"


def test_a_cell_has_its_state_value_words_and_sources(reader: FlaskClient) -> None:
    answer = reader.get(f"{PATH}?{TWO}&calf=48cm").get_json()

    assert [one["slug"] for one in answer["machines"]] == ["theragun-mini", "hyperice-hypervolt-2"]
    assert answer["sizes"] == {"calf": "48cm"}
    rows = {row["id"]: row for group in answer["groups"] for row in group["rows"]}
    assert [cell["state"] for cell in rows["fit-calf"]["cells"]] == ["na", "na"]
    for row in rows.values():
        for cell in row["cells"]:
            assert (cell["value"] is None) == (cell["state"] != "stated")
            assert cell["words"]
            assert all(source["seen_on"] for source in cell["sources"])


def test_hidden_rows_are_named(reader: FlaskClient) -> None:
    whole = reader.get(f"{PATH}?{TWO}").get_json()
    less = reader.get(f"{PATH}?{TWO}&diff=1").get_json()

    def rows(answer: dict[str, list[dict[str, list[dict[str, str]]]]]) -> set[str]:
        return {row["id"] for group in answer["groups"] for row in group["rows"]}

    assert whole["hidden"] == []
    assert less["only_differences"]
    assert {row["id"] for row in less["hidden"]} == rows(whole) - rows(less) != set()


def test_none_is_an_empty_table(reader: FlaskClient) -> None:
    answer = reader.get(PATH).get_json()

    assert (answer["machines"], answer["groups"]) == ([], [])


@pytest.mark.parametrize(
    ("query", "status", "code", "parameter"),
    [
        ("p=nothing", 404, "unknown_value", "p"),
        ("p=1&p=2&p=3&p=4&p=5&p=6", 400, "too_many_machines", "p"),
        ("p=theragun-mini&calf=x", 400, "malformed_size", "calf"),
        ("p=%00", 400, "bad_request", None),
    ],
)
def test_every_error_is_json(
    reader: FlaskClient, query: str, status: int, code: str, parameter: str | None
) -> None:
    response = reader.get(f"{PATH}?{query}")

    assert response.status_code == status
    error = response.get_json()["error"]
    assert (error["code"], error["parameter"]) == (code, parameter)


def test_an_error_leads_on_with_the_rest(reader: FlaskClient) -> None:
    unknown = reader.get(f"{PATH}?{TWO}&p=nothing").get_json()
    many = reader.get(f"{PATH}?p=1&p=2&p=3&p=4&p=5&p=6").get_json()

    assert unknown["kept_url"] == f"{PATH}?{TWO}"
    assert many["kept_url"] == f"{PATH}?p=1&p=2&p=3&p=4&p=5"
    assert many["machines"][0] == {"slug": "1", "without_url": f"{PATH}?p=2&p=3&p=4&p=5&p=6"}
    assert len(many["machines"]) == 6


def test_every_other_spelling_is_sent_to_the_one_address(reader: FlaskClient) -> None:
    response = reader.get(f"{PATH}?diff=1&{TWO}&p=theragun-mini&calf=48.0cm&x=y")

    assert (response.status_code, response.location) == (301, f"{PATH}?{TWO}&calf=48cm&diff=1")
