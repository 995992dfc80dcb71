"""Crowds that are made up: honest people who share addresses and phrases, and rings who pretend.

Everything is drawn from a seed, so that a share that was measured can be measured again.
"""

from __future__ import annotations

import datetime as dt
import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

MAKERS, MACHINES_EACH = 25, 8
YEAR_DAYS = 365

COMMON = """
synthetic leg calf foot knee thigh ankle boots wraps pump hose zip cable charger battery pad
heat warm cold soft firm strong weak gentle quiet loud light heavy small large long short new
old tired sore swollen stiff better worse slow fast easy hard simple clever cheap dear good
bad fine well poorly morning evening night week month winter summer work garden sofa bed
chair desk stairs walk run stand sit sleep wake rest press squeeze roll knead shake hold open
close lift carry fold store clean wash wipe charge plug start stop set read hear feel notice
think find like use wear buy send return wait ask tell help need want try keep give take make
mother father sister brother friend doctor nurse neighbour dog cat the a and but so then with
without after before during under over near far never often always sometimes twice once most
few many more less all none it they we i he she this that these those my our their his her is
was are were has had does did can could will would should not no yes very quite rather too
"""
WORDS = COMMON.split()

PHRASES = (
    "I use it every evening after work",
    "my legs feel much better after half an hour",
    "it was easy to set up",
    "I would buy it again",
    "the manual is short but clear",
    "not as strong as I had hoped",
    "the hoses are a bit short for my sofa",
    "it is loud but I do not mind",
    "I bought it for my mother who stands all day",
    "good value for the money",
    "the zip broke after a few months",
    "I had hoped for more but it does help a little",
)


@dataclass(frozen=True)
class Drawn:
    """A review to be sent: by whom, of which machine, when, from where, and what it says."""

    who: int
    machine: int
    day: float
    address: str
    device: str
    text: str
    ring: int | None = None

    @property
    def at(self) -> dt.datetime:
        """The moment it is sent."""
        return dt.datetime.fromisoformat("2025-01-01") + dt.timedelta(days=self.day)


class Crowd:
    """Draws people and what they send."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311
        self._numbers = itertools.count(1_000)

    def alone(self, count: int) -> Iterator[Drawn]:
        """People who share nothing but phrases."""
        return (self._one() for _ in range(count))

    def families(self, count: int, size: int) -> Iterator[Drawn]:
        """People at one address. Two write of one machine within days; more in their own time."""
        for _ in range(count):
            first = self._one()
            yield first
            for _ in range(size - 1):
                soon = first.day + self.chance.uniform(0, 5)
                if size == 2:
                    yield self._with(first, day=soon, machine=first.machine)
                else:
                    yield self._with(first, day=self._day(), machine=self._near(first.machine))

    def shared(self, count: int, readers: int, browsers: int | None) -> Iterator[Drawn]:
        """Libraries with a few browsers, or telephone companies whose readers have their own."""
        for _ in range(count):
            place = self._one()
            for n in range(readers):
                one = replace(self._one(), address=place.address)
                yield replace(one, device=f"{place.device}, {n % browsers}") if browsers else one

    def rings(self, count: int) -> Iterator[Drawn]:
        """Rings of three to eight, each for one maker: by address, by browser, or by words."""
        for ring in range(count):
            base, begin = self._one(), self.chance.uniform(0, YEAR_DAYS)
            for _ in range(self.chance.randint(3, 8)):
                shared: dict[str, Any] = [
                    {"address": base.address},
                    {"device": base.device},
                    {"text": self.reworded(base.text)},
                ][ring % 3]
                yield replace(
                    self._one(),
                    machine=base.machine
                    if self.chance.random() < 0.7
                    else self._near(base.machine),
                    day=begin + self.chance.uniform(0, 20),
                    ring=ring,
                    **shared,
                )

    def reworded(self, text: str, percent: int = 6) -> str:
        """The same with so many of a hundred words changed, and its sentences in another order."""
        sentences = text.split(". ")
        self.chance.shuffle(sentences)
        words = ". ".join(sentences).split()
        return " ".join(
            self.chance.choice(WORDS) if self.chance.random() * 100 < percent else word
            for word in words
        )

    def text(self) -> str:
        """A few sentences: some that many people say, some that nobody else does."""
        said: list[str] = []
        for _ in range(self.chance.randint(2, 9)):
            if self.chance.random() < 0.35:
                said.append(self.chance.choice(PHRASES))
            else:
                said.append(" ".join(self.chance.choices(WORDS, k=self.chance.randint(6, 14))))
        return "Made up. " + ". ".join(said) + "."

    def _one(self) -> Drawn:
        who = next(self._numbers)
        # Some machines are reviewed far more often than others.
        machine = int(MAKERS * MACHINES_EACH * self.chance.random() ** 2)
        return Drawn(who, machine, self._day(), f"address {who}", f"device {who}", self.text())

    def _with(self, first: Drawn, *, day: float, machine: int) -> Drawn:
        """Somebody who lives with the first; every other one writes in the same browser."""
        device: dict[str, Any] = {"device": first.device} if self.chance.random() < 0.5 else {}
        return replace(self._one(), address=first.address, day=day, machine=machine, **device)

    def _near(self, machine: int) -> int:
        """A machine of the same maker."""
        return machine // MACHINES_EACH * MACHINES_EACH + self.chance.randrange(MACHINES_EACH)

    def _day(self) -> float:
        return self.chance.uniform(0, YEAR_DAYS)
