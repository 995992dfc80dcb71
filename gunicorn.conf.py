"""Knows how the site is served; the settings are those of `reviews_app.config`."""

import gc
import os
import signal
import time
from threading import Thread
from typing import Any

from reviews_app import browse
from reviews_app.config import Config
from reviews_app.db import db

wsgi_app = "reviews_app:create_app()"
bind = Config.from_env().bind

worker_class = "gthread"
workers = 2
threads = 4
preload_app = True

# The heartbeat file belongs in memory where there is such a place: a slow disk kills workers.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108
# Otherwise a socket appears in the home folder of whoever serves.
control_socket_disable = True

limit_request_line = 8190
# Nobody is tracked: an address with what was asked is not written down.
accesslog = None


def when_ready(server: Any) -> None:
    """Build the browse index before the workers are forked, which then share its memory.

    A large catalogue takes a while: workers start at once, answer by SQL and say at /healthz that
    they are not ready, and are replaced by others that have the index.
    """
    app = server.app.wsgi()
    with app.app_context():
        soon = browse.expect_index()
    if soon:
        _build(server, app)
    else:
        Thread(target=_build_beside, args=(server, app), daemon=True).start()


def _build(server: Any, app: Any) -> None:
    started = time.perf_counter()
    with app.app_context():
        size = browse.open_index(lambda stage: server.log.info("Browse index: %s", stage)).size
    gc.collect()
    gc.freeze()  # or counting references would copy what the workers share
    server.log.info("Browse index: %s products in %.1f s", size, time.perf_counter() - started)


def _build_beside(server: Any, app: Any) -> None:
    _build(server, app)
    for pid in list(server.WORKERS):
        os.kill(pid, signal.SIGTERM)  # ends when its requests have; another is forked in its place


def post_fork(_server: Any, worker: Any) -> None:
    """A worker opens its own connections; those of its parent stay the parent's."""
    with worker.app.wsgi().app_context():
        db.engine.dispose(close=False)
