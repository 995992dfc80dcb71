"""The whole answer of the finder: machines with their reasons, and why not the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reviews_app import browse
from reviews_app.advise.finding_evidence import Backing, Evidence, evidence
from reviews_app.advise.finding_points import Points, points
from reviews_app.advise.finding_questions import asked_for, with_own, with_unstated
from reviews_app.advise.finding_standings import Named, Standings, standings
from reviews_app.browse import Listing, Selection
from reviews_app.catalogue import queries as catalogue
from reviews_app.catalogue.cards import Card
from reviews_app.catalogue.vocabulary import Mechanism
from reviews_app.guidance.needs import Answer
from reviews_app.reviews import queries as reviews


@dataclass(frozen=True)
class Match:
    """A machine that was found: its place in the order, its card, what speaks for it and what not.

    `evidence` is what is known of its mechanisms for the needs asked for, best first; `verdict`
    that of our desk review, if there is one.
    """

    place: int
    card: Card
    mechanisms: tuple[Mechanism, ...]
    points: Points
    evidence: tuple[Answer, ...]
    verdict: str | None


@dataclass(frozen=True)
class WhyNot:
    """The machines that one choice was decisive for; `named` holds as many as a page can."""

    label: str
    chosen: tuple[str, ...]
    machines: int
    named: tuple[Named, ...]

    @property
    def unnamed(self) -> int:
        """How many are only counted."""
        return self.machines - len(self.named)


@dataclass(frozen=True)
class Relaxation:
    """How many machines come back when some choices are dropped."""

    labels: tuple[str, ...]
    machines: int
    selection: Selection


@dataclass(frozen=True)
class Finding:
    """The answer to a Selection of the finder.

    matches are the machines of the page, in the order of the listing. relaxations is empty
    unless nothing was found. backings: what the evidence says of the needs that were chosen.
    """

    listing: Listing
    matches: tuple[Match, ...]
    evidence: Evidence
    backings: tuple[Backing, ...]
    why_not: tuple[WhyNot, ...]
    relaxations: tuple[Relaxation, ...]
    standings: Standings

    @property
    def selection(self) -> Selection:
        """What was asked."""
        return self.listing.selection

    @property
    def everyone(self) -> Selection:
        """All machines the finder is for."""
        return with_own(self.selection.cleared())

    @property
    def stating(self) -> Selection:
        """The same choice, without the machines that do not state something of it."""
        return with_unstated(self.selection, include=False)

    @property
    def with_unstated(self) -> Selection:
        """The same choice, with the machines that do not state something of it."""
        return with_unstated(self.selection, include=True)


def finding(selection: Selection) -> Finding:
    """The machines that the listing finds for a Selection, in its order, with reasons.

    Raises BadSelection when the page is past the last one.
    """
    listing = browse.find(selection)
    stand = standings(selection)
    known = evidence()
    needs = known.of_needs(selection.chosen("need"))
    return Finding(
        listing=listing,
        matches=_matches(listing, needs),
        evidence=known,
        backings=needs,
        why_not=_why_not(listing, stand),
        relaxations=_relaxations(listing, stand) if not listing.total else (),
        standings=stand,
    )


def _matches(listing: Listing, needs: Sequence[Backing]) -> tuple[Match, ...]:
    cards = catalogue.cards(listing.ids, listing.currency)
    traits = browse.traits(listing.selection, listing.ids)
    mechanisms = catalogue.mechanisms_by_product(listing.ids)
    verdicts = reviews.verdicts([card.slug for card in cards])
    names = asked_for(listing.selection)
    first = (listing.page - 1) * listing.per_page + 1
    return tuple(
        Match(
            place,
            card,
            tuple(mechanisms[id_]),
            points(listing.selection, names, traits[id_]),
            tuple(
                answer
                for need in needs
                for answer in need.for_machine([one.id for one in mechanisms[id_]])
            ),
            verdicts.get(card.slug),
        )
        for place, (id_, card) in enumerate(zip(listing.ids, cards, strict=True), start=first)
    )


def _why_not(listing: Listing, stand: Standings) -> tuple[WhyNot, ...]:
    labels = _labels(listing)
    return tuple(
        WhyNot(
            labels.get(name, name),
            tuple(chip.text for chip in listing.chips if chip.name == name),
            machines,
            tuple(stand.named(name)),
        )
        for name, machines in stand.decisive.items()
    )


def _relaxations(listing: Listing, stand: Standings) -> tuple[Relaxation, ...]:
    """Letting in who states nothing drops no choice, so it stands first where it helps."""
    selection, labels = listing.selection, _labels(listing)
    found = []
    if stand.with_unstated:
        let_in = with_unstated(selection, include=True)
        found.append(Relaxation((), stand.with_unstated, let_in))
    for dropped, machines in stand.relaxations():
        without = selection
        for name in dropped:
            without = without.without(name)
        found.append(Relaxation(tuple(labels.get(one, one) for one in dropped), machines, without))
    return tuple(found)


def _labels(listing: Listing) -> dict[str, str]:
    """What each choice is called on the page."""
    return {chip.name: chip.label for chip in listing.chips}
