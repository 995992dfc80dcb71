"""Knows how the files in `static/css` become the one stylesheet of the site.

One file a component is kind to whoever writes; one request is kind to whoever reads. Each folder
is a cascade layer, so a page's rule wins over a component's whatever the selectors.
"""

import hashlib
import re
from pathlib import Path

from flask import Blueprint, Flask, Response, current_app, url_for

bp = Blueprint("stylesheet", __name__)

LAYERS = {
    "reset": ("reset.css",),
    "base": ("tokens.css", "base.css"),
    "layout": ("layout.css",),
    "components": ("components/*.css",),
    "pages": ("pages/*.css",),
}
"""Weakest first: the files of every layer, as patterns below `static/css`."""

A_YEAR = "public, max-age=31536000, immutable"


def register(app: Flask) -> None:
    """Serve the stylesheet under an address that changes with it; read once, or always in debug."""
    app.register_blueprint(bp)
    folder = Path(str(app.static_folder)) / "css"
    kept = stylesheet(folder)

    def styles() -> str:
        return stylesheet(folder) if app.debug else kept

    app.extensions["stylesheet"] = styles

    @app.context_processor
    def stylesheet_url() -> dict[str, str]:
        return {"stylesheet_url": url_for("stylesheet.show", digest=digest_of(styles()))}


@bp.get("/css/<digest>.css")
def show(digest: str) -> Response:
    """The stylesheet; an old address gives today's, which is better than a bare page."""
    styles: str = current_app.extensions["stylesheet"]()
    response = Response(styles, mimetype="text/css")
    if digest == digest_of(styles):
        response.headers["Cache-Control"] = A_YEAR
    return response


def stylesheet(folder: Path) -> str:
    """Every file below `folder` in the order of the layers, without comments."""
    layers = [f"@layer {', '.join(LAYERS)};"]
    for layer, patterns in LAYERS.items():
        files = [path for pattern in patterns for path in sorted(folder.glob(pattern))]
        rules = "\n".join(path.read_text(encoding="utf-8") for path in files)
        layers.append(f"@layer {layer} {{\n{rules}\n}}")
    return _tightened("\n".join(layers))


def digest_of(styles: str) -> str:
    """A short name for exactly this stylesheet."""
    return hashlib.sha256(styles.encode()).hexdigest()[:12]


def _tightened(css: str) -> str:
    """Comments and indentation are for us; they stay at home."""
    without_comments = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    return re.sub(r"\s*\n\s*", "\n", without_comments).strip() + "\n"
