"""Everything a reader can tick: signs that want a doctor, and conditions by group."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from reviews_app.advise.answers import Answers
from reviews_app.advise.looking_up import entries_with
from reviews_app.guidance import queries as guidance
from reviews_app.guidance.models import GROUPS
from reviews_app.guidance.safety import Flag, Rule


@dataclass(frozen=True)
class Group:
    """Conditions a reader looks for under one heading."""

    name: str
    rules: tuple[Rule, ...]


@dataclass(frozen=True)
class Conditions:
    """Red flags, most urgent first, and contraindications, strictest first."""

    flags: tuple[Flag, ...]
    rules: tuple[Rule, ...]

    @cached_property
    def keys(self) -> frozenset[str]:
        """The id of each; no two have the same, since both are anchors of one page."""
        return frozenset(
            [one.flag.id for one in self.flags] + [one.contraindication.id for one in self.rules]
        )

    @property
    def groups(self) -> list[Group]:
        """The contraindications under their headings; a heading without any is left out."""
        found = [
            Group(name, tuple(one for one in self.rules if one.contraindication.group == name))
            for name in GROUPS
        ]
        return [group for group in found if group.rules]

    def ticked(self, answers: Answers) -> Conditions:
        """Those of the answers."""
        return self.only(answers.keys)

    def holding(self, answers: Answers) -> Conditions:
        """Those of the answers, and those that count as well for whoever has them."""
        counts_as = {one.contraindication.id: one.contraindication.counts_as for one in self.rules}
        found: set[str] = set()
        ahead = list(answers.keys)
        while ahead:
            key = ahead.pop()
            if key not in found:
                found.add(key)
                ahead += counts_as.get(key, [])
        return self.only(found)

    def matching(self, words: str) -> Conditions:
        """Those that the words are found in: in their names, headings, signs and search words."""
        return self.only(entries_with(words, self.texts))

    def only(self, keys: Collection[str]) -> Conditions:
        """Those with one of the ids."""
        return Conditions(
            tuple(one for one in self.flags if one.flag.id in keys),
            tuple(one for one in self.rules if one.contraindication.id in keys),
        )

    @property
    def texts(self) -> dict[str, str]:
        """What each is found by, by its id."""
        texts = {one.flag.id: " ".join([one.flag.sign, *one.flag.also]) for one in self.flags}
        for rule in self.rules:
            one = rule.contraindication
            texts[one.id] = " ".join([one.name, one.group, *one.signs, *one.also])
        return texts


def conditions() -> Conditions:
    """All there are, with their sources.

    All of them every time: no question to the database names what a reader ticked, since such a
    question can end in a log.
    """
    return Conditions(tuple(guidance.red_flags()), tuple(guidance.rules()))
