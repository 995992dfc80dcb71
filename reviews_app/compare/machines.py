"""Loads the machines of a comparison with all that is said of them, at a fixed cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reviews_app.catalogue import queries as catalogue
from reviews_app.catalogue.prices import Price, listed_price
from reviews_app.catalogue.products import Product
from reviews_app.catalogue.sheet import Line, Sheet
from reviews_app.catalogue.vocabulary import Mechanism
from reviews_app.compare.lineup import MACHINE, Lineup
from reviews_app.compare.problems import BadLineup
from reviews_app.errors import Problem, shortened, unheard_of
from reviews_app.guidance import queries as guidance
from reviews_app.guidance.queries import Finding, Rule
from reviews_app.scores import queries as scores
from reviews_app.scores.queries import ScoreOfProduct


@dataclass(frozen=True)
class Machine:
    """A product with its sheet, its price in one currency, and what holds for its mechanisms."""

    product: Product
    sheet: Sheet
    mechanisms: tuple[Mechanism, ...]
    price: Price | None
    rules: tuple[Rule, ...]
    findings: tuple[Finding, ...]
    score: ScoreOfProduct | None

    def line(self, attribute_id: str) -> Line | None:
        """The line of one attribute; None where no such attribute is declared."""
        return next((one for one in self.sheet.lines if one.attribute.id == attribute_id), None)


def get_machines(lineup: Lineup, currency: str) -> list[Machine]:
    """The machines of a lineup in its order.

    Raises BadLineup naming each that was never here or has left, keeping the others.
    """
    products = catalogue.find_products(lineup.slugs)
    problems = [problem for slug in lineup.slugs if (problem := _problem(slug, products.get(slug)))]
    if problems:
        here = [slug for slug in lineup.slugs if _problem(slug, products.get(slug)) is None]
        raise BadLineup(problems, lineup.of(here))
    return _machines([products[slug] for slug in lineup.slugs], currency)


def _problem(slug: str, product: Product | None) -> Problem | None:
    if product is None:
        return unheard_of(MACHINE, slug, f"We know no massager called “{shortened(slug)}”.")
    if product.retired_at is not None:
        message = f"{product.name} has left our catalogue."
        return unheard_of(MACHINE, slug, message, "gone")
    return None


def _machines(products: Sequence[Product], currency: str) -> list[Machine]:
    attributes = catalogue.all_attributes()
    mechanisms = catalogue.mechanisms_by_product([product.id for product in products])
    every_id = {one.id for found in mechanisms.values() for one in found}
    findings = guidance.findings_for(every_id, cited=False)
    rules = guidance.rules(cited=False)
    scored = scores.scores_of([product.id for product in products])
    machines = []
    for product in products:
        own = mechanisms[product.id]
        ids = {one.id for one in own}
        machines.append(
            Machine(
                product=product,
                sheet=catalogue.sheet(product, attributes),
                mechanisms=tuple(own),
                price=listed_price(product.prices, currency),
                rules=tuple(rule for rule in rules if rule.speaks_of(ids)),
                findings=tuple(one for one in findings if one.mechanism.id in ids),
                score=scored.get(product.id),
            )
        )
    return machines
