"""Who should not use what, how strictly, and which signs want a doctor."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa

from reviews_app.catalogue.remembering import once_a_revision
from reviews_app.catalogue.vocabulary import Mechanism
from reviews_app.db import db
from reviews_app.guidance.models import ACTIONS, SEVERITIES, Contraindication, RedFlag
from reviews_app.guidance.references import Reference, references

ALL = "all"
"""Stands in `Contraindication.applies_to` for every mechanism."""


@dataclass(frozen=True)
class Rule:
    """A contraindication, its sources, and the mechanisms it speaks of (none named means all)."""

    contraindication: Contraindication
    mechanisms: tuple[Mechanism, ...]
    references: tuple[Reference, ...]

    @property
    def applies_to_all(self) -> bool:
        """Whether it holds for every kind of massage."""
        return ALL in self.contraindication.applies_to

    def speaks_of(self, mechanism_ids: Collection[str]) -> bool:
        """Whether it holds for any of these; of a machine with none nothing can be said."""
        wanted = {*mechanism_ids, ALL} if mechanism_ids else set()
        return bool(wanted & set(self.contraindication.applies_to))


@dataclass(frozen=True)
class Flag:
    """A sign that wants a doctor, with its sources."""

    flag: RedFlag
    references: tuple[Reference, ...]


def rules(*, cited: bool = True) -> list[Rule]:
    """Every contraindication, strictest first; without its sources unless `cited`."""
    found = db.session.scalars(sa.select(Contraindication).order_by(Contraindication.position))
    mechanisms = list(db.session.scalars(sa.select(Mechanism).order_by(Mechanism.position)))
    behind = references("contraindication") if cited else {}
    listed = [
        Rule(
            one,
            tuple(mechanism for mechanism in mechanisms if mechanism.id in one.applies_to),
            behind.get((one.id, ""), ()),
        )
        for one in found
    ]
    return sorted(listed, key=lambda rule: SEVERITIES.index(rule.contraindication.severity))


def rules_for(mechanism_ids: Collection[str]) -> list[Rule]:
    """The contraindications that speak of any of the mechanisms, strictest first."""
    return [rule for rule in _cited_rules() if rule.speaks_of(mechanism_ids)]


@once_a_revision
def _cited_rules() -> list[Rule]:
    return rules()


def red_flags() -> list[Flag]:
    """Every red flag, most urgent first."""
    found = db.session.scalars(sa.select(RedFlag).order_by(RedFlag.position))
    cited = references("red_flag")
    flags = [Flag(one, cited.get((one.id, ""), ())) for one in found]
    return sorted(flags, key=lambda flag: ACTIONS.index(flag.flag.action))
