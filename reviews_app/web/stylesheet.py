"""Knows how the files in `static/css` become the one stylesheet of the site.

One file a component is kind to whoever writes; one request is kind to whoever reads. Each folder
is a cascade layer, so a page's rule wins over a component's whatever the selectors.
"""

import re
from pathlib import Path

LAYERS = {
    "reset": ("reset.css",),
    "base": ("font.css", "tokens.css", "base.css"),
    "layout": ("layout.css",),
    "components": ("components/*.css",),
    "pages": ("pages/*.css",),
    "print": ("print.css",),
}
"""Weakest first: the files of every layer, as patterns below `static/css`."""


def stylesheet(folder: Path) -> str:
    """Every file below `folder` in the order of the layers, without comments."""
    layers = [f"@layer {', '.join(LAYERS)};"]
    for layer, patterns in LAYERS.items():
        files = [path for pattern in patterns for path in sorted(folder.glob(pattern))]
        rules = "\n".join(path.read_text(encoding="utf-8") for path in files)
        layers.append(f"@layer {layer} {{\n{rules}\n}}")
    return _tightened("\n".join(layers))


def _tightened(css: str) -> str:
    """Comments and indentation are for us; they stay at home."""
    without_comments = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    return re.sub(r"\s*\n\s*", "\n", without_comments).strip() + "\n"
