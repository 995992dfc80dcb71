"""What an address gives to be read: values by parameter, and everything that is wrong with them."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from reviews_app.browse.facets import Vocabulary
from reviews_app.browse.problems import Problem, malformed, shortened, unheard_of
from reviews_app.scores.weights import PREFIX

SET_ASIDE = "p"
"""The parameter of a machine to be compared, here and on the page that compares them."""

OTHERS = frozenset(("currency", "q", SET_ASIDE, "sort", "page"))
"""The parameters that no vocabulary names."""


def is_known(name: str, vocabulary: Vocabulary) -> bool:
    """Whether the listing understands a parameter."""
    if name in OTHERS or name in vocabulary.facet or name in vocabulary.fit:
        return True
    if name.startswith(PREFIX):
        weights = vocabulary.weights
        return weights is not None and name.removeprefix(PREFIX) in weights.by_part
    number, _, end = name.rpartition("_")
    return (
        (number in vocabulary.range and end in {"min", "max", "unknown"})
        or (number in vocabulary.fit and end == "unknown")
        or (end == "unit" and bool(vocabulary.units_of(number)))
    )


class Given:
    """The values that are known by name, each once, in the order they came.

    units: those chosen beside the fields of numbers, by the number; they narrow nothing.
    """

    def __init__(self, args: Iterable[tuple[str, str]], vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.problems: list[Problem] = []
        self.given: dict[str, list[str]] = {}
        for name, value in args:
            stripped = value.strip()
            if (
                stripped
                and is_known(name, vocabulary)
                and stripped not in self.given.setdefault(name, [])
            ):
                self.given[name].append(stripped)
        numbers = (*vocabulary.range, *vocabulary.fit)
        self.units = {name: self.given.pop(f"{name}_unit", []) for name in numbers}

    def _one_of(self, name: str, known: Collection[str], message: str, code: str) -> str | None:
        text = self._single(name)
        if text is not None and text not in known:
            self._refuse(unheard_of(name, text, f"“{shortened(text)}”: {message}", code))
            return None
        return text

    def _single(self, parameter: str) -> str | None:
        values = self.given.get(parameter, [])
        if len(values) > 1:
            message = f"“{parameter}” is given {len(values)} times and can only be one thing."
            self._refuse(malformed(parameter, values[1], message, "repeated"))
            return None
        return values[0] if values else None

    def _refuse(self, problem: Problem) -> None:
        self.problems.append(problem)
