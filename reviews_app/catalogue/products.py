"""What machines are: products, their facts with sources, and what is on record about them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from reviews_app.catalogue.sources import Source
from reviews_app.catalogue.vocabulary import Area, Attribute, Form, MassageType
from reviews_app.db import Base

if TYPE_CHECKING:  # scores read machines and must not reach prices (`pyproject.toml`)
    from reviews_app.catalogue.price_observations import PriceObservation


class Brand(Base):
    """Who makes a machine; the id is the slug of the name."""

    __tablename__ = "brand"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]


class BrandAlias(Base):
    """Another name readers look for a brand by, why it is one, and who says so.

    It holds for every machine of the brand. The id is that of the brand and the slug of the name.
    """

    __tablename__ = "brand_alias"

    id: Mapped[str] = mapped_column(primary_key=True)
    brand_id: Mapped[str] = mapped_column(sa.ForeignKey("brand.id"), index=True)
    name: Mapped[str]
    because: Mapped[str]
    source_id: Mapped[str] = mapped_column(sa.ForeignKey("source.id"))
    position: Mapped[int]


class Product(Base):
    """A model of massager. `brand` is None where no source names the maker.

    `audience_because` gives the reason for `audience`. A product with `retired_at` has left the
    catalogue: it is in no listing, and its page says that it is gone.
    """

    __tablename__ = "product"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    brand_id: Mapped[str | None] = mapped_column(sa.ForeignKey("brand.id"), index=True)
    name: Mapped[str]
    model: Mapped[str | None]
    manufacturer_url: Mapped[str | None]
    form_id: Mapped[str] = mapped_column(sa.ForeignKey("form.id"), index=True)
    audience: Mapped[str]
    audience_because: Mapped[str]
    retired_at: Mapped[dt.datetime | None]

    brand: Mapped[Brand | None] = relationship()
    form: Mapped[Form] = relationship()
    types: Mapped[list[ProductType]] = relationship(order_by="ProductType.position")
    areas: Mapped[list[ProductArea]] = relationship(order_by="ProductArea.position")
    facts: Mapped[list[Fact]] = relationship(order_by="Fact.position")
    prices: Mapped[list[PriceObservation]] = relationship(order_by="PriceObservation.position")
    ratings: Mapped[list[RatingElsewhere]] = relationship(order_by="RatingElsewhere.position")
    records: Mapped[list[RegulatoryRecord]] = relationship(order_by="RegulatoryRecord.position")
    warnings: Mapped[list[MakerWarning]] = relationship(order_by="MakerWarning.position")
    recalls: Mapped[list[Recall]] = relationship(order_by="Recall.position")


class ProductType(Base):
    """One massage type of a product: set by an editor or by the type's rule, and because of what.

    `source_id` cites a source of this product that supports it; None where none was found.
    """

    __tablename__ = "product_type"

    product_id: Mapped[int] = mapped_column(sa.ForeignKey("product.id"), primary_key=True)
    type_id: Mapped[str] = mapped_column(
        sa.ForeignKey("massage_type.id"), primary_key=True, index=True
    )
    assigned_by: Mapped[str]
    because: Mapped[str]
    source_id: Mapped[str | None] = mapped_column(sa.ForeignKey("source.id"))
    position: Mapped[int]

    type: Mapped[MassageType] = relationship()
    source: Mapped[Source | None] = relationship()


class ProductArea(Base):
    """One part of the leg a product works on, with a source that supports it where we found one."""

    __tablename__ = "product_area"

    product_id: Mapped[int] = mapped_column(sa.ForeignKey("product.id"), primary_key=True)
    area_id: Mapped[str] = mapped_column(sa.ForeignKey("area.id"), primary_key=True, index=True)
    source_id: Mapped[str | None] = mapped_column(sa.ForeignKey("source.id"))
    position: Mapped[int]

    area: Mapped[Area] = relationship()
    source: Mapped[Source | None] = relationship()


class ProductMechanism(Base):
    """How a product acts, worked out at import: mechanisms of its types, and heat if it has it."""

    __tablename__ = "product_mechanism"

    product_id: Mapped[int] = mapped_column(sa.ForeignKey("product.id"), primary_key=True)
    mechanism_id: Mapped[str] = mapped_column(
        sa.ForeignKey("mechanism.id"), primary_key=True, index=True
    )


class Fact(Base):
    """One attribute of one product as one source states it (`docs/adr/0002`).

    `value` is as written in the seed file. `number_low` and `number_high` span a number (equal for
    a single one). Of several facts on one attribute exactly one is `accepted`, and `because` says
    why; facts that lost keep their place and are shown.
    """

    __tablename__ = "fact"
    __table_args__ = (
        sa.Index("ix_fact_attribute_accepted", "attribute_id", "accepted", "product_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    product_id: Mapped[int] = mapped_column(sa.ForeignKey("product.id"), index=True)
    attribute_id: Mapped[str] = mapped_column(sa.ForeignKey("attribute.id"))
    value: Mapped[Any] = mapped_column(sa.JSON)
    number_low: Mapped[float | None]
    number_high: Mapped[float | None]
    source_id: Mapped[str] = mapped_column(sa.ForeignKey("source.id"), index=True)
    note: Mapped[str | None]
    weak: Mapped[bool]
    preferred: Mapped[str | None]
    accepted: Mapped[bool]
    because: Mapped[str]
    position: Mapped[int]

    attribute: Mapped[Attribute] = relationship()
    source: Mapped[Source] = relationship()
    options: Mapped[list[FactOption]] = relationship()


class FactOption(Base):
    """One option a fact states: "yes" or "no", or the id of a declared choice."""

    __tablename__ = "fact_option"

    fact_id: Mapped[int] = mapped_column(sa.ForeignKey("fact.id"), primary_key=True)
    option: Mapped[str] = mapped_column(primary_key=True)


class RatingElsewhere(Base):
    """A rating shown on somebody else's site: quoted with its month, never averaged with ours."""

    __tablename__ = "rating_elsewhere"

    id: Mapped[int] = mapped_column(primary_key=True)
    product_id: Mapped[int] = mapped_column(sa.ForeignKey("product.id"), index=True)
    publisher: Mapped[str]
    value: Mapped[float]
    scale: Mapped[float]
    count: Mapped[int]
    as_of: Mapped[str | None]
    source_id: Mapped[str] = mapped_column(sa.ForeignKey("source.id"), index=True)
    position: Mapped[int]

    source: Mapped[Source] = relationship()


class RegulatoryRecord(Base):
    """What a regulator or scheme has on record about a product, in the words of the source."""

    __tablename__ = "regulatory_record"

    id: Mapped[int] = mapped_column(primary_key=True)
    product_id: Mapped[int] = mapped_column(sa.ForeignKey("product.id"), index=True)
    kind: Mapped[str]
    detail: Mapped[str]
    source_id: Mapped[str] = mapped_column(sa.ForeignKey("source.id"), index=True)
    position: Mapped[int]

    source: Mapped[Source] = relationship()


class MakerWarning(Base):
    """A warning the maker or manual gives about a product."""

    __tablename__ = "warning"

    id: Mapped[int] = mapped_column(primary_key=True)
    product_id: Mapped[int] = mapped_column(sa.ForeignKey("product.id"), index=True)
    text: Mapped[str]
    source_id: Mapped[str] = mapped_column(sa.ForeignKey("source.id"), index=True)
    position: Mapped[int]

    source: Mapped[Source] = relationship()


class Recall(Base):
    """A notice by a regulator or maker on a product. Open until `closed_on`, an ISO date.

    `models` are those the notice names, as it spells them; `units` tells which of them to look
    for, None where every unit is recalled. `confirmed` is an editor's reason why the notice means
    this product, None where it names the model or the product exactly.
    """

    __tablename__ = "recall"

    id: Mapped[int] = mapped_column(primary_key=True)
    product_id: Mapped[int] = mapped_column(sa.ForeignKey("product.id"), index=True)
    regulator: Mapped[str]
    notice_number: Mapped[str]
    hazard: Mapped[str]
    models: Mapped[list[str]] = mapped_column(sa.JSON)
    units: Mapped[str | None]
    remedy: Mapped[str]
    issued_on: Mapped[str | None]
    checked_on: Mapped[str]
    closed_on: Mapped[str | None]
    confirmed: Mapped[str | None]
    source_id: Mapped[str] = mapped_column(sa.ForeignKey("source.id"), index=True)
    position: Mapped[int]

    source: Mapped[Source] = relationship()


class Revision(Base):
    """One row, raised in the transaction of every change, so that readers know what they saw."""

    __tablename__ = "revision"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
