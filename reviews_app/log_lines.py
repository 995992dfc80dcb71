"""Knows how a line of the log is written: one an event, and nothing that somebody typed moves it.

A line is a JSON object in ASCII, so that no sign in it ends the line or reaches a terminal. Of a
fault it says the kind and the places in the code: its message may hold what a reader typed.
"""

from __future__ import annotations

import json
import logging
import secrets
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO, cast

from flask import current_app, g, has_request_context, request
from flask.logging import wsgi_errors_stream
from sqlalchemy.exc import OperationalError

LONGEST_VALUE = 200
MOST_PLACES = 12
SAID = "said"
"""The attribute of a record with what an event says of itself."""


class Lines(logging.Formatter):
    """Writes any record, of ours or of a library, as one line."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        fault = record.exc_info[1] if record.exc_info else None
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "log": record.name,
            **_of_the_request(),
            **({"event": "fault", **_of(fault)} if fault else self._told(record)),
        }
        return json.dumps({name: _short(value) for name, value in line.items()})

    @staticmethod
    def _told(record: logging.LogRecord) -> dict[str, Any]:
        said: dict[str, Any] | None = getattr(record, SAID, None)
        return said or {"event": "note", "words": record.getMessage()}


def register() -> None:
    """Have what the site says of itself written to where its server writes errors."""
    logger = logging.getLogger("reviews_app")
    logger.setLevel(logging.INFO)
    if not logger.handlers:
        # Wherever the server writes at that moment; its type does not say that it is a stream.
        handler = logging.StreamHandler(cast(TextIO, wsgi_errors_stream))
        handler.setFormatter(Lines())
        logger.addHandler(handler)


def write_fault(fault: BaseException) -> None:
    """Write down what broke, where a page has an answer to it nevertheless."""
    logging.getLogger("reviews_app").error("", exc_info=fault)


def request_number() -> str:
    """What this request is called in every line about it, and on an error page."""
    if "request_number" not in g:
        g.request_number = secrets.token_hex(6)
    return str(g.request_number)


def _of_the_request() -> dict[str, Any]:
    """The route, never the path: that may hold the secret of a link in a mail."""
    if not has_request_context():
        return {}
    return {"request": request_number(), "method": request.method, "route": request.endpoint}


def _of(fault: BaseException) -> dict[str, Any]:
    kinds = [type(one).__name__ for one in _and_behind(fault)]
    frames = traceback.extract_tb(fault.__traceback__)
    ours = [frame for frame in frames[:-1] if "site-packages" not in frame.filename]
    places = [_place(frame) for frame in [*ours[-MOST_PLACES:], *frames[-1:]]]
    return {"kinds": kinds, "places": places, **_says(fault)}


def _says(fault: BaseException) -> dict[str, str]:
    if isinstance(fault, OperationalError):  # of the driver: “database or disk is full”
        return {"says": str(fault.orig)}
    return {"says": str(fault)} if has_request_context() and _in_development() else {}


def _and_behind(fault: BaseException | None) -> Iterator[BaseException]:
    while fault is not None:
        yield fault
        fault = fault.__cause__ or fault.__context__


def _in_development() -> bool:
    return bool(current_app.config["DEVELOPMENT"])


def _place(frame: traceback.FrameSummary) -> str:
    return f"{'/'.join(Path(frame.filename).parts[-3:])}:{frame.lineno} {frame.name}"


def _short(value: Any) -> Any:
    return value[:LONGEST_VALUE] if isinstance(value, str) else value
