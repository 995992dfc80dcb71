"""The table of prices, apart from what machines are, so that nothing that scores them sees it."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from reviews_app.catalogue.sources import Source
from reviews_app.db import Base


class PriceObservation(Base):
    """A price somebody saw: hundredths of `currency`, `as_of` an ISO month or None (undated).

    `terms`: "regular"; "sale" for a promotion, outlet or open box; "part" for less than a machine.
    """

    __tablename__ = "price_observation"

    id: Mapped[int] = mapped_column(primary_key=True)
    product_id: Mapped[int] = mapped_column(sa.ForeignKey("product.id"), index=True)
    amount_cents: Mapped[int]
    currency: Mapped[str]
    seller: Mapped[str]
    terms: Mapped[str]
    as_of: Mapped[str | None]
    source_id: Mapped[str] = mapped_column(sa.ForeignKey("source.id"), index=True)
    position: Mapped[int]

    source: Mapped[Source] = relationship()
