"""The whole answer to a check: products carried along, and every kind of massage."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from reviews_app.advise.answers import Answers
from reviews_app.advise.assessing import Assessment, assess
from reviews_app.advise.conditions import Conditions
from reviews_app.advise.outcomes import Outcome
from reviews_app.catalogue import massage_types as types
from reviews_app.catalogue import queries as catalogue
from reviews_app.catalogue.products import Product
from reviews_app.catalogue.vocabulary import Mechanism


@dataclass(frozen=True)
class Subject:
    """Something to assess: a "massager" (with its product), a "type", or a lone "mechanism"."""

    kind: str
    id: str
    label: str
    mechanisms: tuple[Mechanism, ...]
    product: Product | None = None


@dataclass(frozen=True)
class Assessed:
    """A subject with its outcome and reasons."""

    subject: Subject
    assessment: Assessment

    @property
    def outcome(self) -> Outcome:
        """The one outcome."""
        return self.assessment.outcome


@dataclass(frozen=True)
class Advice:
    """What was ticked, what therefore holds, what the reader asked about, and everything else."""

    ticked: Conditions
    holding: Conditions
    carried: tuple[Assessed, ...]
    others: tuple[Assessed, ...]

    @property
    def by_outcome(self) -> list[tuple[Outcome, list[Assessed]]]:
        """The others under their outcomes, strictest first; an outcome nobody has is left out."""
        found = [(one, [each for each in self.others if each.outcome is one]) for one in Outcome]
        return [(outcome, assessed) for outcome, assessed in found if assessed]


def subjects() -> list[Subject]:
    """Every massage type, then every mechanism that is no type's own, such as heat."""
    mechanisms = types.mechanisms()
    entries = [entry.type for entry in types.massage_types()]
    own = {type_.mechanism_id for type_ in entries}
    kinds = [
        Subject("type", type_.id, type_.label, tuple(types.mechanisms_of_type(type_)))
        for type_ in entries
    ]
    return kinds + [
        Subject("mechanism", one.id, one.label, (one,)) for one in mechanisms if one.id not in own
    ]


def advise(
    answers: Answers,
    conditions: Conditions,
    products: Sequence[Product] = (),
    type_ids: Collection[str] = (),
) -> Advice:
    """What the answers mean for these products, these types, and every other kind of massage."""
    mechanisms = catalogue.mechanisms_by_product([product.id for product in products])
    machines = [
        Subject("massager", one.slug, one.name, tuple(mechanisms[one.id]), one) for one in products
    ]
    kinds = subjects()
    asked = [one for one in kinds if one.kind == "type" and one.id in type_ids]
    others = [one for one in kinds if one not in asked]

    def assessed(found: Sequence[Subject]) -> tuple[Assessed, ...]:
        return tuple(
            Assessed(one, assess(answers, [each.id for each in one.mechanisms], conditions))
            for one in found
        )

    return Advice(
        conditions.ticked(answers),
        conditions.holding(answers),
        assessed([*machines, *asked]),
        assessed(others),
    )
