"""Loads the machines of a comparison with all that is said of them, at a fixed cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial

from reviews_app.catalogue import queries as catalogue
from reviews_app.catalogue.prices import Price, listed_price
from reviews_app.catalogue.products import Product
from reviews_app.catalogue.recalls import reading
from reviews_app.catalogue.remembering import each_once, once_a_revision
from reviews_app.catalogue.sheet import Sheet
from reviews_app.catalogue.vocabulary import Attribute, Mechanism
from reviews_app.compare.lineup import MACHINE, Lineup
from reviews_app.compare.problems import BadLineup
from reviews_app.errors import Problem, shortened, unheard_of
from reviews_app.guidance import queries as guidance
from reviews_app.guidance.queries import Finding, Rule
from reviews_app.scores import queries as scores
from reviews_app.scores.queries import ScoreOfProduct
from reviews_app.scores.weights import Weights

MOST_REMEMBERED = 300
"""Machines one process remembers, of some fifty kilobytes each."""


@dataclass(frozen=True)
class Machine:
    """A product with its sheet, its price in one currency, and what holds for its mechanisms.

    `own_score` is by a reader's own weights, None without any.
    """

    product: Product
    sheet: Sheet
    mechanisms: tuple[Mechanism, ...]
    price: Price | None
    rules: tuple[Rule, ...]
    findings: tuple[Finding, ...]
    score: ScoreOfProduct | None
    own_score: ScoreOfProduct | None = None

    @cached_property
    def findings_by_claim(self) -> dict[str, list[Finding]]:
        """What its mechanisms were studied for, by the id of the claim, strongest first."""
        found: dict[str, list[Finding]] = {}
        for finding in self.findings:
            found.setdefault(finding.claim.id, []).append(finding)
        return found

    @cached_property
    def rules_by_severity(self) -> dict[str, list[Rule]]:
        """Who should not use it, by how strictly."""
        found: dict[str, list[Rule]] = {}
        for rule in self.rules:
            found.setdefault(rule.contraindication.severity, []).append(rule)
        return found


@dataclass(frozen=True)
class Common:
    """What a comparison needs that is said of no single machine.

    checked_on: the day the oldest page of a regulator was read, None where none was.
    """

    attributes: tuple[Attribute, ...]
    rules: tuple[Rule, ...]
    findings: tuple[Finding, ...]
    checked_on: str | None


@once_a_revision
def common() -> Common:
    """What holds whichever machines are compared."""
    return Common(
        tuple(catalogue.all_attributes()),
        tuple(guidance.rules(cited=False)),
        tuple(guidance.findings()),
        reading().checked_on,
    )


def get_machines(lineup: Lineup, currency: str) -> list[Machine]:
    """The machines of a lineup in its order.

    Raises BadLineup naming each that was never here or has left, keeping the others.
    """
    found = each_once(
        f"compared in {currency}", lineup.slugs, partial(_machines, currency), most=MOST_REMEMBERED
    )
    problems = [problem for slug in lineup.slugs if (problem := _problem(slug, found.get(slug)))]
    if problems:
        here = [slug for slug in lineup.slugs if _problem(slug, found.get(slug)) is None]
        raise BadLineup(problems, lineup.of(here))
    return _weighed([found[slug] for slug in lineup.slugs], lineup.weights)


def _weighed(machines: list[Machine], weights: Weights | None) -> list[Machine]:
    """With the scores by a reader's own weights, which no revision remembers."""
    own = scores.own_scores_of([one.product.id for one in machines], weights)
    return (
        [replace(one, own_score=own.get(one.product.id)) for one in machines] if own else machines
    )


def _problem(slug: str, machine: Machine | None) -> Problem | None:
    if machine is None:
        return unheard_of(MACHINE, slug, f"We know no massager called “{shortened(slug)}”.")
    if machine.product.retired_at is not None:
        message = f"{machine.product.name} has left our catalogue."
        return unheard_of(MACHINE, slug, message, "gone")
    return None


def _machines(currency: str, slugs: Sequence[str]) -> dict[str, Machine]:
    """Those of the slugs that name a machine, here or retired, by slug."""
    products = catalogue.find_products(slugs)
    every_id = [product.id for product in products.values()]
    mechanisms, scored = catalogue.mechanisms_by_product(every_id), scores.scores_of(every_id)
    shared = common()
    found = {}
    for slug, product in products.items():
        own = mechanisms[product.id]
        ids = {one.id for one in own}
        found[slug] = Machine(
            product=product,
            sheet=catalogue.sheet(product, shared.attributes),
            mechanisms=tuple(own),
            price=listed_price(product.prices, currency),
            rules=tuple(rule for rule in shared.rules if rule.speaks_of(ids)),
            findings=tuple(one for one in shared.findings if one.mechanism.id in ids),
            score=scored.get(product.id),
        )
    return found
