"""Knows the files that pages load, each under an address that changes with what is in it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cached_property
from mimetypes import guess_type
from pathlib import Path
from posixpath import dirname, join, normpath

from flask import Blueprint, Flask, Response, current_app

from reviews_app.errors import NotFound
from reviews_app.web.drawings import sprites
from reviews_app.web.stylesheet import stylesheet

bp = Blueprint("assets", __name__)

AS_THEY_ARE = ("fonts/*.woff2", "images/*")
"""Files below `static` that are served as they lie there; the others are made from many."""

A_YEAR = "public, max-age=31536000, immutable"

FILE_IN_CSS = re.compile(r'url\("asset:([^"]+)"\)')
IMPORT = re.compile(r'^(import\b[^"]*)"(\.[^"]+)";', re.MULTILINE)
"""How our modules import one another: by their places below `static`, one import a line."""


@dataclass(frozen=True)
class Asset:
    """A file as it is sent, under an address that is this content's alone."""

    name: str
    body: bytes
    imports: tuple[Asset, ...] = ()

    @cached_property
    def digest(self) -> str:
        """A short name for exactly these bytes."""
        return hashlib.sha256(self.body).hexdigest()[:8]

    @property
    def path(self) -> str:
        """Its address."""
        return f"/assets/{self.digest}/{self.name}"

    @property
    def mimetype(self) -> str:
        """By its ending; the machine's own table may not know fonts."""
        if self.name.endswith(".woff2"):
            return "font/woff2"
        return guess_type(self.name)[0] or "application/octet-stream"

    @property
    def modules(self) -> dict[str, None]:
        """The addresses of this module and of all that it imports, each once, itself first."""
        return {self.path: None} | {path: None for one in self.imports for path in one.modules}


def register(app: Flask) -> None:
    """Serve the files and let templates write `{{ asset("site.css") }}`; in debug read anew."""
    folder = Path(str(app.static_folder))
    kept = assets(folder)
    app.extensions["assets"] = lambda: assets(folder) if app.debug else kept
    app.add_template_global(asset)
    app.add_template_global(modules)
    app.register_blueprint(bp)


def asset(name: str) -> str:
    """The address of a file that pages load. Raises NotFound where there is none."""
    return _get(name).path


def modules(*names: str) -> list[str]:
    """The addresses of some modules and of all they import: what a page may fetch at once."""
    return list({path: None for name in names for path in _get(name).modules})


@bp.get("/assets/<digest>/<path:name>")
def show(digest: str, name: str) -> Response:
    """The file; an old address gives today's, which is better than a bare page."""
    found = _get(name)
    response = Response(found.body, mimetype=found.mimetype)
    if digest == found.digest:
        response.headers["Cache-Control"] = A_YEAR
    return response


def assets(folder: Path) -> dict[str, Asset]:
    """Every file below `folder` that pages load, by name: those made of many, those as they lie."""
    drawn = [Asset(name, text.encode()) for name, text in sprites(folder / "drawings").items()]
    lying = [path for pattern in AS_THEY_ARE for path in sorted(folder.glob(pattern))]
    files = [Asset(str(path.relative_to(folder)), path.read_bytes()) for path in lying]
    found = {one.name: one for one in (*drawn, *files)}
    styles = FILE_IN_CSS.sub(
        lambda match: f'url("{found[match[1]].path}")', stylesheet(folder / "css")
    )
    return {**found, **_modules(folder), "site.css": Asset("site.css", styles.encode())}


def _modules(folder: Path) -> dict[str, Asset]:
    """Every module below `folder`, with the addresses of those it imports written into it."""
    found: dict[str, Asset] = {}

    def read(name: str) -> Asset:
        if name not in found:
            text = (folder / name).read_text(encoding="utf-8")
            imported = {
                place: read(normpath(join(dirname(name), place)))
                for _, place in IMPORT.findall(text)
            }
            text = IMPORT.sub(lambda one: f'{one[1]}"{imported[one[2]].path}";', text)
            found[name] = Asset(name, text.encode(), tuple(imported.values()))
        return found[name]

    for path in sorted(folder.glob("js/**/*.js")):
        read(str(path.relative_to(folder)))
    return found


def _get(name: str) -> Asset:
    found: Asset | None = current_app.extensions["assets"]().get(name)
    if found is None:
        raise NotFound("There is no such file here.")
    return found
