"""Knows the settings: which there are, where they come from and what is allowed.

The factory reads them once; nothing below it looks at the environment.
"""

import os
import re
import secrets
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

ROOT = Path(__file__).resolve().parent.parent
INSTANCE = ROOT / "instance"

SHORTEST_SECRET = 32
FEWEST_DIFFERENT = 10
A_SECRET = f"a random text of {SHORTEST_SECRET} characters or more"
LONGEST_SITE_NAME = 60
MADE_UP = "synthetic"
"""In the name of every database that takes made-up machines (`catalogue/synthetic.py`)."""
OFF = frozenset({"0", "false", "no"})
"""What Flask takes for a debugger that is off."""
THREADS = 40
"""Of each worker. Where 64 people sign in at once each takes one; pages have the others (G29)."""
HOST_NAME = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")


class WrongSetting(SystemExit):
    """A setting cannot be used; left alone it ends the start with its one sentence."""


@dataclass(frozen=True)
class Config:
    """Every setting of one running site, checked. Printed, it shows no password."""

    database_url: str = field(repr=False)
    secret_key: str = field(repr=False)
    host: str = "127.0.0.1"
    port: int = 8000
    site_name: str = "Legwise"
    site_url: str = "http://127.0.0.1:8000"
    development: bool = False
    smtp_url: str | None = field(default=None, repr=False)
    mail_from: str = "no-reply@localhost"
    mail_folder: str | None = None
    trusted_proxies: int = 0

    @classmethod
    def from_env(
        cls, environ: Mapping[str, str] = os.environ, *, instance: Path = INSTANCE
    ) -> "Config":
        """The settings in `environ`; a variable that is empty counts as not set.

        Makes the folder of the database, and on the first run the secret in `instance`. In
        production no database is taken into which made-up machines may go.
        Raises WrongSetting at the first value that is not allowed.
        """
        given = {name: value for name, value in environ.items() if value.strip()}
        host = _host(given.get("HOST", cls.host))
        port = _port(given.get("PORT", str(cls.port)))
        site_url = _site_url(given.get("SITE_URL", _own_url(host, port)))
        development = _setting(given) == "development"
        database_url = _database_url(given.get("DATABASE_URL"), instance)
        if not development:
            _refuse_made_up(database_url)
        smtp_url = _smtp_url(given.get("SMTP_URL"))
        return cls(
            database_url=database_url,
            secret_key=_secret_key(given, instance / "secret_key"),
            host=host,
            port=port,
            site_name=_site_name(given.get("SITE_NAME", cls.site_name)),
            site_url=site_url,
            development=development,
            smtp_url=smtp_url,
            mail_from=_mail_from(given.get("MAIL_FROM"), site_url),
            mail_folder=str(instance / "mail") if development and not smtp_url else None,
            trusted_proxies=_trusted_proxies(given.get("TRUSTED_PROXIES", "0")),
        )

    @property
    def bind(self) -> str:
        """The address as a server takes it."""
        return f"{_in_url(self.host)}:{self.port}"

    def as_flask(self) -> dict[str, object]:
        """The settings under the names that Flask and its extensions know."""
        return {
            "SECRET_KEY": self.secret_key,
            "SITE_NAME": self.site_name,
            "SITE_URL": self.site_url,
            "DEVELOPMENT": self.development,
            "SMTP_URL": self.smtp_url,
            "MAIL_FROM": self.mail_from,
            "MAIL_FOLDER": self.mail_folder,
            "TRUSTED_PROXIES": self.trusted_proxies,
            "SQLALCHEMY_DATABASE_URI": self.database_url,
            "SQLALCHEMY_ENGINE_OPTIONS": self._engine_options(),
        }

    def _engine_options(self) -> dict[str, object]:
        """A transaction is one state of the database, which `reviews_app.db` sees to on SQLite.

        There each thread may have a connection; in memory, as in tests, all share one. PostgreSQL
        takes 100 in all, also while new workers replace the old: 15 each, as the pool has it.
        """
        if self.database_url.startswith("postgresql"):
            return {"isolation_level": "REPEATABLE READ", "pool_pre_ping": True}
        return {} if self.database_url == "sqlite://" else {"max_overflow": THREADS}


def _host(value: str) -> str:
    try:
        return str(ip_address(value))
    except ValueError:
        if HOST_NAME.fullmatch(value):
            return value
    raise _wrong("HOST", value, "an IP address or a host name, such as 127.0.0.1 or 0.0.0.0")


def _port(value: str) -> int:
    if re.fullmatch(r"[0-9]{1,5}", value) and 1 <= int(value) <= 65535:
        return int(value)
    raise _wrong("PORT", value, "a whole number from 1 to 65535")


def _site_name(value: str) -> str:
    if len(value) <= LONGEST_SITE_NAME and value.isprintable():
        return value.strip()
    raise _wrong("SITE_NAME", value, f"up to {LONGEST_SITE_NAME} characters on one line")


def _site_url(value: str) -> str:
    """An origin: pages add their path to it."""
    origin = value.rstrip("/")
    try:
        parts = urlsplit(origin)
        _ = parts.port  # raises when it is no number
    except ValueError:
        parts = urlsplit("")
    plain = parts.scheme in {"http", "https"} and f"{parts.scheme}://{parts.netloc}" == origin
    if plain and parts.hostname and "@" not in origin and not re.search(r"\s", origin):
        return origin
    raise _wrong("SITE_URL", value, "http:// or https:// and a host, without a path")


def _own_url(host: str, port: int) -> str:
    everywhere = host in {"0.0.0.0", "::"}  # noqa: S104  (compared with, not bound to)
    return f"http://{'localhost' if everywhere else _in_url(host)}:{port}"


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _smtp_url(value: str | None) -> str | None:
    """Where mail is handed over; None where it is not."""
    if value is None:
        return None
    try:
        parts = urlsplit(value)
        plain = parts.port != 0 and not (parts.path.strip("/") or parts.query or parts.fragment)
    except ValueError:
        plain = False
    if plain and parts.scheme in {"smtp", "smtps"} and parts.hostname:
        return value
    allowed = "smtp://user:password@host:587 (STARTTLS) or smtps://user:password@host:465"
    raise _wrong("SMTP_URL", _without_password(value), allowed)


def _mail_from(value: str | None, site_url: str) -> str:
    """Whom our mails are from: an address of the site unless another is given."""
    sender = value or f"no-reply@{urlsplit(site_url).hostname}"
    if re.fullmatch(r"[^\s@<>,;:\"]+@[^\s@<>,;\"]+", sender):
        return sender
    raise _wrong("MAIL_FROM", sender, "one e-mail address")


def _trusted_proxies(value: str) -> int:
    """How many servers of our own stand before this one and say for whom they ask."""
    if re.fullmatch(r"[0-9]", value):
        return int(value)
    raise _wrong("TRUSTED_PROXIES", value, "a whole number from 0 to 9")


def _database_url(value: str | None, instance: Path) -> str:
    """An absolute address; the relative path of a file starts at the instance folder."""
    url = _parsed(value) if value else URL.create("sqlite", database="legwise.db")
    if url.drivername == "postgresql":
        return url.render_as_string(hide_password=False)
    path = instance / str(url.database)
    shown = value or str(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        usable = not path.is_dir() and os.access(path if path.exists() else path.parent, os.W_OK)
    except (OSError, ValueError) as error:
        raise _wrong("DATABASE_URL", shown, f"a file this user can write ({error})") from None
    if not usable:
        raise _wrong("DATABASE_URL", shown, "a file this user can write")
    return url.set(database=str(path)).render_as_string(hide_password=False)


def _refuse_made_up(database_url: str) -> None:
    """Raise WrongSetting for a database whose name says that it takes what is made up."""
    name = Path(str(make_url(database_url).database)).name
    if MADE_UP in name:
        allowed = f"a database without {MADE_UP!r} in its name: what is made up is not published"
        raise _wrong("DATABASE_URL", name, allowed)


def _parsed(value: str) -> URL:
    allowed = (
        "sqlite:///relative/to/instance.db, sqlite:////absolute/path.db "
        "or postgresql://user:password@host:5432/database"
    )
    try:
        url = make_url(value)
    except (ArgumentError, ValueError):
        raise _wrong("DATABASE_URL", _without_password(value), allowed) from None
    if url.drivername == "postgresql" and url.database:
        return url
    in_a_file = url.database and url.database != ":memory:" and not url.database.startswith("file:")
    if url.drivername == "sqlite" and not url.host and in_a_file:
        return url
    raise _wrong("DATABASE_URL", url.render_as_string(hide_password=True), allowed)


def _without_password(value: str) -> str:
    """What cannot be read as an address may hold a password all the same."""
    return re.sub(r"(//[^:@]*):.*@", r"\1:***@", value)


def _secret_key(given: Mapping[str, str], path: Path) -> str:
    """The secret of the environment, or outside production one of our own that is kept."""
    setting = _setting(given)
    if "SECRET_KEY" in given:
        secret, name = given["SECRET_KEY"], "SECRET_KEY"
    elif setting == "production":
        raise WrongSetting(f"SECRET_KEY is not set; in production it must be {A_SECRET}.")
    else:
        secret, name = _kept_secret(path), f"The secret kept in {path}"
    if len(secret) < SHORTEST_SECRET:
        raise WrongSetting(f"{name} has {len(secret)} characters; it must be {A_SECRET}.")
    if setting == "production" and len(set(secret)) < FEWEST_DIFFERENT:
        raise WrongSetting(f"{name} repeats a few characters; it must be {A_SECRET}.")
    return secret


def _setting(given: Mapping[str, str]) -> str:
    """Where the site runs: in development it keeps its own secret and shows its style guide."""
    setting = given.get("LEGWISE_ENV", "development")
    if setting not in {"development", "production"}:
        raise _wrong("LEGWISE_ENV", setting, "development or production")
    if setting == "production" and given.get("FLASK_DEBUG", "0").lower() not in OFF:
        raise _wrong("FLASK_DEBUG", given["FLASK_DEBUG"], "0 in production, or left out")
    return setting


def _kept_secret(path: Path) -> str:
    """The secret in the file at `path`, which is made when there is none."""
    try:
        if not path.exists():
            _write_once(path, secrets.token_hex(32))
        return path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeError) as error:
        raise WrongSetting(
            f"SECRET_KEY is not set and none can be kept in {path} ({error}); set it to {A_SECRET}."
        ) from None


def _write_once(path: Path, text: str) -> None:
    """Of several processes that start together one writes; nobody reads half a secret."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}")  # mode 0600
    draft = Path(name)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(f"{text}\n")
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _wrong(name: str, value: str, allowed: str) -> WrongSetting:
    return WrongSetting(f"{name} is {value!r}; it must be {allowed}.")
