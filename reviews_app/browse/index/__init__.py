"""The catalogue in memory as columns and bitmaps: answers a Selection as SQL does, at scale."""

from reviews_app.browse.index.holding import Index
from reviews_app.browse.index.snapshot import Snapshot

__all__ = ["Index", "Snapshot"]
