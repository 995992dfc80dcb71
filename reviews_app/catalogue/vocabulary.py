"""The words machines are described in: massage types, mechanisms, areas, forms, attributes."""

from __future__ import annotations

import enum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from reviews_app.db import Base

NOT_STATED = "unknown"
"""The option of a facet that stands for "nobody has stated it"; never stored, always counted."""

NOT_APPLICABLE = "na"
"""The option of a facet for machines the attribute cannot apply to; derived from their form."""


class Kind(enum.StrEnum):
    """What an attribute's value looks like, in seed files and in `Fact.value`.

    yes_no: a boolean. number: one number, or a list of them where the machine has several
    settings (stored as the span they cover). choice: one option. choices: a list of options;
    free text where the attribute declares no options. dimensions: one to three lengths.
    """

    YES_NO = "yes_no"
    NUMBER = "number"
    CHOICE = "choice"
    CHOICES = "choices"
    DIMENSIONS = "dimensions"


class Filter(enum.StrEnum):
    """How a reader may narrow the listing by an attribute."""

    NONE = "none"
    OPTIONS = "options"
    RANGE = "range"
    FIT = "fit"


class Audience(enum.StrEnum):
    """Whom a machine is for, as `product.md` §1 defines it."""

    CONSUMER = "consumer"
    SUPERVISED = "supervised"
    GENERAL = "general"

    @property
    def label(self) -> str:
        """What a reader is told of it."""
        return _AUDIENCE_LABELS[self]


_AUDIENCE_LABELS = {
    Audience.CONSUMER: "For use at home",
    Audience.SUPERVISED: "On prescription or under care",
    Audience.GENERAL: "For the whole body, also used on legs",
}


class Mechanism(Base):
    """What evidence and contraindications attach to: how a machine acts on the leg."""

    __tablename__ = "mechanism"

    id: Mapped[str] = mapped_column(primary_key=True)
    label: Mapped[str]
    explanation: Mapped[str]
    position: Mapped[int]


class MassageType(Base):
    """What a reader would call the massage; `mechanism_id` is None where it adds none.

    `rule` says in words when a machine gets the type. `assigned_when` holds the clauses that the
    importer applies, any of which is enough; empty for types an editor sets. `words` are looked
    for in a machine's sources, to cite one that supports the type.
    """

    __tablename__ = "massage_type"

    id: Mapped[str] = mapped_column(primary_key=True)
    label: Mapped[str]
    summary: Mapped[str]
    rule: Mapped[str]
    assigned_when: Mapped[list[dict[str, Any]]] = mapped_column(sa.JSON)
    words: Mapped[list[str]] = mapped_column(sa.JSON)
    mechanism_id: Mapped[str | None] = mapped_column(sa.ForeignKey("mechanism.id"))
    position: Mapped[int]


class Area(Base):
    """A part of the leg, foot to glutes."""

    __tablename__ = "area"

    id: Mapped[str] = mapped_column(primary_key=True)
    label: Mapped[str]
    words: Mapped[list[str]] = mapped_column(sa.JSON)
    position: Mapped[int]


class Form(Base):
    """The shape a machine comes in: boots, wraps, massage gun."""

    __tablename__ = "form"

    id: Mapped[str] = mapped_column(primary_key=True)
    label: Mapped[str]
    plural: Mapped[str]
    explanation: Mapped[str]
    position: Mapped[int]


class Attribute(Base):
    """Something that can be known of a machine, declared once in `seed_data/attributes.toml`.

    `forms` lists the forms it can apply to; empty means all. `options` lists
    `{"id": …, "label": …}` for closed choices. `better` is "higher", "lower" or "" (neither).
    `fit` and `fit_bound` name the part measured and the limit stated ("calf", "max").
    `on_card` marks what a listing card shows when known, in order of position.
    """

    __tablename__ = "attribute"

    id: Mapped[str] = mapped_column(primary_key=True)
    label: Mapped[str]
    explanation: Mapped[str]
    kind: Mapped[str]
    unit: Mapped[str | None]
    group: Mapped[str]
    better: Mapped[str]
    filter: Mapped[str]
    forms: Mapped[list[str]] = mapped_column(sa.JSON)
    options: Mapped[list[dict[str, str]]] = mapped_column(sa.JSON)
    fit: Mapped[str | None]
    fit_bound: Mapped[str | None]
    on_card: Mapped[bool]
    position: Mapped[int]

    def applies_to(self, form_id: str) -> bool:
        """Whether a machine of this form can have the attribute at all."""
        return not self.forms or form_id in self.forms


class AttributeExclusion(Base):
    """A form an attribute cannot apply to: `Attribute.forms` turned round, for SQL to join."""

    __tablename__ = "attribute_exclusion"

    attribute_id: Mapped[str] = mapped_column(sa.ForeignKey("attribute.id"), primary_key=True)
    form_id: Mapped[str] = mapped_column(sa.ForeignKey("form.id"), primary_key=True)
