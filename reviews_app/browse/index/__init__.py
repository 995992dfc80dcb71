"""The catalogue in memory as columns and bitmaps: answers a Selection as SQL does, at scale."""
