"""Knows how a feature says which of its rows are about a person, and what becomes of them.

A column that points to an account and has no rule here fails a test: nobody can be asked to trust
a list that somebody has to remember.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Rule:
    """What becomes of the rows of `table` that point to an account by `column`.

    `export` gives the rows of an account as its person may have them, ready for JSON.
    `leave` takes the account out of them; `keep` says that the person wants what they wrote
    to stay, as that of a former member. Neither commits.
    """

    table: str
    column: str
    name: str
    export: Callable[[int], list[dict[str, Any]]]
    leave: Callable[[int, bool], None]
