"""Knows the machines that a reader set aside in the listing, to compare them later."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from reviews_app.browse import Selection
from reviews_app.browse.choices import MOST_SET_ASIDE, MOST_VALUES
from reviews_app.catalogue import directory
from reviews_app.compare import Lineup
from reviews_app.errors import shortened
from reviews_app.web import comparisons, narrowing


@dataclass(frozen=True)
class Tray:
    """What is set aside, each with its name, and the addresses that add to it and take from it."""

    selection: Selection
    machines: tuple[tuple[str, str], ...]

    @property
    def slugs(self) -> tuple[str, ...]:
        """The machines in it, in the order chosen."""
        return self.selection.set_aside

    @cached_property
    def has_room(self) -> bool:
        """Whether one more can be set aside."""
        return len(self.slugs) < MOST_SET_ASIDE and self.selection.size < MOST_VALUES

    @cached_property
    def is_ticked(self) -> bool:
        """Whether cards have a box of the form, since links would repeat a long address."""
        return narrowing.is_long(self.selection)

    @property
    def compare_path(self) -> str:
        """Where its machines stand side by side, for the leg and the weights of the listing."""
        sizes = tuple((part, size) for part, size in self.selection.measures)
        return comparisons.address(Lineup(self.slugs, sizes, self.selection.weights))

    def path_with(self, slug: str) -> str:
        """The same listing with the machine set aside too."""
        return narrowing.address(self.selection.with_set_aside((*self.slugs, slug)))

    def path_without(self, slug: str) -> str:
        """The same listing with the machine no longer set aside."""
        rest = (one for one in self.slugs if one != slug)
        return narrowing.address(self.selection.with_set_aside(rest))


def tray_of(selection: Selection) -> Tray:
    """The tray of a listing; one statement where there is anything in it."""
    slugs = selection.set_aside
    names = directory.product_names(slugs) if slugs else {}
    return Tray(selection, tuple((slug, names.get(slug, shortened(slug))) for slug in slugs))
