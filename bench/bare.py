"""A Flask route that does nothing but return bytes: the ceiling of the server it runs on."""

from __future__ import annotations

import os
from pathlib import Path

from flask import Flask, Response

BODY = "BENCH_BODY"

app = Flask(__name__)
body = Path(os.environ[BODY]).read_bytes() if BODY in os.environ else b""


@app.get("/")
def index() -> Response:
    """The bytes of a listing page."""
    return Response(body, content_type="text/html; charset=utf-8")
