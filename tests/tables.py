"""What a comparison says, read from its page, its file and its JSON into the same plain shape."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from flask.testing import FlaskClient

from tests.pages import tag_of, visit, words_of


@dataclass(frozen=True)
class Said:
    """One cell: all that it says, what is said beside it, and the ids of its sources."""

    text: str
    remarks: tuple[str, ...]
    sources: tuple[str, ...]


Table = dict[tuple[str, str], tuple[Said, ...]]
"""The cells of every row, by the names of group and row, in the order of the table."""


def on_the_page(client: FlaskClient, query: str) -> Table:
    """The cells of the page."""
    page = visit(client, f"/compare?{query}")
    table: Table = {}
    for body in page.all("tbody"):
        if _has(body, "comparison__changes"):
            continue
        heading, *rows = (one for one in body.iter() if tag_of(one) == "tr")
        name = words_of(_one(heading, "comparison__group-name"))
        for row in rows:
            label = next(one for one in row.iter() if tag_of(one) == "summary")
            cells = [one for one in row if tag_of(one) == "td"]
            table[name, words_of(label)] = tuple(_said(cell) for cell in cells)
    return table


def as_json(client: FlaskClient, query: str) -> Table:
    """The cells of the JSON."""
    response = client.get(f"/api/v1/compare?{query}")
    assert response.status_code == 200
    return {
        (group["name"], row["label"]): tuple(
            Said(
                _tidy(cell["text"]),
                tuple(cell["remarks"]),
                tuple(source["id"] for source in cell["sources"]),
            )
            for cell in row["cells"]
        )
        for group in response.get_json()["groups"]
        for row in group["rows"]
    }


def as_csv(client: FlaskClient, query: str) -> Table:
    """The cells of the file, without the apostrophe that keeps a formula from running."""
    response = client.get(f"/compare.csv?{query}")
    assert (response.status_code, response.mimetype) == (200, "text/csv")
    header, *lines = csv.reader(io.StringIO(response.data.decode("utf-8-sig"), newline=""))
    machines = (len(header) - 2) // 3
    return {
        (group, label): tuple(
            Said(
                _tidy(cells[n].removeprefix("'")),
                tuple(one for one in cells[machines + n].removeprefix("'").split("; ") if one),
                tuple(one.rpartition("/")[2] for one in cells[2 * machines + n].split()),
            )
            for n in range(machines)
        )
        for group, label, *cells in lines
    }


def _said(cell: Element) -> Said:
    words = words_of(_one(cell, "cell__words"))
    details = [
        words_of(item)
        for one in cell.iter()
        if _has(one, "cell__details")
        for item in one
        if tag_of(item) == "li"
    ]
    links = [
        link.get("href", "")
        for one in cell.iter()
        if _has(one, "cell__sources")
        for link in one
        if tag_of(link) == "a"
    ]
    return Said(
        f"{words}: {'; '.join(details)}" if details else words,
        tuple(words_of(one) for one in cell.iter() if _has(one, "cell__remark")),
        tuple(link.rpartition("/")[2] for link in links),
    )


def _one(element: Element, name: str) -> Element:
    return next(one for one in element.iter() if _has(one, name))


def _has(element: Element, name: str) -> bool:
    return name in (element.get("class") or "").split()


def _tidy(text: str) -> str:
    return " ".join(text.split())
