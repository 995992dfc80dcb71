"""Weights of a reader's own: equal sets are equal values, and share one address."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews_app.scores.weights import Weights

OWN = Weights.of({"adjust": 3, "ease": 3, "open": 2, "evidence": 2})
CHOSEN = st.dictionaries(st.sampled_from(list(OWN.by_part)), st.integers(0, 100)).filter(
    lambda chosen: any((OWN.by_part | chosen).values())
)


def read(**weights: object) -> Weights:
    """The weights an address with these spells."""
    weighted, problems = OWN.read([(f"w.{part}", str(n)) for part, n in weights.items()])
    assert not problems
    return weighted


@given(CHOSEN)
def test_weights_survive_the_trip_to_the_address(chosen: dict[str, int]) -> None:
    weights = read(**chosen)
    assert OWN.read(weights.as_args()) == (weights, [])


@given(CHOSEN, st.integers(2, 9))
def test_weights_that_mean_the_same_share_one_address(chosen: dict[str, int], times: int) -> None:
    whole = OWN.by_part | chosen
    if max(whole.values()) * times <= 100:
        many = {part: n * times for part, n in whole.items()}
        assert read(**many) == read(**whole) == read(**chosen)
        assert read(**many).as_args() == read(**chosen).as_args()


def test_the_methods_own_weights_are_not_spelled() -> None:
    assert read(adjust=6, ease=6, open=4, evidence=4).is_own
    assert read(adjust=3).as_args() == []
    assert read(ease=6, adjust=6, open=4, evidence=6).as_args() == [("w.evidence", "3")]


def test_a_weight_of_zero_leaves_a_part_out() -> None:
    weights = read(adjust=0, open=0, evidence=0)
    assert weights.by_part == {"adjust": 0, "ease": 1, "open": 0, "evidence": 0}


@pytest.mark.parametrize("value", ["-1", "1.5", "101", "many", "٣", "1e1", "+2"])
def test_what_is_no_weight_is_said_in_words(value: str) -> None:
    weights, problems = OWN.read([("w.ease", value)])
    assert weights == OWN
    assert [(one.parameter, one.value, one.status) for one in problems] == [("w.ease", value, 400)]
    assert "whole number from 0 to 100" in problems[0].message


def test_weights_that_are_all_zero_are_refused() -> None:
    _, problems = OWN.read([(f"w.{part}", "0") for part in OWN.by_part])
    assert [one.code for one in problems] == ["all_zero"]


def test_a_part_given_twice_is_refused_and_a_repeated_value_is_not() -> None:
    assert OWN.read([("w.ease", "1"), ("w.ease", "2")])[1][0].code == "given_twice"
    assert OWN.read([("w.ease", "1"), ("w.ease", "1")])[0] == read(ease=1)


def test_other_names_empty_values_and_unknown_parts_are_left_out() -> None:
    args = [("ease", "9"), ("w.ease", " "), ("w.price", "9"), ("w", "9"), ("sort", "score")]
    assert OWN.read(args) == (OWN, [])
