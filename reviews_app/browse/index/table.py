"""What an index segment is made of: the catalogue as plain columns, whoever read them.

Rows are the products in the order of `Table.ids`. Owners of numbers the index does not know of
(scores, ratings) add theirs to `facets`, `numbers` and `sorts`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Name = tuple[str, str | None]
"""A range or sort and, where it depends on one, the currency."""


Text = tuple[int, str]
"""A row and something to find it by."""

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


@dataclass(frozen=True)
class Table:
    """The live products of a catalogue at one revision, or some of them.

    ids: ascending. facets: every product has exactly one option of those in `single`.
    texts and labels: what machines are found by; aliases: other names of their brands.
    """

    ids: NDArray[np.int64]
    slugs: Sequence[str]
    facets: Mapping[str, Marks]
    derived: Mapping[str, Derived]
    numbers: Mapping[Name, Numbers]
    limits: Mapping[str, Limits]
    sorts: Mapping[Name, Keys]
    texts: Sequence[Text] = field(default=())
    labels: Sequence[Label] = field(default=())
    aliases: Sequence[Label] = field(default=())
