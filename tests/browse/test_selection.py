"""What a reader chose, to the address and back, and what is said when it cannot be read."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qsl, urlencode

import pytest
import sqlalchemy as sa

from reviews_app.browse import BadSelection, Selection, Sort, Vocabulary
from reviews_app.browse.facets import Asked, Facet, Fit, Option, Range
from reviews_app.scores.files import record_of
from tests.factories import a_method_document


def no_key(_asked: Asked) -> sa.ColumnElement[object]:
    return sa.literal_column("NULL")


def facet(name: str, *values: str, closed: bool = True) -> Facet:
    options = tuple(Option(value, value.title()) for value in values)
    return Facet(name, name.title(), "", "", "many", options, closed)


VOCABULARY = Vocabulary(
    facets=(
        facet("type", "compression", "shiatsu", "vibration"),
        facet("brand", *(f"brand-{n:02}" for n in range(20)), "unknown", closed=False),
        facet("heat", "yes", "no", "unknown"),
        *(facet(f"f{n}", *"abcdefghij") for n in range(6)),
    ),
    ranges=(Range("weight_kg", "Weight", "", "", "kg"), Range("price", "Price", "", "", None, 100)),
    fits=(Fit("calf", "Calf", ""), Fit("thigh", "Thigh", "")),
    sorts=tuple(Sort(name, name, no_key) for name in ("facts", "relevance", "name", "-price")),
    currencies=(("USD", 9), ("GBP", 2)),
)


METHOD = record_of(a_method_document({"ease": 30, "reach": 20, "proof": 10}))

SCORED = replace(
    VOCABULARY,
    sorts=tuple(Sort(name, name, no_key) for name in ("score", "facts", "relevance", "name")),
    method=METHOD,
)


def selected(query: str) -> Selection:
    return Selection.from_args(parse_qsl(query, keep_blank_values=True), VOCABULARY)


def spelled(query: str) -> str:
    return urlencode(selected(query).as_args())


def refused(query: str) -> BadSelection:
    with pytest.raises(BadSelection) as caught:
        selected(query)
    return caught.value


@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        ("", ""),
        ("heat=yes&type=vibration&type=compression", "type=compression&type=vibration&heat=yes"),
        ("type=shiatsu&type=shiatsu", "type=shiatsu"),
        ("type=&q=&price_min=&calf=&sort=&page=", ""),
        ("type=+shiatsu+", "type=shiatsu"),
        ("utm_source=x&colour=red&type=shiatsu", "type=shiatsu"),
        ("page=1", ""),
        ("page=01", ""),
        ("page=003", "page=3"),
        ("sort=facts", ""),
        ("sort=relevance", ""),
        ("sort=name", "sort=name"),
        ("q=boots&sort=relevance", "q=boots"),
        ("q=boots&sort=facts", "q=boots&sort=facts"),
        ("q=++air+++boots+", "q=air+boots"),
        ("currency=USD", ""),
        ("currency=GBP&price_max=100.00", "price_max=100&currency=GBP"),
        ("price_min=0100.50&price_max=200.", "price_min=100.5&price_max=200"),
        ("price_min=.5&price_max=.50", "price_min=0.5&price_max=0.5"),
        ("price_min=0", "price_min=0"),
        ("price_min=1,5", "price_min=1.5"),
        ("price_min=%241,299.50&price_max=2000+dollars", "price_min=1299.5&price_max=2000"),
        ("price_max=%C2%A3100&currency=GBP", "price_max=100&currency=GBP"),
        ("weight_kg_max=2&price_min=1", "weight_kg_max=2&price_min=1"),
        ("price_unknown=include", ""),
        ("price_unknown=include&price_max=9", "price_max=9&price_unknown=include"),
        ("calf_unknown=include", ""),
        ("calf=48.0+cm&calf_unknown=include", "calf=48cm&calf_unknown=include"),
        ("calf=19%22", "calf=19in"),
        ("calf=19in.", "calf=19in"),
        ("calf=19+Inches", "calf=19in"),
        ("calf=48CM", "calf=48cm"),
        ("calf=38,5&calf_unit=cm", "calf=38.5cm"),
        ("calf=380+mm", "calf=38cm"),
        ("calf=15%C2%BD&calf_unit=in", "calf=15.5in"),
        ("thigh=60cm&calf=48cm", "calf=48cm&thigh=60cm"),
        ("calf=19&calf_unit=in", "calf=19in"),
        ("calf=48+cm&calf_unit=in", "calf=48cm"),
        ("calf_unit=in&weight_kg_unit=lb&price_unit=lb", ""),
        ("weight_kg_max=2.5+kg", "weight_kg_max=2.5"),
        ("weight_kg_max=900+grams", "weight_kg_max=0.9"),
        ("weight_kg_min=5+lb", "weight_kg_min=2.268"),
        ("weight_kg_max=5+pounds", "weight_kg_max=2.3"),
        ("weight_kg_max=5&weight_kg_unit=lb", "weight_kg_max=2.3"),
        ("weight_kg_max=2.5kg&weight_kg_unit=lb", "weight_kg_max=2.5"),
        ("weight_kg_min=5lb&weight_kg_max=5lb", "weight_kg_min=2.268&weight_kg_max=2.3"),
        ("weight_kg_min=1&weight_kg_max=5lb", "weight_kg_min=1&weight_kg_max=2.3"),
        (
            "page=2&sort=name&q=x&calf=1cm&price_min=1&heat=no&brand=unknown",
            "brand=unknown&heat=no&price_min=1&calf=1cm&q=x&sort=name&page=2",
        ),
    ],
)
def test_every_spelling_has_one_address(query: str, canonical: str) -> None:
    assert spelled(query) == canonical
    assert spelled(canonical) == canonical


@pytest.mark.parametrize(
    ("query", "status", "code", "parameter"),
    [
        ("type=tickling", 404, "unknown_value", "type"),
        ("brand=nobody", 404, "unknown_value", "brand"),
        ("type=unknown", 404, "unknown_value", "type"),
        ("heat=%00", 404, "unknown_value", "heat"),
        ("currency=XXX", 404, "unknown_value", "currency"),
        ("price_unknown=maybe&price_max=1", 404, "unknown_value", "price_unknown"),
        ("sort=cheapest", 404, "unknown_sort", "sort"),
        ("page=0", 404, "no_such_page", "page"),
        ("page=-1", 404, "no_such_page", "page"),
        (f"page={10**400}", 404, "no_such_page", "page"),
        ("page=two", 400, "malformed_number", "page"),
        ("page=1.5", 400, "malformed_number", "page"),
        ("page=%D9%A3", 400, "malformed_number", "page"),
        ("price_min=abc", 400, "malformed_number", "price_min"),
        ("price_min=NaN", 400, "malformed_number", "price_min"),
        ("price_min=inf", 400, "malformed_number", "price_min"),
        ("price_min=1e400", 400, "malformed_number", "price_min"),
        ("price_min=-1", 400, "malformed_number", "price_min"),
        ("price_min=1,5,5", 400, "malformed_number", "price_min"),
        ("price_min=%C2%A3100", 400, "malformed_number", "price_min"),
        ("price_min=%24100&currency=GBP", 400, "malformed_number", "price_min"),
        ("price_min=%E2%82%AC100", 400, "malformed_number", "price_min"),
        ("price_min=.", 400, "malformed_number", "price_min"),
        (f"price_min={10**12}", 400, "malformed_number", "price_min"),
        ("price_min=1%00", 400, "malformed_number", "price_min"),
        ("price_min=9&price_max=1", 400, "reversed_range", "price_min"),
        ("price_min=5lb", 400, "malformed_number", "price_min"),
        ("weight_kg_min=5in", 400, "malformed_number", "weight_kg_min"),
        ("weight_kg_min=5+stone", 400, "malformed_number", "weight_kg_min"),
        ("weight_kg_min=lb", 400, "malformed_number", "weight_kg_min"),
        ("weight_kg_min=-5lb", 400, "malformed_number", "weight_kg_min"),
        (f"weight_kg_min={10**9}0lb", 400, "malformed_number", "weight_kg_min"),
        ("weight_kg_min=6lb&weight_kg_max=2.5", 400, "reversed_range", "weight_kg_min"),
        ("weight_kg_min=2&weight_kg_unit=stone", 404, "unknown_value", "weight_kg_unit"),
        ("calf=19&calf_unit=mm", 404, "unknown_value", "calf_unit"),
        ("price_min=1&price_min=2", 400, "repeated", "price_min"),
        ("calf=-3", 400, "malformed_size", "calf"),
        ("calf=0cm", 400, "malformed_size", "calf"),
        ("calf=48", 400, "malformed_size", "calf"),
        ("calf=cm", 400, "malformed_size", "calf"),
        ("calf=48parsecs", 400, "malformed_size", "calf"),
        ("calf=4.8.1cm", 400, "malformed_size", "calf"),
        (f"q={'x' * 201}", 400, "too_long", "q"),
        ("q=a%00b", 400, "unreadable", "q"),
        ("q=a%ff", 400, "unreadable", "q"),
        ("q=%F0%9F%A6%B5", 400, "no_word", "q"),
    ],
)
def test_bad_input_is_answered_with_its_reason(
    query: str, status: int, code: str, parameter: str
) -> None:
    refusal = refused(query)

    assert refusal.status == status
    assert [(one.parameter, one.code) for one in refusal.problems] == [(parameter, code)]
    assert refusal.message.endswith(".")


def scored(query: str) -> Selection:
    return Selection.from_args(parse_qsl(query, keep_blank_values=True), SCORED)


@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        ("sort=score", ""),
        ("sort=facts", "sort=facts"),
        ("w.ease=3&w.reach=2&w.proof=1", ""),
        ("w.ease=60&w.reach=40&w.proof=20", ""),
        ("w.ease=5", "w.ease=5"),
        ("w.proof=4&w.ease=0&w.reach=8", "w.ease=0"),
        ("w.ease=10&w.reach=0&w.proof=0", "w.ease=1&w.reach=0&w.proof=0"),
        ("w.ease=&w.reach=02", ""),
        ("w.colour=9&W.ease=9&w.=1", ""),
        (
            "sort=name&p=b&w.ease=5&q=air&price_max=9&type=shiatsu",
            "type=shiatsu&price_max=9&q=air&w.ease=5&p=b&sort=name",
        ),
    ],
)
def test_weights_that_mean_the_same_have_one_address(query: str, canonical: str) -> None:
    assert urlencode(scored(query).as_args()) == canonical
    assert scored(canonical) == scored(query)


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("w.ease=0&w.reach=0&w.proof=0", "w.ease"),
        ("w.ease=-1", "w.ease"),
        ("w.reach=much", "w.reach"),
        ("w.reach=1.5", "w.reach"),
        ("w.proof=101", "w.proof"),
        ("w.ease=1&w.ease=2", "w.ease"),
    ],
)
def test_weights_that_cannot_be_are_refused_and_the_rest_is_kept(
    query: str, parameter: str
) -> None:
    with pytest.raises(BadSelection) as caught:
        scored(f"type=shiatsu&sort=name&{query}")

    assert caught.value.status == 400
    assert [one.parameter for one in caught.value.problems] == [parameter]
    assert urlencode(caught.value.kept.as_args()) == "type=shiatsu&sort=name"


def test_weights_stay_until_the_published_ones_are_asked_for() -> None:
    selection = scored("type=shiatsu&w.ease=5&page=2")

    assert urlencode(selection.toggled("type", "shiatsu").as_args()) == "w.ease=5"
    assert urlencode(selection.cleared().as_args()) == "w.ease=5"
    assert urlencode(selection.with_sort("name").as_args()) == "type=shiatsu&w.ease=5&sort=name"
    assert selection.has_own_weights
    assert urlencode(selection.with_published_weights().as_args()) == "type=shiatsu"


def test_weights_narrow_nothing() -> None:
    assert scored("w.ease=5").is_empty


def test_where_nothing_is_scored_there_are_no_weights_and_no_order_by_score() -> None:
    assert spelled("w.ease=5") == ""
    assert refused("sort=score").problems[0].code == "unknown_sort"


def test_what_is_right_is_kept_where_something_is_wrong() -> None:
    refusal = refused("type=shiatsu&type=tickling&price_min=x&price_max=90&calf=48&q=air&page=0")

    assert urlencode(refusal.kept.as_args()) == "type=shiatsu&price_max=90&q=air"
    assert [one.status for one in refusal.problems] == [400, 400, 404, 404]
    assert refusal.status == 400


def test_a_facet_takes_ten_values_and_not_eleven() -> None:
    values = [("brand", f"brand-{n:02}") for n in range(11)]

    assert len(Selection.from_args(values[:10], VOCABULARY).chosen("brand")) == 10
    refusal = refused(urlencode([*values, ("type", "shiatsu")]))
    assert [one.code for one in refusal.problems] == ["too_many_values"]
    assert refusal.kept.as_args() == [("type", "shiatsu")]


def test_eleven_values_nobody_knows_are_too_many_and_no_more() -> None:
    refusal = refused("&".join(f"brand=nobody-{n}" for n in range(11)))

    assert [(one.status, one.code) for one in refusal.problems] == [(400, "too_many_values")]


def test_sixty_choices_are_taken_and_not_sixty_one() -> None:
    sixty = [(f"f{n}", value) for n in range(6) for value in "abcdefghij"]

    assert Selection.from_args(sixty, VOCABULARY).size == 60
    assert refused(urlencode([*sixty, ("heat", "yes")])).problems[0].code == "too_many_values"


def test_the_units_of_fields_are_no_choices() -> None:
    units = [("weight_kg_unit", "lb"), ("calf_unit", "in"), ("thigh_unit", "in")]
    sixty = [(f"f{n}", value) for n in range(6) for value in "abcdefghij"]

    assert Selection.from_args([*sixty, *units], VOCABULARY).size == 60


def test_a_parameter_nobody_knows_counts_for_nothing() -> None:
    args = [("utm", str(n)) for n in range(500)]

    assert Selection.from_args(args, VOCABULARY).is_empty


def test_a_long_value_is_shown_short_and_readable() -> None:
    problem = refused(f"type={'x' * 20000}").problems[0]
    control = refused("type=%00%1b").problems[0]

    assert len(problem.value) <= 100
    assert len(problem.message) <= 200
    assert control.value == "��"


def test_a_change_of_choice_goes_to_the_first_page() -> None:
    selection = selected("type=shiatsu&price_max=9&calf=48cm&q=air&page=3&sort=name")

    moves = [
        selection.toggled("heat", "yes"),
        selection.without("type"),
        selection.without("q"),
        selection.cleared(),
        selection.with_unstated("price"),
        selection.with_sort("facts"),
        selection.with_currency("GBP"),
    ]
    assert [one.page for one in moves] == [1] * 7
    assert selection.with_page(5).page == 5


def test_a_value_is_toggled_in_its_place_and_back() -> None:
    selection = selected("type=vibration&heat=no")

    with_brand = selection.toggled("brand", "brand-01").toggled("type", "compression")

    assert urlencode(with_brand.as_args()) == (
        "type=compression&type=vibration&brand=brand-01&heat=no"
    )
    assert with_brand.toggled("brand", "brand-01").toggled("type", "compression") == selection


def test_one_choice_is_dropped_and_the_rest_stays() -> None:
    selection = selected("type=shiatsu&type=vibration&price_max=9&calf=48cm&q=air&sort=name")

    assert selection.without("type", "shiatsu").chosen("type") == ("vibration",)
    assert selection.without("type", "compression") == selection
    assert "calf" not in dict(selection.without("calf").as_args())
    assert "price_max" not in dict(selection.without("price").as_args())
    assert selection.narrowed_by == ("type", "price", "calf", "q")


def test_clearing_everything_keeps_the_order_and_the_currency() -> None:
    cleared = selected("type=shiatsu&price_max=9&currency=GBP&q=air&sort=name").cleared()

    assert cleared.as_args() == [("currency", "GBP"), ("sort", "name")]
    assert cleared.is_empty


def test_an_order_that_becomes_the_default_leaves_the_address() -> None:
    assert selected("q=air&sort=facts").without("q").as_args() == []
    assert selected("q=air").with_sort("facts").as_args() == [("q", "air"), ("sort", "facts")]
    assert selected("q=air").sort_name == "relevance"
    assert selected("").sort_name == "facts"


def test_the_unstated_are_let_in_and_left_out_again() -> None:
    selection = selected("price_max=9&calf=48cm")

    let_in = selection.with_unstated("price").with_unstated("calf")

    assert urlencode(let_in.as_args()) == (
        "price_max=9&price_unknown=include&calf=48cm&calf_unknown=include"
    )
    assert let_in.with_unstated("price", include=False).with_unstated("calf", include=False) == (
        selection
    )


def test_the_same_length_is_the_same_size_in_either_unit() -> None:
    inches, centimetres = (
        selected(f"calf={size}").measure_of("calf") for size in ("20in", "50.8cm")
    )
    assert inches is not None
    assert centimetres is not None

    for unit in ("mm", "cm", "in"):
        assert inches.within(unit) == centimetres.within(unit)
    assert selected("calf=20in") != selected("calf=50.8cm")
