"""Reading a folder of data files with suspicion: every fault is named, none is a traceback."""

from __future__ import annotations

import json
import math
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

import tomli_w
from pydantic import BaseModel, ConfigDict, ValidationError

MAX_FILE_BYTES = 2_000_000
"""A hand-edited file is never larger; bulk `.jsonl` files are limited by line instead."""

MAX_LINE_BYTES = 1_000_000
MAX_DEPTH = 20
MAX_INTEGER = 2**53
FAULTS_SHOWN = 50

Record = TypeVar("Record", bound=BaseModel)


class SeedRecord(BaseModel):
    """A record of a data file: no unknown keys, no value of another type bent into shape."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


@dataclass(frozen=True)
class Fault:
    """One thing wrong: the file, the line or key, the value found there, and why it is refused."""

    file: str
    where: str
    value: str
    reason: str

    def __str__(self) -> str:
        found = f" = {self.value}" if self.value else ""
        return f"{self.file}: {self.where}{found}: {self.reason}"


@dataclass
class Faults:
    """All faults of one import, of which the first 50 are kept and every one is counted."""

    shown: list[Fault] = field(default_factory=list)
    total: int = 0

    def add(self, file: str, where: str, value: object, reason: str) -> None:
        """Note one fault; `value` is shortened for the reader."""
        self.total += 1
        if len(self.shown) < FAULTS_SHOWN:
            self.shown.append(Fault(file, where, _shortened(value), reason))

    def __bool__(self) -> bool:
        return self.total > 0


@dataclass(frozen=True)
class KnownIds:
    """The ids that guidance may refer to, as the catalogue being imported defines them."""

    sources: frozenset[str]
    mechanisms: frozenset[str]
    types: frozenset[str]
    products: frozenset[str]


class _Refused(ValueError):
    """A value that no data file may hold."""


def read_text(path: Path, root: Path, faults: Faults) -> str | None:
    """The text of a UTF-8 file below `root`; None, with the fault noted, where it cannot be had."""
    name = _name(path, root)
    try:
        size = path.stat().st_size
        if size > MAX_FILE_BYTES:
            faults.add(name, "file", f"{size} bytes", f"larger than {MAX_FILE_BYTES} bytes")
            return None
        raw = path.read_bytes()
    except OSError as error:
        faults.add(name, "file", "", f"cannot be read: {error.strerror}")
        return None
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        faults.add(name, f"line {line}", raw[error.start : error.start + 8], "is not UTF-8 text")
        return None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        faults.add(name, f"line {line}", "", "holds a NUL character")
        return None
    return text


def parse_toml(text: str, name: str, faults: Faults) -> dict[str, Any] | None:
    """The document in `text`; None, with the fault noted, where it is not TOML we accept."""
    try:
        document = tomllib.loads(text, parse_float=_finite)
        _check_plain(document)
    except tomllib.TOMLDecodeError as error:
        faults.add(name, "file", "", f"is not TOML: {error}")
    except RecursionError:
        faults.add(name, "file", "", "is nested too deeply")
    except _Refused as error:
        faults.add(name, "file", "", str(error))
    except ValueError as error:  # int() refuses more than 4,300 digits
        faults.add(name, "file", "", f"holds a number that cannot be read: {error}")
    else:
        return document
    return None


def read_toml(path: Path, root: Path, faults: Faults) -> dict[str, Any] | None:
    """The document in a TOML file below `root`; None, with the fault noted, where it has none."""
    text = read_text(path, root, faults)
    return None if text is None else parse_toml(text, _name(path, root), faults)


def read_json_lines(path: Path, root: Path, faults: Faults) -> Iterator[tuple[int, Any]]:
    """Each line of a JSON-lines file as (line number, value); bad lines are noted and left out."""
    name = _name(path, root)
    try:
        with path.open("rb") as file:
            for number, line in enumerate(_short_lines(file), start=1):
                if len(line) > MAX_LINE_BYTES:
                    faults.add(name, f"line {number}", "", f"longer than {MAX_LINE_BYTES} bytes")
                elif line.strip():
                    yield from _json_line(line, number, name, faults)
    except OSError as error:
        faults.add(name, "file", "", f"cannot be read: {error.strerror}")


def check(
    record: type[Record], data: object, *, file: str, where: str, faults: Faults
) -> Record | None:
    """`data` as a record; None, with every fault noted under its key, where it does not fit."""
    try:
        return record.model_validate(data)
    except ValidationError as error:
        for problem in error.errors(include_url=False):
            key = ".".join(str(part) for part in problem["loc"])
            value = "" if problem["type"] == "missing" else problem["input"]
            faults.add(file, ".".join(filter(None, (where, key))), value, problem["msg"])
        return None


def write_toml(path: Path, document: dict[str, Any], about: str = "") -> None:
    """Write the document as UTF-8 TOML, keys in the order given; None is not a TOML value.

    Every table has its own header, so that two files differ only where their values do. The lines
    of `about` stand above it all, as a comment.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(toml_text(document, about), encoding="utf-8", newline="\n")


def toml_text(document: dict[str, Any], about: str = "") -> str:
    """The document as `write_toml` writes it."""
    comment = "".join(f"# {line}\n" for line in about.splitlines())
    return "\n".join(filter(None, (comment, *_toml_tables(document, ""))))


def _toml_tables(table: dict[str, Any], name: str, header: str = "") -> Iterator[str]:
    inner = {key: value for key, value in table.items() if _is_table(value)}
    plain = [f"{key} = {_toml_value(table[key])}\n" for key in table if key not in inner]
    if plain or header.startswith("[[") or (header and not inner):
        yield header + "".join(plain)
    for key, value in inner.items():
        full = f"{name}{key}"
        if isinstance(value, dict):
            yield from _toml_tables(value, f"{full}.", f"[{full}]\n")
        else:
            for each in value:
                yield from _toml_tables(each, f"{full}.", f"[[{full}]]\n")


def _is_table(value: object) -> bool:
    return isinstance(value, dict) or (
        isinstance(value, list) and bool(value) and all(isinstance(each, dict) for each in value)
    )


def _toml_value(value: object) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_toml_value, value))}]"
    return tomli_w.dumps({"k": value}).removeprefix("k = ").rstrip("\n")


def _short_lines(file: BinaryIO) -> Iterator[bytes]:
    """Each line, cut off one byte past the limit where it is longer, so that none fills memory."""
    while line := file.readline(MAX_LINE_BYTES + 1):
        yield line
        while len(line) > MAX_LINE_BYTES and not line.endswith(b"\n"):
            line = file.readline(MAX_LINE_BYTES + 1)


def _json_line(line: bytes, number: int, name: str, faults: Faults) -> Iterator[tuple[int, Any]]:
    try:
        value = json.loads(
            line.decode("utf-8"),
            parse_float=_finite,
            parse_constant=_finite,
            object_pairs_hook=_without_doubles,
        )
        _check_plain(value)
    except _Refused as error:
        reason = str(error)
    except UnicodeDecodeError:
        reason = "is not UTF-8 text"
    except json.JSONDecodeError as error:
        reason = f"is not JSON: {error.msg} at column {error.colno}"
    except (RecursionError, ValueError):  # int() refuses more than 4,300 digits
        reason = "cannot be read as JSON"
    else:
        yield number, value
        return
    faults.add(name, f"line {number}", line[:40], reason)


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise _Refused(f"{text} is not a finite number")
    return number


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _Refused("the same key stands twice in one object")
    return found


def _check_plain(value: object, depth: int = 0) -> None:
    if depth > MAX_DEPTH:
        raise _Refused(f"nested more than {MAX_DEPTH} deep")
    if isinstance(value, str):
        _check_text(value)
    elif isinstance(value, int) and abs(value) > MAX_INTEGER:
        raise _Refused(f"a whole number beyond {MAX_INTEGER}")
    for inner in _inside(value):
        _check_plain(inner, depth + 1)


def _inside(value: object) -> Iterable[object]:
    if isinstance(value, dict):
        return chain(value.keys(), value.values())
    return value if isinstance(value, list) else ()


def _check_text(text: str) -> None:
    for character in text:
        if (character < " " and character not in "\n\t") or "\x7f" <= character <= "\x9f":
            raise _Refused(f"text holds the control character {character!r}: {text[:40]!r}")
        if "\ud800" <= character <= "\udfff":
            raise _Refused(f"text holds half a character {character!r}: {text[:40]!r}")


def _name(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name


def _shortened(value: object) -> str:
    if value == "":
        return ""
    text = value.decode("utf-8", "backslashreplace") if isinstance(value, bytes) else repr(value)
    return text if len(text) <= 80 else text[:77] + "…"
