"""The facets of a listing from fragments: mostly one format a facet, filled with its counts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from markupsafe import Markup

from reviews_app.browse.facets import Facet, Option
from reviews_app.browse.options import FacetResult
from reviews_app.browse.steps import Steps
from reviews_app.web.fragments import MARK, Fragments, cut, filled, macros
from reviews_app.web.listing_parts import PANEL
from reviews_app.web.narrowing import as_html

BEFORE, AFTER = "\x1d", "\x1e"
"""In a format: what stands in every address before the value of an option, and after it."""

MOST_FORMATS = 500
"""Formats of a facet that one process keeps, of some three kilobytes each."""

ByValue = dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Pieces:
    """Every option of a facet, by value, as each macro for options gives it, cut."""

    link: ByValue
    chosen: ByValue
    still: ByValue
    box: ByValue
    ticked: ByValue


class KeptPanel:
    """What can be chosen in one listing. ticked: the facets whose options are boxes."""

    def __init__(self, kept: Fragments, steps: Steps, ticked: Collection[str]) -> None:
        self._kept = kept
        self._steps = steps
        self._ticked = ticked

    def html(self, facets: Iterable[FacetResult]) -> Markup:
        """As `facet_panel` gives it."""
        return Markup("".join(map(self._facet, facets)))  # noqa: S704

    def _facet(self, facet: FacetResult) -> str:
        if facet.name in self._ticked:
            return self._framed(facet, self._with_boxes(facet))
        if facet.chosen or not facet.has_room:
            return self._framed(facet, self._links(facet, facet.listed))
        before, after = as_html(self._steps.gaps[facet.name].filled(MARK)).split(MARK)
        whole = self._format(facet) % facet.counts
        return whole.replace(BEFORE, before).replace(AFTER, after)

    def _format(self, facet: FacetResult) -> str:
        """The whole facet with nothing chosen in it, and `%(value)d` for the counts above zero.

        Which these are says which format it is.
        """
        kept = self._kept.some(f"facet {facet.name}", MOST_FORMATS)
        key = tuple(facet.counts)
        found: str | None = kept.get(key)
        if found is None:
            found = self._framed(facet, self._free(facet), literal=_literal)
            kept.keep(key, found)
        return found

    def _free(self, facet: FacetResult) -> str:
        pieces = self._pieces(facet.facet)
        options = []
        for value in (option.value for option in facet.listed):
            if value in facet.counts:
                spelled = f"{BEFORE}{_literal(facet.facet.spelled[value])}{AFTER}"
                link = tuple(map(_literal, pieces.link[value]))
                options.append(filled(link, [spelled, f"%({value})d"]))
            else:
                options.append(_literal(filled(pieces.still[value], ["0"])))
        frame = tuple(map(_literal, self._cut("option_list", 1)))
        return filled(frame, ["".join(options)])

    def _links(self, facet: FacetResult, options: Iterable[Option]) -> str:
        """Links where some options are chosen, or none can be any more."""
        pieces, counts, chosen = self._pieces(facet.facet), facet.counts, facet.chosen
        links = []
        for value in (option.value for option in options):
            count = counts.get(value, 0)
            if value in chosen or (count and facet.has_room):
                first, middle, last = (pieces.chosen if value in chosen else pieces.link)[value]
                href = as_html(self._steps.toggled(facet.facet, value))
                links.append(f"{first}{href}{middle}{count}{last}")
            else:
                first, last = pieces.still[value]
                links.append(f"{first}{count}{last}")
        return filled(self._cut("option_list", 1), ["".join(links)])

    def _with_boxes(self, facet: FacetResult) -> str:
        """Boxes; of an open facet links to the largest, then boxes for all."""
        if facet.closed:
            return self._boxes(facet, facet.listed)
        most: int = self._kept.once("most", lambda: macros(PANEL).MOST)
        number, boxes = str(len(facet.alphabetical)), self._boxes(facet, facet.alphabetical)
        every = filled(self._cut("all_boxes", 2), [number, boxes])
        return self._links(facet, facet.listed[:most]) + every

    def _boxes(self, facet: FacetResult, options: Iterable[Option]) -> str:
        pieces, counts, chosen = self._pieces(facet.facet), facet.counts, facet.chosen
        boxes = []
        for value in (option.value for option in options):
            count = counts.get(value, 0)
            kind = pieces.ticked if value in chosen else pieces.box if count else pieces.still
            first, last = kind[value]
            boxes.append(f"{first}{count}{last}")
        return filled(self._cut("box_list", 1), ["".join(boxes)])

    def _framed(self, facet: FacetResult, options: str, literal: Callable[[str], str] = str) -> str:
        cleared = MARK if facet.chosen else None
        pieces = self._kept.once(
            ("frame", facet.name, cleared),
            lambda: cut(macros(PANEL).frame(facet.facet, MARK, cleared=cleared)),
        )
        if not facet.chosen:
            return filled(tuple(map(literal, pieces)), [options])
        gap = self._steps.gaps[facet.name]
        return filled(pieces, [as_html(gap.filled("")), options])

    def _pieces(self, facet: Facet) -> Pieces:
        return self._kept.once(("options", facet.name), lambda: _pieces(facet))

    def _cut(self, macro: str, marks: int) -> tuple[str, ...]:
        return self._kept.once(macro, lambda: cut(macros(PANEL).__dict__[macro](*[MARK] * marks)))


def _pieces(facet: Facet) -> Pieces:
    of, name = macros(PANEL), facet.name
    options = [(one.value, one.label) for one in facet.options]
    return Pieces(
        link={value: cut(of.option_link(label, MARK, MARK, False)) for value, label in options},
        chosen={value: cut(of.option_link(label, MARK, MARK, True)) for value, label in options},
        still={value: cut(of.option_still(label, MARK)) for value, label in options},
        box={v: cut(of.option_box(name, v, label, MARK, False)) for v, label in options},
        ticked={v: cut(of.option_box(name, v, label, MARK, True)) for v, label in options},
    )


def _literal(text: str) -> str:
    """A text as it stands in a format."""
    return text.replace("%", "%%")
