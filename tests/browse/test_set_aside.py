"""Machines set aside to be compared go along with every choice and narrow nothing."""

from __future__ import annotations

import pytest
from flask import Flask

from reviews_app import browse
from reviews_app.browse.choices import MOST_SET_ASIDE
from reviews_app.compare import MOST

ARGS = [("type", "compression"), ("calf", "48cm"), ("q", "boots"), ("sort", "name")]


def test_as_many_can_be_set_aside_as_compared() -> None:
    assert MOST_SET_ASIDE == MOST


def test_they_stand_in_the_address_before_the_order_as_they_were_chosen(
    real_catalogue: Flask,
) -> None:
    args = [("p", "b"), *ARGS, ("page", "1"), ("p", "a"), ("p", "b")]

    with real_catalogue.app_context():
        selection = browse.Selection.from_args(args, browse.vocabulary())

    assert selection.as_args() == [*ARGS[:3], ("p", "b"), ("p", "a"), ARGS[3]]


def test_they_narrow_nothing(real_catalogue: Flask) -> None:
    with real_catalogue.app_context():
        vocabulary = browse.vocabulary()
        plain, more = (
            browse.find(browse.Selection.from_args([*ARGS[:2], *aside], vocabulary))
            for aside in ([], [("p", "theragun-mini"), ("p", "nothing")])
        )

    assert more.selection.is_empty == plain.selection.is_empty
    assert (more.total, more.ids, more.unstated) == (plain.total, plain.ids, plain.unstated)
    assert [chip.text for chip in more.chips] == [chip.text for chip in plain.chips]
    for one, other in zip(more.facets, plain.facets, strict=True):
        assert [(o.value, o.count) for o in one.options] == [
            (o.value, o.count) for o in other.options
        ]
        assert all(
            option.toggled.set_aside == ("theragun-mini", "nothing") for option in one.options
        )


def test_every_change_keeps_them(real_catalogue: Flask) -> None:
    with real_catalogue.app_context():
        args = [*ARGS, ("p", "a"), ("page", "2")]
        selection = browse.Selection.from_args(args, browse.vocabulary())

    assert selection.page == 2
    for changed in (
        selection.toggled("type", "vibration"),
        selection.without("calf"),
        selection.cleared(),
        selection.with_sort("price"),
        selection.with_currency("GBP"),
        selection.with_page(3),
    ):
        assert changed.set_aside == ("a",)
    added = selection.with_set_aside(("a", "b"))
    assert (added.set_aside, added.page, added.narrowed_by) == (
        ("a", "b"),
        2,
        selection.narrowed_by,
    )


def test_a_sixth_is_refused_in_words_and_the_first_five_are_kept(real_catalogue: Flask) -> None:
    args = [*ARGS, *(("p", str(n)) for n in range(6))]

    with real_catalogue.app_context(), pytest.raises(browse.BadSelection) as caught:
        browse.Selection.from_args(args, browse.vocabulary())

    assert caught.value.status == 400
    assert "6 machines to compare are more than the 5" in caught.value.message
    assert caught.value.kept.set_aside == ("0", "1", "2", "3", "4")
    assert caught.value.kept.chosen("type") == ("compression",)
