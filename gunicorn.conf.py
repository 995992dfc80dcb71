"""Knows how the site is served; the settings are those of `reviews_app.config`."""

import os
from typing import Any

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


def post_fork(_server: Any, worker: Any) -> None:
    """A worker opens its own connections; those of its parent stay the parent's."""
    with worker.app.wsgi().app_context():
        db.engine.dispose(close=False)
