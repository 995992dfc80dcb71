"""Knows every rule for what is kept about a person: those of all features, in their order."""

from __future__ import annotations

from reviews_app import outbox
from reviews_app.accounts import leaving
from reviews_app.reviews.readers import leaving as reviews

RULES = (*outbox.RULES, *reviews.RULES, *leaving.RULES)
