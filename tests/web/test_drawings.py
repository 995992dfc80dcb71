"""What is drawn: every shape and kind of machine in the catalogue, in two files."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from reviews_app.config import ROOT
from reviews_app.web.drawings import sprites
from tests.pages import visit

FOLDER = ROOT / "static" / "drawings"
TAXONOMY: dict[str, list[dict[str, Any]]] = tomllib.loads(
    (ROOT / "seed_data" / "taxonomy.toml").read_text(encoding="utf-8")
)
SYMBOL = "{http://www.w3.org/2000/svg}symbol"


@pytest.fixture(scope="module")
def drawn() -> ElementTree.Element:
    """The file of all but the pictures of machines."""
    return ElementTree.fromstring(sprites(FOLDER)["drawings.svg"])  # noqa: S314  (our own)


@pytest.fixture(scope="module")
def machines() -> ElementTree.Element:
    """The file of the pictures of machines."""
    return ElementTree.fromstring(sprites(FOLDER)["machines.svg"])  # noqa: S314  (our own)


def test_every_form_and_type_and_no_other_has_its_drawing(
    drawn: ElementTree.Element, machines: ElementTree.Element
) -> None:
    assert {one.get("id") for one in machines.iter(SYMBOL)} == {
        one["id"] for one in TAXONOMY["forms"]
    }
    names = {one.get("id", "") for one in drawn.iter(SYMBOL)}

    for kind in ("forms", "types"):
        assert {name for name in names if name.startswith(f"{kind}-")} == {
            f"{kind}-{one['id']}" for one in TAXONOMY[kind]
        }


def test_every_part_of_the_leg_is_seen_from_the_side_and_from_front_or_back(
    drawn: ElementTree.Element,
) -> None:
    ids = [id_ for one in drawn.iter() if (id_ := one.get("id"))]

    assert len(ids) == len(set(ids))
    for area in TAXONOMY["areas"]:
        assert f"side-{area['id']}" in ids
        assert {f"front-{area['id']}", f"back-{area['id']}"} & set(ids)


@pytest.mark.parametrize("name", ["drawn", "machines"])
def test_drawings_bring_no_colour_of_their_own(request: pytest.FixtureRequest, name: str) -> None:
    shapes = list(request.getfixturevalue(name).iter())
    fills = {one.get("fill") for one in shapes} - {None, "none", "currentColor"}

    assert fills == {"var(--skin)", *(f"var(--{one['id']})" for one in TAXONOMY["areas"])}
    assert {one.get("stroke") for one in shapes} <= {None, "currentColor"}


@pytest.mark.parametrize("path", ["/", "/massagers", "/types", "/types/tens", "/massagers/geko-t1"])
def test_a_page_names_only_drawings_that_are_there(
    reader: FlaskClient, drawn: ElementTree.Element, machines: ElementTree.Element, path: str
) -> None:
    there = {
        f"{file}#{id_}"
        for file, shapes in (("drawings.svg", drawn), ("machines.svg", machines))
        for one in shapes.iter()
        if (id_ := one.get("id"))
    }
    used = {one.get("href", "") for one in visit(reader, path).all("use")}
    addresses = {one.partition("#")[0] for one in used}

    assert used
    assert {one.rpartition("/")[2] for one in used} <= there
    assert len(addresses) == len({one.rpartition("/")[2] for one in addresses})


def test_a_file_that_is_no_drawing_is_refused(tmp_path: Path) -> None:
    (tmp_path / "forms").mkdir()
    (tmp_path / "forms" / "boots.svg").write_text("<p>boots</p>", encoding="utf-8")

    with pytest.raises(ValueError, match="is not written as a drawing"):
        sprites(tmp_path)
