"""Knows how the files in `static/drawings` become the one picture file of the site.

Every drawing is a file that any browser shows; a page asks for one request's worth of them, and
names the one it wants: `<use href="…/drawings.svg#forms-boots"/>`.
"""

import re
from pathlib import Path

OPENING = re.compile(r'<svg xmlns="http://www\.w3\.org/2000/svg" ([^>]*)>')


def sprite(folder: Path) -> str:
    """Every drawing below `folder` as a symbol named by its folder and file: `forms-boots`."""
    symbols = "".join(_symbol(path) for path in sorted(folder.glob("*/*.svg")))
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{symbols}</svg>\n'


def _symbol(path: Path) -> str:
    """Colours, lines and ends are those of whoever shows it; only the view box is its own."""
    name = f"{path.parent.name}-{path.stem}"
    drawn = path.read_text(encoding="utf-8")
    opened, found = OPENING.subn(rf'<symbol id="{name}" \1>', drawn, count=1)
    if not found:
        raise ValueError(f"{path} does not open as a drawing does.")
    return opened.replace("</svg>", "</symbol>")
