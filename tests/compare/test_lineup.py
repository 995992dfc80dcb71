"""What a reader set side by side survives the trip to the address and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews_app.compare import MOST, BadLineup, Lineup
from reviews_app.errors import Problem

NAMES = st.sampled_from(["a", "b", "c", "d", "e", "theragun-mini"])
SIZES = st.sampled_from(["48cm", "19in", "19 inches", "48.50 cm", "7.0cm"])
ARGS = st.lists(
    st.one_of(
        st.tuples(st.just("p"), NAMES),
        st.tuples(st.sampled_from(["diff", "page"]), st.sampled_from(["1", "", " "])),
    ),
    max_size=5,
)
ANYTHING = st.lists(
    st.tuples(st.sampled_from(["p", "calf", "foot", "diff", "q"]), st.text(max_size=150)),
    max_size=20,
)


@given(ARGS, st.dictionaries(st.sampled_from(["calf", "thigh", "foot"]), SIZES))
def test_an_address_is_read_back_as_it_was_written(
    args: list[tuple[str, str]], sizes: dict[str, str]
) -> None:
    lineup = Lineup.from_args([*args, *sizes.items()])

    assert Lineup.from_args(lineup.as_args()) == lineup
    assert Lineup.from_args(lineup.as_args()).as_args() == lineup.as_args()


@given(ANYTHING)
def test_whatever_is_sent_is_read_or_answered_in_words(args: list[tuple[str, str]]) -> None:
    lineup, problems = _read(args)

    assert all(problem.status == 400 and problem.message for problem in problems)
    first = lineup.of(lineup.slugs[:MOST])
    assert Lineup.from_args(first.as_args()) == first


def test_machines_keep_their_order_and_parameters_theirs() -> None:
    lineup = Lineup.from_args(
        [("diff", "1"), ("foot", "11in"), ("p", "b"), ("calf", "48 cm"), ("p", "a"), ("x", "y")]
    )

    assert lineup.as_args() == [
        ("p", "b"),
        ("p", "a"),
        ("calf", "48cm"),
        ("foot", "11in"),
        ("diff", "1"),
    ]


def test_a_size_is_in_the_unit_behind_it_or_in_the_one_chosen() -> None:
    args = [("p", "a"), ("calf", "19"), ("calf_unit", "in"), ("foot", "28cm"), ("foot_unit", "in")]

    assert Lineup.from_args(args).as_args() == [("p", "a"), ("calf", "19in"), ("foot", "28cm")]


def test_a_machine_moves_leaves_comes_and_is_replaced() -> None:
    lineup = Lineup(slugs=("a", "b", "c"), only_differences=True)

    assert lineup.moved("a", 1).slugs == ("b", "a", "c")
    assert lineup.moved("c", -1).slugs == ("a", "c", "b")
    assert lineup.moved("a", -1).slugs == ("a", "b", "c")
    assert lineup.without("b").slugs == ("a", "c")
    assert lineup.added("d").slugs == ("a", "b", "c", "d")
    assert lineup.replaced("b", "d").slugs == ("a", "d", "c")
    assert lineup.replaced("b", "c").slugs == ("a", "c")
    assert lineup.moved("a", 1).only_differences


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        ([("p", str(n)) for n in range(6)], "too_many_machines", "6 machines are more than the 5"),
        ([("calf", "wide")], "malformed_size", "Calf “wide”"),
        ([("calf", "48")], "malformed_size", "say in which unit"),
        ([("calf", "48cm"), ("calf", "50cm")], "repeated", "given 2 times"),
        ([("calf", "48"), ("calf_unit", "ells")], "unknown_unit", "“ells”"),
        ([("calf", "48"), ("calf_unit", "cm"), ("calf_unit", "in")], "repeated", "2 times"),
        ([("diff", "yes")], "malformed", "“yes”"),
    ],
)
def test_what_cannot_be_read_is_said_in_words(
    args: list[tuple[str, str]], code: str, words: str
) -> None:
    with pytest.raises(BadLineup) as caught:
        Lineup.from_args(args)

    (problem,) = caught.value.problems
    assert (problem.code, problem.status) == (code, 400)
    assert words in problem.message


def _read(args: list[tuple[str, str]]) -> tuple[Lineup, tuple[Problem, ...]]:
    try:
        return Lineup.from_args(args), ()
    except BadLineup as error:
        return error.kept, error.problems
