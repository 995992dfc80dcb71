"""The whole answer to a check: products carried along, and every kind of massage."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from reviews_app import browse
from reviews_app.advise.answers import Answers
from reviews_app.advise.assessing import Assessment, assess
from reviews_app.advise.conditions import Conditions
from reviews_app.advise.outcomes import OF_ACTION, Outcome
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
class Alike:
    """Subjects with the same rules against them, or none, on everything that they do.

    Only a subject of which a rule meets a part (a machine that kneads and warms, a rule on
    kneading) stands alone.
    """

    subjects: tuple[Subject, ...]
    assessment: Assessment

    @property
    def is_met_in_part(self) -> bool:
        """Whether a rule speaks of a part of what the one subject does."""
        (first, *_) = self.subjects
        return any(
            len(reason.mechanisms) < len(first.mechanisms) for reason in self.assessment.reasons
        )


@dataclass(frozen=True)
class Advice:
    """What was ticked, what therefore holds, what the reader asked about, and everything else."""

    ticked: Conditions
    holding: Conditions
    carried: tuple[Assessed, ...]
    others: tuple[Assessed, ...]

    @property
    def must_stop(self) -> bool:
        """Whether a sign was ticked with which nobody should massage before being seen."""
        return any(OF_ACTION[one.flag.action] is Outcome.STOP for one in self.ticked.flags)

    @property
    def numbers(self) -> dict[str, int]:
        """A number for each rule that holds: a name for it that says nothing of what it is."""
        rules = enumerate(self.holding.rules, start=1)
        return {rule.contraindication.id: number for number, rule in rules}

    @property
    def by_outcome(self) -> list[tuple[Outcome, list[Alike]]]:
        """The others under their outcomes, strictest first; an outcome nobody has is left out."""
        found = [
            (outcome, _alike([each for each in self.others if each.outcome is outcome]))
            for outcome in Outcome
        ]
        return [(outcome, alike) for outcome, alike in found if alike]


def _alike(assessed: Sequence[Assessed]) -> list[Alike]:
    found: dict[object, list[Assessed]] = {}
    for one in assessed:
        alone = Alike((one.subject,), one.assessment)
        said = tuple(id(reason.said) for reason in one.assessment.reasons)
        found.setdefault((said, one.subject.id if alone.is_met_in_part else ""), []).append(one)
    return [
        Alike(tuple(one.subject for one in group), group[0].assessment) for group in found.values()
    ]


def subjects() -> list[Subject]:
    """Every massage type, then every mechanism that is no type's own, such as heat."""
    mechanisms = types.mechanisms()
    entries = types.types()
    own = {type_.mechanism_id for type_ in entries}
    beside = browse.Shelves().types_beside
    kinds = [
        Subject("type", type_.id, type_.label, tuple(types.mechanisms_of_type(type_, beside)))
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
