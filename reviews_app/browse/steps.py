"""Spells the addresses one step from a Selection without making a Selection for each.

A listing links to some three hundred: they differ in one place, so the rest is spelled once. Each
is what `Selection.toggled`, `with_page` or `with_set_aside` would be spelled as.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from reviews_app.browse.facets import Facet
from reviews_app.browse.given import SET_ASIDE
from reviews_app.browse.selection import Selection


@dataclass(frozen=True)
class Gap:
    """A place in a query string, with what stands before it and after it."""

    before: str
    after: str

    def filled(self, middle: str) -> str:
        """The whole, with `middle` in its place; nothing is in it where that is empty."""
        if not middle:
            return "&".join(part for part in (self.before, self.after) if part)
        head, tail = self._ends
        return f"{head}{middle}{tail}"

    @cached_property
    def _ends(self) -> tuple[str, str]:
        return (self.before and f"{self.before}&"), (self.after and f"&{self.after}")


class Steps:
    """The query strings around one Selection."""

    def __init__(self, selection: Selection) -> None:
        self.selection = selection

    def toggled(self, facet: Facet, value: str) -> str:
        """With the value chosen if it was not, without it if it was; on the first page."""
        chosen = self._chosen.get(facet.name, ())
        if not chosen:
            return self.gaps[facet.name].filled(facet.spelled[value])
        values = sorted({*chosen} ^ {value})
        return self.gaps[facet.name].filled("&".join(facet.spelled[one] for one in values))

    @cached_property
    def gaps(self) -> dict[str, Gap]:
        """Where the values of each facet stand, whether it has any or not; on the first page."""
        vocabulary = self.selection.vocabulary
        count = sum(len(values) for values in self._chosen.values())
        others = urlencode(self.selection.with_page(1).as_args()[count:])
        before: list[str] = []
        after = [
            "&".join(vocabulary.facet[name].spelled[value] for value in values)
            for name, values in self._chosen.items()
        ]
        found, gap = {}, _gap(before, after, others)
        for name in vocabulary.facet:
            if name in self._chosen:
                own = after.pop(0)
                found[name] = _gap(before, after, others)
                before.append(own)
                gap = _gap(before, after, others)
            else:
                found[name] = gap
        return found

    def page(self, number: int) -> str:
        """The same choice, another page of it."""
        whole = self.selection.query
        if self.selection.page > 1:
            whole = whole.removesuffix(f"page={self.selection.page}").removesuffix("&")
        return "&".join(part for part in (whole, f"page={number}" if number > 1 else "") if part)

    @cached_property
    def aside(self) -> Gap:
        """Where one more machine to be set aside stands; on the same page."""
        args = self.selection.as_args()
        last = sum(name in {"sort", "page"} for name, _ in args)
        return Gap(urlencode(args[: len(args) - last]), urlencode(args[len(args) - last :]))

    @cached_property
    def _chosen(self) -> dict[str, tuple[str, ...]]:
        return dict(self.selection.values)


def aside(slug: str) -> str:
    """One machine to be set aside as an address has it."""
    return urlencode([(SET_ASIDE, slug)])


def _gap(before: list[str], after: list[str], others: str) -> Gap:
    return Gap("&".join(before), "&".join([*after, *([others] if others else [])]))
