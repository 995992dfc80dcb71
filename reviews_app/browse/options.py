"""A facet in an answer: its options with their counts, and where choosing one leads.

Options are put together when asked for: who prints them from kept pieces needs only the counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from reviews_app.browse.choices import MOST_VALUES, MOST_VALUES_OF_A_FACET
from reviews_app.browse.facets import Facet, FacetKind, Option
from reviews_app.browse.selection import Selection
from reviews_app.catalogue.vocabulary import NOT_STATED


@dataclass(frozen=True)
class OptionResult:
    """An option with how many machines of the context have it (rules 2 and 3).

    followable: whether `toggled` leads anywhere worth going: not from zero, not past ten values.
    """

    value: str
    label: str
    count: int
    selected: bool
    followable: bool
    selection: Selection
    facet: str

    @property
    def toggled(self) -> Selection:
        """The Selection with this option chosen if it was not, without it if it was."""
        return self.selection.toggled(self.facet, self.value)


@dataclass(frozen=True)
class FacetResult:
    """A facet with the counts of its options, those at zero left out."""

    facet: Facet
    selection: Selection
    counts: Mapping[str, int]

    @property
    def name(self) -> str:
        """Its parameter."""
        return self.facet.name

    @property
    def label(self) -> str:
        """What it asks, for a heading."""
        return self.facet.label

    @property
    def explanation(self) -> str:
        """What it asks, in a sentence."""
        return self.facet.explanation

    @property
    def kind(self) -> FacetKind:
        """Whether a machine has one of the options or many."""
        return self.facet.kind

    @property
    def group(self) -> str:
        """The group it stands in."""
        return self.facet.group

    @property
    def closed(self) -> bool:
        """Whether the options are few and all listed."""
        return self.facet.closed

    @cached_property
    def chosen(self) -> tuple[str, ...]:
        """The values chosen in it."""
        return self.selection.chosen(self.facet.name)

    @cached_property
    def has_room(self) -> bool:
        """Whether one more of its values can be chosen (rule 11)."""
        room = len(self.chosen) < MOST_VALUES_OF_A_FACET
        return room and self.selection.size < MOST_VALUES

    @property
    def cleared(self) -> Selection:
        """The Selection without it."""
        return self.selection.without(self.facet.name)

    @cached_property
    def options(self) -> tuple[OptionResult, ...]:
        """All options; of an open facet those listed, in their order."""
        return tuple(self._result(option) for option in self.listed)

    @property
    def by_label(self) -> tuple[OptionResult, ...]:
        """The same options by label."""
        return tuple(self._result(option) for option in self.alphabetical)

    @cached_property
    def listed(self) -> tuple[Option, ...]:
        """The options to be shown: all of a closed facet; of an open one those not at zero.

        These stand chosen first, then largest first, not stated at the end (rule 5).
        """
        if self.closed:
            return self.facet.options
        counts, chosen = self.counts, self.chosen

        def place(option: Option) -> tuple[bool, bool, int]:
            value = option.value
            return value not in chosen, value == NOT_STATED, -counts.get(value, 0)

        return tuple(sorted(self.alphabetical, key=place))

    @cached_property
    def alphabetical(self) -> tuple[Option, ...]:
        """What is listed, by label."""
        if self.closed:
            return self.facet.alphabetical
        counts, chosen = self.counts, self.chosen
        return tuple(
            [
                option
                for option in self.facet.alphabetical
                if option.value in counts or option.value in chosen
            ]
        )

    def _result(self, option: Option) -> OptionResult:
        count, selected = self.counts.get(option.value, 0), option.value in self.chosen
        return OptionResult(
            value=option.value,
            label=option.label,
            count=count,
            selected=selected,
            followable=selected or (count > 0 and self.has_room),
            selection=self.selection,
            facet=self.facet.name,
        )
