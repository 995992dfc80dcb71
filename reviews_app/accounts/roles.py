"""The roles there are. None holds another: who is to do two things has two."""

from __future__ import annotations

READER = "reader"
MODERATOR = "moderator"
EDITOR = "editor"
ADMIN = "admin"

ROLES = (READER, MODERATOR, EDITOR, ADMIN)
STAFF = frozenset(ROLES) - {READER}
