"""Knows how the files in `static/drawings` become the two picture files of the site.

Every drawing is a file that any browser shows; a page asks for many at once, and names the one it
wants: `<use href="…/drawings.svg#forms-boots"/>`. The pictures of machines, more than all others,
are a file of their own, since a browser reads all of a file to show one of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

FILE = re.compile(
    r'<svg xmlns="http://www\.w3\.org/2000/svg" viewBox="([-0-9 ]+)"([^>]*)>\n(.*)</svg>\n',
    re.DOTALL,
)

FORM_HIGH = 96
"""Units; every form is drawn in a square of them."""
MACHINE_WIDE = 140
LEG_FROM = 104
"""Where the leg beside a form begins."""


@dataclass(frozen=True)
class Drawing:
    """A file: its view box (left, top, width, height), its own attributes, its shapes."""

    box: tuple[int, ...]
    attributes: str
    shapes: str

    def symbol(self, name: str) -> str:
        """As one of many. Colours and lines are those of whoever shows it."""
        box = " ".join(map(str, self.box))
        return f'<symbol id="{name}" viewBox="{box}"{self.attributes}>\n{self.shapes}</symbol>\n'

    def group(self, x: int, height: int) -> str:
        """As a part of another, so high, at `x`."""
        left, top, _, high = self.box
        scale = round(height / high, 4)
        place = f"translate({round(x - left * scale, 2)} {round(-top * scale, 2)}) scale({scale})"
        return f'<g transform="{place}"{self.attributes}>\n{self._nameless()}</g>\n'

    def _nameless(self) -> str:
        return re.sub(r' id="[^"]*"', "", self.shapes)


def sprites(folder: Path) -> dict[str, str]:
    """The picture files by name, from the drawings below `folder`. Raises ValueError for a file
    that is none.

    `drawings.svg` holds every drawing as a symbol named by its folder and file, `forms-boots`;
    `machines.svg` the picture of a machine of each form, named by it: the form beside a leg from
    the side, as one symbol, so that a page with many spends few bytes on each.
    """
    drawn = {(path.parent.name, path.stem): _read(path) for path in sorted(folder.glob("*/*.svg"))}
    leg = drawn["leg", "side"].group(LEG_FROM, FORM_HIGH)
    machines = [
        Drawing((0, 0, MACHINE_WIDE, FORM_HIGH), "", one.shapes + leg).symbol(name)
        for (kind, name), one in drawn.items()
        if kind == "forms"
    ]
    return {
        "drawings.svg": _file(one.symbol("-".join(name)) for name, one in drawn.items()),
        "machines.svg": _file(machines),
    }


def _file(symbols: Iterable[str]) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{"".join(symbols)}</svg>\n'


def _read(path: Path) -> Drawing:
    found = FILE.fullmatch(path.read_text(encoding="utf-8"))
    if found is None:
        raise ValueError(f"{path} is not written as a drawing of ours is.")
    box, attributes, shapes = found.groups()
    return Drawing(tuple(map(int, box.split())), attributes, shapes)
