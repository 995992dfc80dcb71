"""What the finder asks, in order, and the Selection that answers become."""

from __future__ import annotations

from collections.abc import Iterable

from reviews_app.browse import BadSelection, Selection, Vocabulary
from reviews_app.browse.choices import MOST_VALUES, MOST_VALUES_OF_A_FACET
from reviews_app.browse.facets import NO_NOTICE, STATUS
from reviews_app.browse.problems import shortened, unheard_of
from reviews_app.catalogue.vocabulary import NOT_APPLICABLE, NOT_STATED, Audience

QUESTIONS = (
    ("need",),
    ("area",),
    ("calf", "thigh", "foot"),
    ("type", "pressure_max_mmhg", "intensity_levels"),
    ("cordless", "noise_db", "heat"),
    ("price",),
)
"""The facets, ranges and fits behind each question; the seventh is the check, behind which is none.

A machine that is left out is left out for the first of these that it does not meet.
"""

OWN = (("audience", Audience.CONSUMER.value), (STATUS, NO_NOTICE))
"""What the finder chooses by itself: machines for use at home (`product.md` §1), none recalled."""

UNSTATED = "unstated"
INCLUDE, EXCLUDE = "include", "exclude"
"""The finder's form asks once, for all questions, what to do with machines that state nothing."""


def selection_of(args: Iterable[tuple[str, str]], vocabulary: Vocabulary) -> Selection:
    """The Selection that the answers spell: parameters of the listing, and `unstated` of the form.

    It holds the finder's own choices, asked for or not. Raises BadSelection, with its `kept` the
    same, for whatever the listing refuses, for another audience and for another `unstated`.
    """
    given = list(args)
    wishes = {value.strip() for name, value in given if name == UNSTATED} - {""}
    problems = []
    try:
        selection = Selection.from_args(given, vocabulary)
    except BadSelection as error:
        selection, problems = error.kept, list(error.problems)
    for name, value in OWN:
        for other in set(selection.chosen(name)) - {value}:
            label = vocabulary.facet[name].labels[other]
            message = f"The finder has no machines “{label}”. The list of all massagers has them."
            problems.append(unheard_of(name, other, message))
    for wish in sorted(wishes - {INCLUDE, EXCLUDE}):
        message = f"“{shortened(wish)}”: such machines can only be let in or left out."
        problems.append(unheard_of(UNSTATED, wish, message))
    kept = with_own(selection)
    if problems:
        raise BadSelection(problems, kept)
    return with_unstated(kept, include=wishes == {INCLUDE}) if wishes else kept


def with_own(selection: Selection) -> Selection:
    """With the finder's own choices and no others in their place, on the same page."""
    page = selection.page
    for name, value in OWN:
        if selection.chosen(name) != (value,):
            selection = selection.without(name).toggled(name, value)
    return selection.with_page(page)


def with_unstated(selection: Selection, *, include: bool) -> Selection:
    """With the machines that do not state what was asked let in everywhere, or left out.

    On the first page, whether or not that changes anything.
    """
    selection = selection.with_page(1)
    for name, values in selection.values:
        if _could_be_unstated(selection, name) and (NOT_STATED in values) != include:
            room = len(values) < MOST_VALUES_OF_A_FACET and selection.size < MOST_VALUES
            selection = selection.toggled(name, NOT_STATED) if room or not include else selection
    for name in _numbers(selection):
        selection = selection.with_unstated(name, include=include)
    return selection


def lets_unstated_in(selection: Selection) -> bool:
    """Whether nobody is left out for not stating something; so it is before anything is asked."""
    return with_unstated(selection, include=True).as_args() == selection.with_page(1).as_args()


def asked_for(selection: Selection) -> list[str]:
    """The names of the reader's own choices, in the order of the questions."""
    return names_in_order(set(selection.narrowed_by) - dict(OWN).keys())


def names_in_order(names: Iterable[str]) -> list[str]:
    """Choices in the order of the questions; what the finder does not ask, last by name."""
    asked = [name for question in QUESTIONS for name in question]
    places = {name: place for place, name in enumerate(asked)}
    return sorted(names, key=lambda name: (places.get(name, len(asked)), name))


def _could_be_unstated(selection: Selection, name: str) -> bool:
    """Whether something stated was asked for, and those who state nothing are a matter of choice.

    They are for every fact; for anything else, such as the brand, once they were asked for too.
    """
    chosen = set(selection.chosen(name))
    matters = selection.vocabulary.facet[name].attribute or NOT_STATED in chosen
    return matters and bool(chosen - {NOT_STATED, NOT_APPLICABLE})


def _numbers(selection: Selection) -> list[str]:
    return [name for name, _ in (*selection.bounds, *selection.measures)]
