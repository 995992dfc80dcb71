"""Words of health find the pages that are about them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from reviews_app import browse
from reviews_app.browse import Selection, Topic


@pytest.fixture
def about(real_catalogue: Flask) -> Iterator[None]:
    """With everything in `seed_data`."""
    with real_catalogue.app_context():
        yield


def found(words: str) -> list[Topic]:
    selection = Selection.from_args([("q", words)], browse.vocabulary())
    return list(browse.topics(selection))


def names(words: str) -> set[tuple[str, str]]:
    return {(one.kind, one.id) for one in found(words)}


pytestmark = pytest.mark.usefixtures("about")


def test_every_kind_of_page_is_found_those_that_warn_first() -> None:
    assert [(one.kind, one.id) for one in found("varicose veins")] == [
        ("contraindication", "varicose"),
        ("need", "varicose"),
        ("question", "can-i-use-one-with-varicose-veins"),
        ("term", "varicose-veins"),
    ]
    assert ("red_flag", "cramp-long") in names("cramps")
    assert ("claim", "muscle-tension") in names("knots")
    assert ("type", "tens") in names("dull pulses")
    assert ("guide", "when-not-to-use-a-leg-massager") in names("before you switch on")


@pytest.mark.parametrize(
    "words", ["vericose vein", "Can I use it with varicose veins", "best boots for VARICOSE veins"]
)
def test_typos_fillers_and_machines_do_not_stand_in_the_way(words: str) -> None:
    assert ("contraindication", "varicose") in names(words)


def test_a_name_of_a_choice_is_not_enough_but_tells_which_pages_are_nearer() -> None:
    assert names("foot massager boots") == set()
    assert ("need", "swelling") in names("swollen ankles")
    assert ("red_flag", "swelling-lasting") in names("foot massager for swollen ankles")


def test_a_typo_is_taken_for_one_only_where_no_page_has_the_word() -> None:
    labels = [one.label for one in found("heat")]

    assert labels[0].startswith("Heat setting")
    assert "Heart failure" not in labels


@pytest.mark.parametrize("words", ["pain", "swelling", "blood"])
def test_few_of_a_kind_are_named(words: str) -> None:
    kinds = [one.kind for one in found(words)]

    assert len(kinds) == 6
    assert max(map(kinds.count, kinds)) == 2


@pytest.mark.parametrize("words", ["", "zzzzzz", "calf", "theragun mini", "normatec 3"])
def test_nothing_is_about_nothing(words: str) -> None:
    assert found(words) == []
