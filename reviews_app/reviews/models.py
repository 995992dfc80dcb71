"""A desk review as it is stored: one a product, its texts as they were written."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from reviews_app.catalogue.products import Product
from reviews_app.db import Base


class DeskReview(Base):
    """Our review of one product. Dates are ISO.

    The texts hold tokens such as {battery_h} and links such as [words](claim:doms), which become
    the current value and an address when they are read (`pieces.py`). `good` and `less_good` hold
    statements with what backs them; `alternatives` hold a slug and why.
    """

    __tablename__ = "desk_review"

    product_id: Mapped[int] = mapped_column(sa.ForeignKey("product.id"), primary_key=True)
    verdict: Mapped[str]
    summary: Mapped[str]
    good: Mapped[list[dict[str, Any]]] = mapped_column(sa.JSON)
    less_good: Mapped[list[dict[str, Any]]] = mapped_column(sa.JSON)
    best_for: Mapped[list[str]] = mapped_column(sa.JSON)
    not_for: Mapped[list[str]] = mapped_column(sa.JSON)
    unknown: Mapped[list[str]] = mapped_column(sa.JSON)
    alternatives: Mapped[list[dict[str, str]]] = mapped_column(sa.JSON)
    body: Mapped[str]
    written_on: Mapped[str]
    checked_on: Mapped[str]
    method: Mapped[str]
    by: Mapped[str]

    product: Mapped[Product] = relationship()
