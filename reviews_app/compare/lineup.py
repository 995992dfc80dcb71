"""One frozen value for what a reader set side by side, that survives the trip to the address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from reviews_app.catalogue.measures import OF_SIZES, PARTS, NotUsable, Size, read_size
from reviews_app.compare.problems import BadLineup
from reviews_app.errors import Problem, malformed, shortened
from reviews_app.scores.weights import Weights

MOST = 5
"""Machines side by side (`product.md` §7); more cannot be read."""

MACHINE, DIFFERENCES = "p", "diff"
ON = "1"


@dataclass(frozen=True)
class Lineup:
    """Machines in the order chosen, the sizes of a leg by part, and whether to show differences.

    weights: of the parts of the score, None where nothing is scored.
    """

    slugs: tuple[str, ...] = ()
    sizes: tuple[tuple[str, Size], ...] = ()
    weights: Weights | None = None
    only_differences: bool = False

    @classmethod
    def from_args(cls, args: Iterable[tuple[str, str]], published: Weights | None = None) -> Lineup:
        """The Lineup that decoded query parameters spell, `published` being the score's weights.

        Machines named twice count once; unknown names and empty values are left out, as a plain
        form sends them. Raises BadLineup naming every value that cannot be answered.
        """
        given: dict[str, list[str]] = {}
        args = list(args)
        for name, value in args:
            stripped = value.strip()
            if stripped and stripped not in given.setdefault(name, []):
                given[name].append(stripped)
        problems: list[Problem] = []
        sizes = [(part, _size(part, given, problems)) for part in PARTS]
        weights, misfits = published.read(args) if published else (None, [])
        problems += misfits
        lineup = cls(
            slugs=_slugs(given.get(MACHINE, []), problems),
            sizes=tuple((part, size) for part, size in sizes if size is not None),
            weights=weights,
            only_differences=_differences(given.get(DIFFERENCES, []), problems),
        )
        if problems:
            raise BadLineup(problems, lineup)
        return lineup

    def as_args(self) -> list[tuple[str, str]]:
        """The one way to spell this Lineup in an address; inverse of `from_args`."""
        return [
            *((MACHINE, slug) for slug in self.slugs),
            *((part, str(size)) for part, size in self.sizes),
            *(self.weights.as_args() if self.weights else ()),
            *([(DIFFERENCES, ON)] if self.only_differences else []),
        ]

    @property
    def rest_of_args(self) -> list[tuple[str, str]]:
        """The address without the weights, for a form that asks for them."""
        return replace(self, weights=None).as_args()

    @property
    def has_own_weights(self) -> bool:
        """Whether the parts of the score count as the reader says, not as the method does."""
        return self.weights is not None and not self.weights.is_own

    @property
    def is_full(self) -> bool:
        """Whether no further machine can stand beside these."""
        return len(self.slugs) >= MOST

    def size_of(self, part: str) -> Size | None:
        """The size of that part of the leg, where one is set."""
        return dict(self.sizes).get(part)

    def added(self, slug: str) -> Lineup:
        """With one more machine, at the end."""
        return self.of((*self.slugs, slug))

    def without(self, *slugs: str) -> Lineup:
        """Without these machines."""
        return self.of(slug for slug in self.slugs if slug not in slugs)

    def replaced(self, slug: str, other: str) -> Lineup:
        """With another machine in the place of one."""
        return self.of(other if one == slug else one for one in self.slugs)

    def moved(self, slug: str, places: int) -> Lineup:
        """With a machine so many places to the right, to the left where negative."""
        slugs = [one for one in self.slugs if one != slug]
        slugs.insert(max(self.slugs.index(slug) + places, 0), slug)
        return self.of(slugs)

    def of(self, slugs: Iterable[str]) -> Lineup:
        """The same question about these machines."""
        return replace(self, slugs=tuple(dict.fromkeys(slugs)))

    def with_published_weights(self) -> Lineup:
        """With the parts of the score counting as the method says."""
        return replace(self, weights=self.weights.published if self.weights else None)

    def showing(self, *, only_differences: bool) -> Lineup:
        """With the rows that are the same left out, or let in again."""
        return replace(self, only_differences=only_differences)


def _slugs(values: Sequence[str], problems: list[Problem]) -> tuple[str, ...]:
    if len(values) > MOST:
        message = f"{len(values)} machines are more than the {MOST} that can stand side by side."
        problems.append(malformed(MACHINE, str(len(values)), message, "too_many_machines"))
    return tuple(values)


def _size(part: str, given: Mapping[str, Sequence[str]], problems: list[Problem]) -> Size | None:
    """In the unit behind it, or else in the one chosen beside the field."""
    before = len(problems)
    unit = _single(f"{part}_unit", given.get(f"{part}_unit", []), problems)
    text = _single(part, given.get(part, []), problems)
    if unit not in (None, *OF_SIZES):
        message = f"“{shortened(unit)}”: a size here is in {' or '.join(OF_SIZES)}."
        problems.append(malformed(f"{part}_unit", unit, message, "unknown_unit"))
    if text is None or len(problems) > before:
        return None
    try:
        return read_size(text, unit)
    except NotUsable as error:
        message = f"{PARTS[part][0]} “{shortened(text)}”: {error}."
        problems.append(malformed(part, text, message, "malformed_size"))
        return None


def _differences(values: Sequence[str], problems: list[Problem]) -> bool:
    text = _single(DIFFERENCES, values, problems)
    if text not in (None, ON, "0"):
        message = f"“{shortened(text)}”: the only choice here is 1, for differences only."
        problems.append(malformed(DIFFERENCES, text, message))
    return text == ON


def _single(parameter: str, values: Sequence[str], problems: list[Problem]) -> str | None:
    if len(values) > 1:
        message = f"“{parameter}” is given {len(values)} times and can only be one thing."
        problems.append(malformed(parameter, values[1], message, "repeated"))
        return None
    return values[0] if values else None
