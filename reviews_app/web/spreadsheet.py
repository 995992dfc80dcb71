"""Knows how a comparison becomes a file that a spreadsheet opens without running any of it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

from reviews_app.catalogue.sources import Source
from reviews_app.compare import Comparison, Row

FORMULAS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
CONTROLS = ("\t", "\r", "\n")

BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel reads UTF-8 as something else, and “×” and “£” break."""


def as_csv(comparison: Comparison, address_of: Callable[[Source], str]) -> str:
    """The table with the cells of the page: for each machine a column, then one for what is said
    beside each cell, then one for its sources. Quoted throughout, and inert."""
    text = io.StringIO()
    text.write(BYTE_ORDER_MARK)
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    names = [column.name for column in comparison.columns]
    about = [f"{name}: {what}" for what in ("remarks", "sources") for name in names]
    writer.writerow([inert(one) for one in ("Group", "What", *names, *about)])
    for group in comparison.groups:
        for row in group.rows:
            writer.writerow([inert(one) for one in (group.name, *_cells(row, address_of))])
    return text.getvalue()


def inert(text: str) -> str:
    """`text` with an apostrophe before it where a spreadsheet would take it for a formula."""
    runs = text.lstrip().startswith(FORMULAS) or text.startswith(CONTROLS)
    return f"'{text}" if runs else text


def _cells(row: Row, address_of: Callable[[Source], str]) -> list[str]:
    return [
        row.label,
        *(cell.text for cell in row.cells),
        *("; ".join(cell.remarks) for cell in row.cells),
        *(" ".join(address_of(source) for source in cell.sources) for cell in row.cells),
    ]
