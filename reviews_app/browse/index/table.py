"""What an index segment is made of: the catalogue as plain columns, whoever read them.

Rows are the products in the order of `Table.ids`. Owners of numbers the index does not know of
(ratings) add theirs to `facets`, `numbers` and `sorts`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Name = tuple[str, str | None]
"""A range or sort and what it depends on: the currency, or a reader's weights as `spelled`."""


def spelled(weights: Iterable[int]) -> str:
    """Weights of the parts of the score, in the order of the method, as the end of a `Name`."""
    return " ".join(map(str, weights))


Label = tuple[str, NDArray[np.int64]]
"""A text that many products are found by, and their rows."""


@dataclass(frozen=True)
class Marks:
    """Which options machines have: the pairs (row, code), each once; code is a place in values."""

    values: tuple[str, ...]
    rows: NDArray[np.int64]
    codes: NDArray[np.int64]


@dataclass(frozen=True)
class Derived:
    """A facet that follows from another: an option is had with any of several marks of `of`.

    matrix: booleans, shape (options of `of`, values).
    """

    of: str
    values: tuple[str, ...]
    matrix: NDArray[np.bool_]


@dataclass(frozen=True)
class Numbers:
    """Spans that machines state: the rows that do, ascending, with low and high.

    inapplicable: one boolean per product, true where the number cannot apply and is not stated.
    """

    rows: NDArray[np.int64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    inapplicable: NDArray[np.bool_]


@dataclass(frozen=True)
class Limits:
    """The sizes a machine takes: for each limit its unit, and the spans stated (see `Numbers`).

    inapplicable: true where no limit can apply and none is stated.
    """

    smallest: tuple[tuple[str, Numbers], ...]
    largest: tuple[tuple[str, Numbers], ...]
    inapplicable: NDArray[np.bool_]


@dataclass(frozen=True)
class Keys:
    """What a sort orders by: per product a number or text, None or not a number where unknown."""

    keys: Sequence[float | str | None] | NDArray[np.float64]
    descending: bool = False


ABSENT = -1
"""In `Scores`: no points, or a part that does not apply."""

MOST_CENTI = 1000
"""The cap of a score that has none."""


@dataclass(frozen=True)
class Scores:
    """What scores are made of, so that a reader's weights can be tried.

    points, coverage: shape (products, parts), in hundredths and in percent, ABSENT where there are
    none. caps: in hundredths. floor: the coverage in percent below which there is no total.
    """

    points: NDArray[np.int16]
    coverage: NDArray[np.int16]
    caps: NDArray[np.int16]
    floor: int


@dataclass(frozen=True)
class Table:
    """The live products of a catalogue at one revision, or some of them.

    ids: ascending. facets: every product has exactly one option of those in `single`.
    texts and labels: what machines are found by, each text with one for every product, "" where
    there is none; aliases: other names of their brands.
    scores: None where no method is published.
    """

    ids: NDArray[np.int64]
    slugs: Sequence[str]
    facets: Mapping[str, Marks]
    derived: Mapping[str, Derived]
    numbers: Mapping[Name, Numbers]
    limits: Mapping[str, Limits]
    sorts: Mapping[Name, Keys]
    texts: Sequence[Sequence[str]] = field(default=())
    labels: Sequence[Label] = field(default=())
    aliases: Sequence[Label] = field(default=())
    scores: Scores | None = None
