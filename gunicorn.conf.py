"""Knows how the site is served; the settings are those of `reviews_app.config`."""

import gc
import os
import signal
import time
from threading import Thread
from typing import Any

from gunicorn.glogging import Logger

from reviews_app import browse
from reviews_app.cli.mail import deliver, find_carrier
from reviews_app.config import THREADS, Config
from reviews_app.db import DatabaseTrouble, db
from reviews_app.log_lines import Lines
from reviews_app.web.warming import warm

settings = Config.from_env()

wsgi_app = "reviews_app:create_app()"
bind = settings.bind

worker_class = "gthread"
workers = 2
threads = THREADS
preload_app = True

# The heartbeat file belongs in memory where there is such a place: a slow disk kills workers.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108
# Otherwise a socket appears in the home folder of whoever serves.
control_socket_disable = True

limit_request_line = 8190
# Nobody is tracked: an address with what was asked is not written down.
accesslog = None


class OneLineEach(Logger):
    """Writes what the server says as the site does; a line of its own could hold an address."""

    def setup(self, cfg: Any) -> None:
        """As always, but for the form of the lines."""
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(Lines())


if not settings.development:  # there people read it, here programs
    logger_class = OneLineEach


KEEPING_UP_SECONDS = 1.0
MAIL_SECONDS = 2.0


def when_ready(server: Any) -> None:
    """Build the browse index before the workers are forked, which then share its memory.

    A large catalogue takes a while: workers start at once, answer by SQL and say at /healthz that
    they are not ready, and are replaced by others that have the index.
    """
    app = server.app.wsgi()
    with app.app_context():
        soon = browse.expect_index()
        carrier = find_carrier()
    if soon:
        _build(server, app)
    Thread(target=_keep_up, args=(server, app, soon), daemon=True).start()
    if carrier is None:
        server.log.warning("Mail: SMTP_URL is not set, so mails wait in the outbox")
    else:
        Thread(target=_send_mails, args=(server, app, carrier), daemon=True).start()


def _keep_up(server: Any, app: Any, built: bool) -> None:
    """Build the large index here, where nobody waits for answers, whenever one is needed."""
    if not built:
        _build(server, app)
        _replace_workers()
    while True:
        time.sleep(KEEPING_UP_SECONDS)
        try:
            with app.app_context():
                rebuilt = browse.keep_up()
        except DatabaseTrouble as trouble:  # the workers answer by SQL, and say so if they cannot
            server.log.warning("Browse index: %s", trouble.orig)
            continue
        if rebuilt:
            server.log.info("Browse index: built anew; workers that share it replace the others")
            _share(server, app)
            _replace_workers()


def _send_mails(server: Any, app: Any, carrier: Any) -> None:
    """Hand over what pages put into the outbox, here, so that no page takes longer for it."""
    while True:
        time.sleep(MAIL_SECONDS)
        try:
            with app.app_context():
                sent, troubles = deliver(carrier)
        except DatabaseTrouble as trouble:
            server.log.warning("Mail: %s", trouble.orig)
            continue
        if sent:
            server.log.info("Mail: %s sent", sent)
        for one in troubles:
            server.log.warning("Mail: %s", one)


def _build(server: Any, app: Any) -> None:
    started = time.perf_counter()
    with app.app_context():
        snapshot = browse.open_index(
            lambda stage: server.log.info("Browse index: %s", stage), builds_beside=False
        )
    took = time.perf_counter() - started
    server.log.info("Browse index: %s products in %.1f s", snapshot.size, took)
    _share(server, app)


def _share(server: Any, app: Any) -> None:
    """Make what the workers will share: the pages asked for most, with all that repeats on others.

    Counting references would otherwise copy it.
    """
    server.log.info("%s pages are ready", warm(app))
    gc.collect()
    gc.freeze()


def _replace_workers() -> None:
    """What a reload does: new workers first, then the old ones end when their requests have."""
    os.kill(os.getpid(), signal.SIGHUP)


def post_fork(_server: Any, worker: Any) -> None:
    """A worker opens its own connections; those of its parent stay the parent's."""
    with worker.app.wsgi().app_context():
        db.engine.dispose(close=False)
