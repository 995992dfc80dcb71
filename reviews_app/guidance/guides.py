"""The articles as a reader gets them: parts in order, contents, minutes, and what they rest on."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from reviews_app.catalogue.sources import Source
from reviews_app.db import db
from reviews_app.errors import NotFound
from reviews_app.guidance.claims import ClaimSheet, claim_sheets
from reviews_app.guidance.markdown import (
    ClaimBlock,
    Heading,
    Html,
    Link,
    contents,
    parts,
    reading_minutes,
)
from reviews_app.guidance.models import Guide, GuideLink, Study
from reviews_app.guidance.references import Reference, distinct


@dataclass(frozen=True)
class ReadingGuide:
    """An article ready to print: safe HTML and claim sheets in order, and its references."""

    guide: Guide
    parts: tuple[Html | ClaimBlock, ...]
    claims: dict[str, ClaimSheet]
    contents: tuple[Heading, ...]
    minutes: int
    references: tuple[Reference, ...]


def guides(kind: str = "guide") -> list[Guide]:
    """Every article of a kind, in order."""
    return list(
        db.session.scalars(
            sa.select(Guide).where(Guide.kind == kind).order_by(Guide.position, Guide.slug)
        )
    )


def get_guide(slug: str, link: Link) -> ReadingGuide:
    """The guide with its links made by `link`. Raises NotFound."""
    guide = find_guide("guide", slug, link)
    if guide is None:
        raise NotFound(f"We have no guide called “{slug}”.", parameter="guide", value=slug)
    return guide


def find_guide(kind: str, slug: str, link: Link) -> ReadingGuide | None:
    """The article of that kind (see `Guide`), or None."""
    guide = db.session.get(Guide, (kind, slug))
    if guide is None:
        return None
    read = tuple(parts(guide.body, link))
    claims = claim_sheets([part.claim_id for part in read if isinstance(part, ClaimBlock)])
    in_claims = (one for sheet in claims.values() for one in sheet.references)
    return ReadingGuide(
        guide,
        read,
        claims,
        tuple(contents(guide.body)),
        reading_minutes(guide.body),
        distinct((*_linked_sources(kind, slug), *in_claims)),
    )


def _linked_sources(kind: str, slug: str) -> tuple[Reference, ...]:
    rows = db.session.execute(
        sa.select(Source, Study)
        .join(GuideLink, GuideLink.target_id == Source.id)
        .outerjoin(Study, Study.source_id == Source.id)
        .where(
            GuideLink.guide_kind == kind,
            GuideLink.guide_slug == slug,
            GuideLink.target_kind == "source",
        )
        .order_by(Source.position)
    )
    return tuple(Reference(*row) for row in rows)
