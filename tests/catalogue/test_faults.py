"""Everything that can be wrong with a folder is named: file, place, value and reason."""

from __future__ import annotations

import copy
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reviews_app.catalogue.folder import MAX_FILE_BYTES, MAX_LINE_BYTES, write_toml
from tests.catalogue.folders import (
    BULK_BOOTS,
    BULK_SOURCE,
    CALM_BOOTS,
    bulk_folder,
    faults_of,
    write_lines,
    write_product,
)

pytestmark = pytest.mark.usefixtures("database")

BOOTS = "products/calm-boots.toml"


def _fact(**changes: Any) -> dict[str, Any]:
    return {"attribute": "heat", "value": True, "source": "S1", **changes}


def _with_fact(**changes: Any) -> dict[str, Any]:
    return {"facts": [_fact(**changes)]}


def _with_price(**changes: Any) -> dict[str, Any]:
    return {"prices": [{**CALM_BOOTS["prices"][0], **changes}]}


def _with_rating(**changes: Any) -> dict[str, Any]:
    return {"ratings": [{**CALM_BOOTS["ratings"][0], **changes}]}


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"colour": "blue"}, "colour = 'blue': Extra inputs are not permitted"),
        ({"name": 7}, "name = 7: Input should be a valid string"),
        ({"name": " "}, "is empty; leave the key out instead"),
        ({"name": "x" * 2001}, "is longer than 2000 characters"),
        ({"name": "two\nlines"}, "write it on one line"),
        ({"name": "turned \u202e round"}, "turns the reading direction round"),
        ({"brand": "☺"}, "brand = '☺': has no letter from a to z"),
        ({"form": "hovercraft"}, "form = 'hovercraft': no such form in taxonomy.toml"),
        ({"types": []}, "types = []: List should have at least 1 item"),
        ({"types": ["reiki"]}, "types = 'reiki': no such type in taxonomy.toml"),
        ({"types": ["deep-tissue"]}, "types = 'deep-tissue': is given by its rule"),
        ({"types": ["compression", "compression"]}, "names one twice"),
        ({"areas": ["elbow"]}, "areas = 'elbow': no such area in taxonomy.toml"),
        ({"audience": {"is": "everybody", "because": "x"}}, "audience.is = 'everybody'"),
        ({"audience": {"is": "consumer"}}, "audience.because: Field required"),
        ({"manufacturer_url": "javascript:alert(1)"}, "must begin with http:// or https://"),
        ({"manufacturer_url": "https://"}, "it names no site"),
        ({"manufacturer_url": "https://[::1"}, "is no address"),
        (_with_fact(attribute="flavour"), "facts.0.flavour = True: no such attribute"),
        (_with_fact(attribute="amplitude_mm", value=9), "cannot apply to a machine of the form"),
        (_with_fact(source="S999"), "facts.0.source = 'S999': no such source"),
        (_with_fact(source="E1"), "facts.0.source = 'E1': no such source"),
        (_with_fact(value=1), "facts.0.heat = 1: must be true or false"),
        (_with_fact(value="yes"), "facts.0.heat = 'yes': must be true or false"),
        (_with_fact(attribute="weight_kg", value="1.5"), "must be a number from 0"),
        (_with_fact(attribute="weight_kg", value=True), "must be a number from 0"),
        (_with_fact(attribute="weight_kg", value=-1), "must be a number from 0"),
        (_with_fact(attribute="weight_kg", value=1e300), "must be a number from 0"),
        (_with_fact(attribute="weight_kg", value=[]), "must be a number, or a list of numbers"),
        (_with_fact(attribute="dimensions_cm", value=[1, 2, 3, 4]), "list of one to three numbers"),
        (_with_fact(attribute="power_source", value="steam"), "is none of its options"),
        (_with_fact(attribute="modes", value="calm"), "must be a list of words"),
        (_with_fact(attribute="modes", value=["a", "a"]), "different words"),
        ({"facts": [_fact(preferred="a"), _fact(preferred="b")]}, "two facts on it are marked"),
        (_with_price(amount=-1), "prices.0.amount = -1: Input should be greater than 0"),
        (_with_price(amount="99"), "prices.0.amount = '99': Input should be a valid number"),
        (_with_price(amount=9.999), "has more than two decimals"),
        (_with_price(currency="US$"), "prices.0.currency = 'US$'"),
        (_with_price(currency="euro"), "prices.0.currency = 'euro'"),
        (_with_price(as_of="June 2026"), "is no month: write 2026-06"),
        (_with_price(as_of="2026-13"), "is no month: write 2026-06"),
        (_with_price(terms="bargain"), "prices.0.terms = 'bargain'"),
        (_with_rating(value=6), "ratings.0.value = 6.0: is above its scale"),
        (_with_rating(count=-1), "ratings.0.count = -1"),
        (_with_rating(count=1.5), "ratings.0.count = 1.5"),
        (_with_rating(count=2**40), "ratings.0.count = 1099511627776"),
        (_with_price(amount=1e12), "prices.0.amount = 1000000000000.0"),
    ],
)
def test_a_faulty_product_is_named_with_key_value_and_reason(
    folder: Path, changes: dict[str, Any], fault: str
) -> None:
    write_product(folder, "calm-boots", {**copy.deepcopy(CALM_BOOTS), **changes})
    found = faults_of(folder)
    assert found
    assert all(each.startswith(f"{BOOTS}: ") for each in found)
    assert any(fault in each for each in found), found


def test_a_brand_spelled_two_ways_is_named_with_both(folder: Path) -> None:
    write_product(folder, "calm-shoes", {**CALM_BOOTS, "brand": "CALM"})
    (fault,) = faults_of(folder)
    assert fault.startswith("products/calm-shoes.toml: brand = 'CALM': is spelled 'Calm' in")


@pytest.mark.parametrize("name", ["Calm-Boots.toml", "calm boots.toml", "ünder.toml", "a.b.toml"])
def test_a_file_whose_name_is_no_slug_is_named(folder: Path, name: str) -> None:
    write_toml(folder / "products" / name, CALM_BOOTS)
    (fault,) = faults_of(folder)
    assert "is no slug" in fault


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (lambda source: source.update(id="E7"), "is no source id"),
        (lambda source: source.update(id="S2"), "sources.toml: sources.1 = 'S2': stands twice"),
        (lambda source: source.update(kind="gossip"), "sources.0.kind = 'gossip'"),
        (lambda source: source.update(url="file:///etc/passwd"), "must begin with http"),
        (lambda source: source.update(published="yesterday"), "is no date"),
        (lambda source: source.update(seen_on="2026-11-31T10:00"), "is no date"),
        (lambda source: source.update(extra=1), "sources.0.extra = 1"),
        (lambda source: source.pop("title"), "sources.0.title: Field required"),
    ],
)
def test_a_faulty_source_is_named(
    folder: Path, spoil: Callable[[dict[str, Any]], Any], fault: str
) -> None:
    source = {
        "id": "S1",
        "title": "T",
        "publisher": "P",
        "kind": "maker",
        "url": "https://example.org/",
        "seen_on": "2026-11-22",
    }
    second = {**source, "id": "S2"}
    spoil(source)
    write_toml(folder / "sources.toml", {"sources": [source, second]})
    found = [each for each in faults_of(folder) if each.startswith("sources")]
    assert any(fault in each for each in found), found


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (b'name = "caf\xe9"', 'line 1 = \\xe9": is not UTF-8 text'),
        (b'name = "a\0b"', "holds a NUL character"),
        (b"name = nan", "is not a finite number"),
        (b"name = -inf", "is not a finite number"),
        (b"name = 1e400", "is not a finite number"),
        (b"name = 123456789012345678901", "a whole number beyond"),
        (b"name = " + b"9" * 5000, "holds a number that cannot be read"),
        (b'name = "\\ud800"', "is not TOML"),
        (b'name = "a"\nname = "b"', "is not TOML"),
        (b"name = ", "is not TOML"),
        (b"a = " + b"[" * 3000 + b"]" * 3000, "is nested too deeply"),
        (b"a = " + b"[" * 50 + b"]" * 50, "nested more than 20 deep"),
        (b"a.b." * 30 + b"c = 1", "nested more than 20 deep"),
        (b"x = [*y, &y]\n", "is not TOML"),
        (b"", "name: Field required"),
        (b"#" * (MAX_FILE_BYTES + 1), "larger than"),
    ],
)
def test_a_hostile_toml_file_is_a_named_fault(folder: Path, text: bytes, fault: str) -> None:
    (folder / BOOTS).write_bytes(text)
    found = faults_of(folder)
    assert found
    assert all(each.startswith(f"{BOOTS}: ") for each in found)
    assert any(fault in each for each in found), found


def test_an_alias_bomb_is_no_file_of_such_a_folder(folder: Path) -> None:
    bomb = "a: &a [x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in ("ab", "bc", "cd"))
    (folder / "products" / "bomb.yaml").write_text(bomb)
    (folder / "attributes.yaml").write_text(bomb)
    assert faults_of(folder) == [
        "attributes.yaml: file: is no file of a seed folder; take it out",
        "products/bomb.yaml: file: is no .toml file; products/ holds nothing else",
    ]


def test_a_link_is_not_followed(folder: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.toml"
    secret.write_text('password = "hunter2"')
    (folder / BOOTS).unlink()
    (folder / BOOTS).symlink_to(secret)
    assert faults_of(folder) == [f"{BOOTS}: file: is a link; put the file itself here"]


def test_a_folder_or_pipe_in_the_place_of_a_file_is_named(folder: Path) -> None:
    (folder / BOOTS).unlink()
    (folder / BOOTS).mkdir()
    (folder / "sources.toml").unlink()
    os.mkfifo(folder / "sources.toml")
    found = faults_of(folder)
    assert f"{BOOTS}: file: is a folder or device, not a file" in found
    assert "sources.toml: file: is a folder or device, not a file" in found


def test_a_missing_folder_an_empty_one_and_a_file_are_named(tmp_path: Path) -> None:
    (fault,) = faults_of(tmp_path / "nowhere")
    assert "No such file or directory" in fault
    (fault,) = faults_of(tmp_path / ("x" * 5000))
    assert "File name too long" in fault
    (tmp_path / "empty").mkdir()
    (fault,) = faults_of(tmp_path / "empty")
    assert "holds neither products/ nor products.jsonl" in fault
    (tmp_path / "file").touch()
    (fault,) = faults_of(tmp_path / "file")
    assert "Not a directory" in fault


def test_a_folder_without_words_or_products_is_named(folder: Path) -> None:
    for path in (folder / "products").iterdir():
        path.unlink()
    assert faults_of(folder) == ["folder: products: holds no product"]
    (folder / "taxonomy.toml").unlink()
    assert any("import seed_data first" in each for each in faults_of(folder))


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        ("attributes.toml", 'id = "chambers"', 'id = "type"', "address already uses this name"),
        ("attributes.toml", 'id = "chambers"', 'id = "price_min"', "cannot be told from _min of"),
        ("attributes.toml", 'id = "chambers"', 'id = "heat_unknown"', "cannot be told from"),
        ("attributes.toml", 'id = "chambers"', 'id = "heat"', "= 'heat': stands 2 times"),
        ("attributes.toml", 'id = "chambers"', 'id = "Chambers"', "String should match pattern"),
        ("attributes.toml", 'kind = "choice"', 'kind = "yes_no"', "only a choice has options"),
        ("attributes.toml", '"robotic-ring"', '"robot"', "= 'robot': no such form"),
        ("attributes.toml", 'fit_bound = "max"', 'better = "higher"', "fit and fit_bound belong"),
        ("attributes.toml", 'filter = "range"', 'filter = "fit"', "fit and fit_bound belong"),
        ("attributes.toml", 'id = "mains"', 'id = "unknown"', "have a meaning of their own"),
        ("taxonomy.toml", 'mechanism = "rolling"', 'mechanism = "flying"', "no such mechanism"),
        ("taxonomy.toml", 'type = "percussion"', 'type = "drums"', "no such type that an editor"),
        ("taxonomy.toml", '"amplitude_mm"', '"volume"', "no such attribute that is a number"),
        ("taxonomy.toml", "at_least = 10", "", "attribute and at_least go together"),
        ("taxonomy.toml", '"roller-stick"]', '"stick"]', "= 'stick': no such form"),
        ("taxonomy.toml", '["deep tissue"', '["Deep tissue"', "looked for in lower case"),
        ("taxonomy.toml", 'id = "knee"', 'id = "calf"', "areas = 'calf': stands 2 times"),
    ],
)
def test_words_that_do_not_fit_are_named(
    folder: Path, file: str, old: str, new: str, fault: str
) -> None:
    text = (folder / file).read_text()
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1))
    found = faults_of(folder)
    assert any(fault in each for each in found), found


def _bulk_line(tmp_path: Path, line: bytes) -> list[str]:
    folder = bulk_folder(tmp_path / "bulk")
    with (folder / "products.jsonl").open("ab") as file:
        file.write(line + b"\n")
    return faults_of(folder)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (b'{"slug": "caf\xe9"}', "is not UTF-8 text"),
        (b'{"slug": "a\0b"}', "is not JSON"),
        (b'{"slug": "a\\u0000b"}', "control character"),
        (b'{"slug": "\\ud800"}', "half a character"),
        (b'{"slug": NaN}', "is not a finite number"),
        (b'{"slug": Infinity}', "is not a finite number"),
        (b'{"slug": 1e400}', "is not a finite number"),
        (b'{"slug": 99999999999999999999}', "a whole number beyond"),
        (b'{"slug": ' + b"9" * 5000 + b"}", "cannot be read as JSON"),
        (b"[" * 100_000, "cannot be read as JSON"),
        (b'{"a": ' * 30 + b"1" + b"}" * 30, "nested more than 20 deep"),
        (b'{"slug": "a", "slug": "b"}', "the same key stands twice"),
        (b'{"slug": "a"', "is not JSON"),
        (b"[]", "Input should be a valid dictionary"),
        (b'{"slug": "no"}', "name: Field required"),
    ],
)
def test_a_hostile_line_is_a_named_fault(tmp_path: Path, line: bytes, fault: str) -> None:
    found = _bulk_line(tmp_path, line)
    assert found
    assert all(each.startswith("products.jsonl: line 2") for each in found)
    assert any(fault in each for each in found), found


def test_a_line_of_a_hundred_megabytes_is_one_fault_and_the_next_line_is_read(
    tmp_path: Path,
) -> None:
    folder = bulk_folder(tmp_path / "bulk")
    with (folder / "products.jsonl").open("wb") as file:
        file.truncate(100_000_000)
        file.seek(0, 2)
        file.write(b"\n" + json.dumps({**BULK_BOOTS, "slug": "No"}).encode() + b"\n")
    first, second = faults_of(folder)
    assert first == f"products.jsonl: line 1: longer than {MAX_LINE_BYTES} bytes"
    assert second.startswith("products.jsonl: line 2.slug = 'No': ")


def test_a_slug_that_stands_twice_is_named_with_both_places(tmp_path: Path) -> None:
    folder = bulk_folder(tmp_path / "bulk", BULK_BOOTS, {**BULK_BOOTS, "name": "Again"})
    assert faults_of(folder) == [
        "products.jsonl: line 2 = 'calm-boots': the slug stands in line 1 already"
    ]


def test_a_bulk_source_that_dangles_or_stands_twice_is_named(tmp_path: Path) -> None:
    fact = {"attribute": "heat", "value": True, "source": "S404"}
    folder = bulk_folder(tmp_path / "bulk", {**BULK_BOOTS, "facts": [fact]})
    write_lines(folder / "sources.jsonl", BULK_SOURCE, BULK_SOURCE)
    assert faults_of(folder) == [
        "sources.jsonl: line 2 = 'S1': stands twice",
        "products.jsonl: line 1.facts.0.source = 'S404': no such source",
    ]


def test_of_many_faults_fifty_are_shown_and_all_are_counted(folder: Path) -> None:
    facts = [_fact(source=f"S{number}") for number in range(100, 200)]
    write_product(folder, "calm-boots", {**CALM_BOOTS, "facts": facts})
    assert len(faults_of(folder)) == 50
