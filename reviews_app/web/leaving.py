"""Knows every rule for what is kept about a person: those of all features, in their order."""

from __future__ import annotations

from reviews_app import outbox
from reviews_app.accounts import leaving

RULES = (*outbox.RULES, *leaving.RULES)
