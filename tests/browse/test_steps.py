"""What is spelled around a Selection is what the Selection one step on is spelled as."""

from __future__ import annotations

from urllib.parse import urlencode

from hypothesis import example, given
from hypothesis import strategies as st

from reviews_app.browse import Selection
from reviews_app.browse.steps import Steps, aside
from tests.browse.test_selection import VOCABULARY, selected, spelled

NUMBERS = ["", "weight_kg_min=1", "price_max=99.5&price_unknown=include", "currency=GBP"]
SIZES = ["", "calf=48cm", "calf=48cm&thigh=20in&thigh_unknown=include"]
WORDS = ["", "q=air+boots", "q=%22a%26b%22+%C3%A9", "sort=name", "q=air&sort=name", "page=3"]
ASIDE = ["", "p=one", "p=b&p=a&page=7&sort=-price", "p=r%26b+%2B"]
OPTIONS = [(facet.name, option.value) for facet in VOCABULARY.facets for option in facet.options]


def queries() -> st.SearchStrategy[str]:
    """Query strings with some options chosen and some of all else."""
    options = st.lists(st.sampled_from(OPTIONS), max_size=8, unique=True).map(urlencode)
    others = (st.sampled_from(some) for some in (NUMBERS, SIZES, WORDS, ASIDE))
    return st.tuples(options, *others).map("&".join)


@given(queries())
@example("")
@example("brand=brand-03")
@example("type=shiatsu&heat=yes&page=2")
def test_every_option_is_toggled_as_by_the_selection(query: str) -> None:
    selection = _selected(query)
    steps = Steps(selection)

    for facet in VOCABULARY.facets:
        for option in facet.options:
            toggled = selection.toggled(facet.name, option.value)
            assert steps.toggled(facet, option.value) == urlencode(toggled.as_args())


@given(queries(), st.sampled_from(["theragun-mini", "a b&c", "é"]))
def test_a_machine_is_set_aside_as_by_the_selection(query: str, slug: str) -> None:
    selection = _selected(query)

    added = selection.with_set_aside((*selection.set_aside, slug))
    assert Steps(selection).aside.filled(aside(slug)) == urlencode(added.as_args())


@given(queries(), st.integers(1, 12))
@example("page=3", 1)
@example("q=air&page=3", 2)
def test_another_page_is_spelled_as_by_the_selection(query: str, page: int) -> None:
    selection = _selected(query)

    assert Steps(selection).page(page) == selection.with_page(page).query


def test_a_step_from_nothing_and_back_to_it() -> None:
    heat = VOCABULARY.facet["heat"]

    assert Steps(selected("")).toggled(heat, "yes") == "heat=yes"
    assert Steps(selected("heat=yes&page=2")).toggled(heat, "yes") == "" == spelled("page=1")


def _selected(query: str) -> Selection:
    """Drawn pieces may name one parameter twice; then the first counts."""
    single: dict[str, str] = {}
    parts = [part for part in query.split("&") if part]
    for part in parts:
        name = part.partition("=")[0]
        single.setdefault(name if name in {"sort", "page", "q", "calf"} else part, part)
    return selected("&".join(single.values()))
