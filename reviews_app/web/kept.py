"""Knows what was answered before: an address is worked out once a revision.

What a public page shows depends on its address, the revision of the catalogue, the code, the
settings and the day (a price grows old), and on nothing else. So these make its entity tag, a
conditional request costs no search, and the bytes as they were sent are sent again.
"""

from __future__ import annotations

import hashlib
import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from flask import Flask, Response, request

from reviews_app import browse
from reviews_app.web.headers import LIVE, PUBLIC, TAG, always

MOST_BYTES = 64_000_000
"""What one process keeps; the answer asked for longest ago goes first."""

PRIVATE = re.compile(
    r"/(?:account|check|finder|api/v1/check|healthz|moderation(?:/|$)"
    r"|massagers/[^/]+/reviews/|reviews/(?:[0-9]|reports/))"
)
"""Paths whose answers may depend on more than their address, or must not be kept by anyone."""

WsgiApp = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
Key = tuple[str, str, str]


@dataclass(frozen=True)
class Kept:
    """An answer as it was sent."""

    status: str
    headers: list[tuple[str, str]]
    body: bytes


class KeptAnswers:
    """Stands before the site and answers what it has answered at this revision already.

    Does nothing until the index is open, since only then is the revision a question of
    microseconds.
    """

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._site: WsgiApp = app.wsgi_app
        self._lock = threading.Lock()
        self._tag = ""
        self._answers: OrderedDict[Key, Kept] = OrderedDict()
        self._bytes = 0

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] != "GET" or _is_not_kept(environ["PATH_INFO"]):
            return self._site(environ, start_response)
        tag = self._current_tag()
        if tag is None:
            return self._site(environ, start_response)
        environ[TAG] = tag
        if f'"{tag}' in environ.get("HTTP_IF_NONE_MATCH", ""):
            start_response("304 NOT MODIFIED", self._unchanged(tag))
            return []
        kept = self._find(tag, _key(environ))
        if kept is None:
            return self._site(environ, start_response)
        start_response(kept.status, kept.headers)
        return [kept.body]

    def keep(self, response: Response) -> Response:
        """Keep an answer of the site, if it is one that anybody may be given again."""
        tag = request.environ.get(TAG)
        public = response.headers.get("Cache-Control", "").startswith("public")
        if tag is None or response.status_code != 200 or response.is_streamed or not public:
            return response
        kept = Kept(response.status, list(response.headers), response.get_data())
        with self._lock:
            if tag == self._tag and _key(request.environ) not in self._answers:
                self._answers[_key(request.environ)] = kept
                self._bytes += len(kept.body)
            while self._bytes > MOST_BYTES:
                _, oldest = self._answers.popitem(last=False)
                self._bytes -= len(oldest.body)
        return response

    def _current_tag(self) -> str | None:
        with self._app.app_context():
            if not browse.is_indexed():
                return None
            return f"{self._code}-{datetime.now(UTC):%Y%m%d}-{browse.revision()}"

    @cached_property
    def _code(self) -> str:
        return _fingerprint(self._app)

    def _unchanged(self, tag: str) -> list[tuple[str, str]]:
        """The headers of "you have it already"."""
        keeping = {"ETag": f'W/"{tag}"', "Cache-Control": PUBLIC, "Vary": "Accept-Encoding"}
        return list({**always(self._app), **keeping}.items())

    def _find(self, tag: str, key: Key) -> Kept | None:
        with self._lock:
            if tag != self._tag:
                self._tag, self._bytes = tag, 0
                self._answers.clear()
            kept = self._answers.get(key)
            if kept is not None:
                self._answers.move_to_end(key)
            return kept


def register(app: Flask) -> None:
    """Put the kept answers before `app`. Before Compress, so that what is kept is compressed."""
    answers = KeptAnswers(app)
    app.wsgi_app = answers  # type: ignore[method-assign]
    app.after_request(answers.keep)


def _is_not_kept(path: str) -> bool:
    return PRIVATE.match(path) is not None or LIVE.fullmatch(path) is not None


def _key(environ: dict[str, Any]) -> Key:
    return environ["PATH_INFO"], environ["QUERY_STRING"], environ.get("HTTP_ACCEPT_ENCODING", "")


def _fingerprint(app: Flask) -> str:
    """Short, and another when the code, the templates, the look or the settings are."""
    digest = hashlib.sha256()
    for path in _files(app):
        digest.update(path.read_bytes())
    digest.update(f"{app.config['SITE_NAME']} {app.config['SITE_URL']}".encode())
    return digest.hexdigest()[:12]


def _files(app: Flask) -> Iterator[Path]:
    package = Path(app.root_path)
    folders = (package, package / str(app.template_folder), Path(str(app.static_folder)))
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix in {".py", ".html", ".css", ".js", ".svg", ".xml", ".txt", ".woff2"}:
                yield path
