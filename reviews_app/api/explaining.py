"""`explain=1`: a program asks why words found each machine. No choice, so no page knows of it."""

from __future__ import annotations

from collections.abc import Iterable

from reviews_app.api.shapes import Json
from reviews_app.browse import Met, Problem
from reviews_app.browse.problems import malformed, shortened

PARAMETER, YES = "explain", "1"


def asks_why(args: Iterable[tuple[str, str]]) -> tuple[bool, list[Problem]]:
    """Whether it is asked for, and what is wrong with how it is; an empty value asks nothing."""
    given = {value.strip() for name, value in args if name == PARAMETER} - {""}
    message = f"The only value of “{PARAMETER}” is {YES}, or it is left out."
    wrong = [
        malformed(PARAMETER, value, f"“{shortened(value)}”: {message}", "unknown_value")
        for value in sorted(given - {YES})
    ]
    return YES in given, wrong


def explained(query: str) -> str:
    """A query string that asks for it too."""
    return "&".join(filter(None, (query, f"{PARAMETER}={YES}")))


def explanation_json(met: Iterable[Met]) -> list[Json]:
    """For each word of the query the word it met, the field that stands in, and how.

    field: brand, name, model, form, type, area, or alias, which is another name of the brand.
    how: exact, stem (another form), alias (an alias, exactly), prefix or typo.
    """
    return [
        {"word": one.asked, "met": one.known, "field": one.field, "how": one.how} for one in met
    ]
