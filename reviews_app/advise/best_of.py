"""The machines of a kind, or for a need, in the order of the published score, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median_low
from typing import Literal

from reviews_app import browse
from reviews_app.advise.finding_evidence import Backing, evidence
from reviews_app.browse import Listing, Selection
from reviews_app.catalogue import queries as catalogue
from reviews_app.catalogue.cards import Card
from reviews_app.catalogue.remembering import once_a_revision
from reviews_app.errors import NotFound
from reviews_app.guidance import queries as guidance
from reviews_app.guidance.needs import Answer
from reviews_app.scores import queries as scores
from reviews_app.scores.records import PartRule
from reviews_app.scores.scoring import FactStep, Scored

FEWEST = 3
"""With fewer scored machines there is no order worth the name."""

SHOWN = 10

RANKED = (*browse.FOR_HOME, ("score_min", "0"), ("sort", "score"))
"""What a machine must be to be ranked: sold to anybody, not recalled, and scored."""


@dataclass(frozen=True)
class Subject:
    """What a list is about: a massage type or a need; `machines` of it are ranked."""

    kind: Literal["type", "need"]
    id: str
    label: str
    machines: int


@dataclass(frozen=True)
class Reason:
    """A part of a score beside the middle of the list, both in hundredths of 0 to 10.

    `steps` are the facts it was read from, those not stated among them.
    """

    part: PartRule
    points_centi: int
    middle_centi: int
    steps: tuple[FactStep, ...]

    @property
    def lead(self) -> int:
        """What this adds to the total over a machine in the middle, in weighted hundredths."""
        return (self.points_centi - self.middle_centi) * self.part.weight


@dataclass(frozen=True)
class Pick:
    """A machine at its place, with the part that speaks most for it, and the one least.

    `answers` is what is known of its ways of working for the need of the list, best first.
    """

    place: int
    card: Card
    score: Scored
    strongest: Reason
    weakest: Reason | None
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Shift:
    """Who would stand first if a part counted double, or not at all; None where nobody would.

    The selections are the listings with these weights.
    """

    part: PartRule
    doubled: Card | None
    dropped: Card | None
    selection_doubled: Selection
    selection_dropped: Selection


@dataclass(frozen=True)
class Missing:
    """A fact that the score reads and that nobody states of some machines shown."""

    label: str
    machines: int


@dataclass(frozen=True)
class BestOf:
    """The list of one subject; `selection` is the listing that has all of it, in this order.

    unscored: machines of the subject, sold to anybody, of which too little is known. elsewhere:
    those never ranked, by audience. backing: the evidence for a need, None for a massage type.
    """

    subject: Subject
    selection: Selection
    backing: Backing | None
    picks: tuple[Pick, ...]
    shifts: tuple[Shift, ...]
    missing: tuple[Missing, ...]
    unscored: int
    elsewhere: tuple[tuple[str, int], ...]


@once_a_revision
def subjects() -> tuple[Subject, ...]:
    """Every list that is published: one with an editor's words and enough scored machines."""
    return tuple(_subjects(browse.find(_selection()), _written())) if _is_scored() else ()


def find_subject(subject_id: str) -> Subject | None:
    """The published list about a massage type or need, or None."""
    return next((one for one in subjects() if one.id == subject_id), None)


def best_of(subject_id: str) -> BestOf:
    """The list about a massage type or a need. Raises NotFound where none is published."""
    subject = find_subject(subject_id)
    if subject is None:
        message = (
            f"There is no ranked list for “{subject_id}”. We rank the machines for a kind of"
            " massage, or for a need you may try a machine for on your own, where at least"
            f" {FEWEST} have a score."
        )
        raise NotFound(message, parameter="subject", value=subject_id)
    about = (subject.kind, subject.id)
    listing = browse.find(_selection(about), per_page=SHOWN)
    of = [subject.id] if subject.kind == "need" else []
    backing = next(iter(evidence().of_needs(of)), None)
    picks = _picks(listing, backing)
    return BestOf(
        subject=subject,
        selection=listing.selection,
        backing=backing,
        picks=picks,
        shifts=tuple(_shifts(about)),
        missing=_missing(picks),
        unscored=listing.unstated["score"],
        elsewhere=_elsewhere(listing),
    )


def _is_scored() -> bool:
    return scores.current_method() is not None


def _written() -> set[str]:
    return {guide.slug for guide in guidance.guides("best")}


def _selection(*more: tuple[str, str]) -> Selection:
    return Selection.from_args([*RANKED, *more], browse.vocabulary())


def _subjects(listing: Listing, written: set[str]) -> Iterator[Subject]:
    counted = {facet.name: facet.options for facet in listing.facets}
    kinds: tuple[Literal["type", "need"], ...] = ("type", "need")
    for kind in kinds:
        for option in counted[kind]:
            if option.value in written and option.count >= FEWEST:
                yield Subject(kind, option.value, option.label, option.count)


def _picks(listing: Listing, backing: Backing | None) -> tuple[Pick, ...]:
    found = scores.steps_of_all(listing.ids)
    middles = _middles([found[one] for one in listing.ids])
    mechanisms = catalogue.mechanisms_by_product(listing.ids)
    cards = catalogue.cards(listing.ids, listing.currency)
    picks = []
    for place, (id_, card) in enumerate(zip(listing.ids, cards, strict=True), start=1):
        strongest, weakest = _reasons(found[id_], middles)
        ways = [one.id for one in mechanisms[id_]]
        answers = backing.for_machine(ways) if backing else ()
        picks.append(Pick(place, card, found[id_], strongest, weakest, answers))
    return tuple(picks)


def _reasons(score: Scored, middles: dict[str, int]) -> tuple[Reason, Reason | None]:
    """The part that adds most over the middle, and the one that takes most away, if any does."""
    reasons = [
        Reason(part.rule, part.score.points_centi, middles[part.rule.id], part.facts)
        for part in score.parts
        if part.score.points_centi is not None
    ]
    strongest = max(reasons, key=lambda one: (one.lead, one.points_centi))
    weakest = min(reasons, key=lambda one: (one.lead, one.points_centi))
    return strongest, weakest if weakest.lead < 0 else None


def _middles(shown: Sequence[Scored]) -> dict[str, int]:
    """The middle of each part among the machines shown of which it is known."""
    by_part: dict[str, list[int]] = {}
    for score in shown:
        for part in score.parts:
            if part.score.points_centi is not None:
                by_part.setdefault(part.rule.id, []).append(part.score.points_centi)
    return {part: median_low(points) for part, points in by_part.items()}


def _shifts(about: tuple[str, str]) -> Iterator[Shift]:
    """Asked of the whole list, not of the machines shown: the first may come from far below."""
    rules = scores.current_rules()
    for part in rules.parts if rules else ():
        doubled = _selection(about, (f"w.{part.id}", str(2 * part.weight)))
        dropped = _selection(about, (f"w.{part.id}", "0"))
        first, without = _first(doubled), _first(dropped)
        yield Shift(part, first, without, doubled, dropped)


def _first(selection: Selection) -> Card | None:
    ids = browse.find(selection, per_page=1).ids
    return next(iter(catalogue.cards(ids)), None)


def _missing(picks: Iterable[Pick]) -> tuple[Missing, ...]:
    counted = Counter(
        step.rule.label
        for pick in picks
        for part in pick.score.parts
        for step in part.facts
        if step.points_centi is None
    )
    return tuple(Missing(label, machines) for label, machines in counted.most_common())


def _elsewhere(listing: Listing) -> tuple[tuple[str, int], ...]:
    """The audience facet counts within everything but itself, so score_min must go first."""
    everyone = browse.find(listing.selection.without("score"), per_page=1)
    audience = next(facet for facet in everyone.facets if facet.name == "audience")
    return tuple(
        (option.label, option.count)
        for option in audience.options
        if not option.selected and option.count
    )
