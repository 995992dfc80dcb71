"""What a form of a review is taken as, and what is wrong with one that is not taken."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews_app.reviews.readers.rules import LONGEST_TEXT, SHORTEST_TEXT
from reviews_app.reviews.readers.submission import BadSubmission, Typed, paragraphs, tidy
from tests.reviews.readers.writing import TEXT, submission, typed


def problems(**changed: object) -> set[str]:
    with pytest.raises(BadSubmission) as error:
        typed(**changed).read({"tired-legs"})
    return {one.parameter for one in error.value.problems}


def test_a_form_that_holds_is_a_review() -> None:
    one = typed(needs=("tired-legs",), calf=" 38 cm ", fitted="well").read({"tired-legs"})

    assert (one.rating, one.months_owned, one.needs) == (4, 6, ("tired-legs",))
    assert (one.calf, one.fitted, one.broke) == ("38cm", "well", None)


@pytest.mark.parametrize(
    ("size", "unit", "read"),
    [
        ("38", "cm", "38cm"),
        ("15", "in", "15in"),
        ("15 inches", "cm", "15in"),
        ('15"', "", "15in"),
        ("38cm", "parsecs", "38cm"),
        ("", "in", None),
    ],
)
def test_a_calf_is_in_the_unit_behind_it_or_else_beside_it(
    size: str, unit: str, read: str | None
) -> None:
    assert submission(calf=size, calf_unit=unit).calf == read


@pytest.mark.parametrize(
    ("size", "asked"),
    [
        ("20cm", "20 cm round is very small. Is that in inches? Choose the unit beside it."),
        ("38in", "38 inches round is very large. Is that in centimetres? Choose the unit beside"),
        ("21.9cm", "21.9 cm round is very small. Is that in inches?"),
        ("5cm", "5 cm round is very small. Please measure once more, or leave it out."),
        ("900cm", "900 cm round is very large. Please measure once more, or leave it out."),
        ("5in", "5 inches round is very small. Please measure once more, or leave it out."),
    ],
)
def test_a_size_that_is_no_calf_is_asked_about(size: str, asked: str) -> None:
    with pytest.raises(BadSubmission) as error:
        typed(calf=size).read(())

    assert [one.parameter for one in error.value.problems] == ["calf"]
    assert error.value.message.startswith(f"Your calf: {asked}")


@pytest.mark.parametrize("size", ["22cm", "90cm", "8.7in", "35.4in"])
def test_the_smallest_and_the_largest_calf_are_taken(size: str) -> None:
    assert submission(calf=size).calf == size


@pytest.mark.parametrize(
    ("field", "text", "months"),
    [
        ("months_owned", "2 years", 24),
        ("months_owned", "half a year", 6),
        ("months_owned", "50 years", 600),
        ("broke_after_months", "1.5 months", 1),
    ],
)
def test_months_may_be_said_in_years(field: str, text: str, months: int) -> None:
    assert getattr(submission(**{"broke": "The zip", field: text}), field) == months


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "please write months or years, like 6, or 2 years; 0 if less than a month."),
        ("3 weeks", "we cannot read “3 weeks”. Write months or years, like 6, or 2 years;"),
        ("51 years", "612 months are too many. Up to 600 months, which are 50 years, fit."),
    ],
)
def test_a_time_that_cannot_be_taken_is_answered_with_one_that_can(text: str, said: str) -> None:
    with pytest.raises(BadSubmission) as error:
        typed(months_owned=text).read(())

    assert error.value.message.startswith(f"How long you have had it: {said}")


@pytest.mark.parametrize("unit", ["", "parsecs"])
def test_a_calf_without_a_unit_is_no_size(unit: str) -> None:
    assert problems(calf="38", calf_unit=unit) == {"calf"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("rating", one) for one in ("", "0", "6", "4.5", "-1", "٣", "five")),
        *(("title", one) for one in ("", "  ", "x" * 101)),
        *(("text", one) for one in ("", "too short", " " * 50, "x" * (LONGEST_TEXT + 1))),
        *(("months_owned", one) for one in ("", "-1", "601", "51 years", "3 weeks", "99999", "٣")),
        *(("how_got", one) for one in ("", "stolen")),
        *(("tie", one) for one in ("", "unsaid")),
        ("fitted", "perhaps"),
        ("calf", "38 parsecs"),
        ("broke", "x" * 501),
    ],
)
def test_a_field_that_does_not_hold_is_named(name: str, value: str) -> None:
    assert problems(**{name: value}) == {name}


def test_everything_wrong_is_said_at_once() -> None:
    empty = {"rating", "title", "text", "months_owned", "how_got", "tie"}

    with pytest.raises(BadSubmission) as error:
        Typed().read(())

    assert {one.parameter for one in error.value.problems} == empty


def test_no_stars_and_no_tie_are_chosen_for_anybody() -> None:
    assert Typed().rating == Typed().tie == Typed().how_got == ""


def test_a_need_that_is_not_on_the_list_is_refused() -> None:
    assert problems(needs=("unheard-of",)) == {"needs"}


def test_what_broke_goes_with_when() -> None:
    assert problems(broke_after_months="3") == {"broke"}
    assert problems(broke="The zip", broke_after_months="7") == {"broke_after_months"}
    assert submission(broke="The zip", broke_after_months="6").broke_after_months == 6


def test_the_shortest_and_the_longest_text_are_taken() -> None:
    for length in (SHORTEST_TEXT, LONGEST_TEXT):
        assert len(submission(text="x" * length).text) == length


def test_paragraphs_are_kept_and_signs_that_turn_text_are_not() -> None:
    text = tidy("One \u202eline\u0000\r\n\r\n\r\n  Two\tlines \r\nhere")

    assert paragraphs(text) == ("One line", "Two lines\nhere")


@given(st.text())
def test_tidying_twice_changes_nothing(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


@given(st.lists(st.tuples(st.sampled_from(["rating", "title", "need", "x"]), st.text())))
def test_a_form_comes_back_as_it_was_typed(sent: list[tuple[str, str]]) -> None:
    form = Typed.of(sent)

    assert Typed.of(form.fields()) == form


def test_a_review_can_be_edited_in_its_own_form() -> None:
    one = submission(calf="38cm", fitted="tight", broke="The zip", needs=("a", "b"))

    assert Typed.again(one).read({"a", "b"}) == one


def test_the_same_text_is_read_alike_with_one_and_with_five_stars() -> None:
    one, five = submission(rating="1"), submission(rating="5")

    assert (one.text, one.title, one.tie) == (five.text, five.title, five.tie)
    assert {"rating"} == {
        name for name in one.__dataclass_fields__ if getattr(one, name) != getattr(five, name)
    }
    assert one.text == TEXT
