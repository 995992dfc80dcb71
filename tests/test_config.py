"""The settings: what they are when nothing is said, and what stops the start."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from reviews_app.catalogue import synthetic
from reviews_app.config import MADE_UP, ROOT, Config, WrongSetting

GOOD_SECRET = "synthetic-secret-of-tests-0123456789"  # noqa: S105  (opens nothing)


def test_without_a_word_the_site_runs_on_its_own_database(tmp_path: Path) -> None:
    config = Config.from_env({}, instance=tmp_path)

    assert config.database_url == f"sqlite:///{tmp_path}/legwise.db"
    assert (config.host, config.port, config.bind) == ("127.0.0.1", 8000, "127.0.0.1:8000")
    assert (config.site_name, config.site_url) == ("Legwise", "http://127.0.0.1:8000")


def test_a_variable_that_is_empty_counts_as_not_set(tmp_path: Path) -> None:
    empty = dict.fromkeys(["DATABASE_URL", "HOST", "PORT", "SITE_NAME", "SITE_URL"], "")

    assert Config.from_env(empty, instance=tmp_path) == Config.from_env({}, instance=tmp_path)


@pytest.mark.parametrize("port", ["0", "65536", "-1", "80a", "8000.0", " 80 80", "８０００"])
def test_a_wrong_port_stops_the_start_in_one_sentence(tmp_path: Path, port: str) -> None:
    with pytest.raises(WrongSetting) as stop:
        Config.from_env({"PORT": port}, instance=tmp_path)

    assert str(stop.value) == f"PORT is {port!r}; it must be a whole number from 1 to 65535."


@pytest.mark.parametrize("host", ["a b", "http://x", "127.0.0.1:80", "-x", "x/y"])
def test_a_wrong_host_stops_the_start(tmp_path: Path, host: str) -> None:
    with pytest.raises(WrongSetting, match=r"^HOST is "):
        Config.from_env({"HOST": host}, instance=tmp_path)


@pytest.mark.parametrize(
    "url",
    [
        "mysql://localhost/x",
        "legwise.db",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite:///file:x?uri=true",
        "sqlite://host/x.db",
        "sqlite+aiosqlite:///x.db",
        "postgresql://",
        "postgresql://host/",
        "postgresql://host:port/x",
        "postgresql+psycopg2://host/x",
        "postgres://host/x",
    ],
)
def test_a_database_we_cannot_use_stops_the_start(tmp_path: Path, url: str) -> None:
    with pytest.raises(WrongSetting, match=r"^DATABASE_URL is .*; it must be sqlite:///"):
        Config.from_env({"DATABASE_URL": url}, instance=tmp_path)


@pytest.mark.parametrize(
    "url", ["mysql://me:hush@localhost/x", "postgresql://me:hu@sh:2@host:port/x"]
)
def test_the_password_of_a_refused_database_is_not_shown(tmp_path: Path, url: str) -> None:
    with pytest.raises(WrongSetting) as stop:
        Config.from_env({"DATABASE_URL": url}, instance=tmp_path)

    assert "hush" not in str(stop.value)
    assert "sh:2" not in str(stop.value)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://me:hush%40@db.example:5433/legwise?sslmode=require",
        "postgresql:///legwise",
    ],
)
def test_a_postgresql_database_is_taken_as_it_is_given(tmp_path: Path, url: str) -> None:
    config = Config.from_env({"DATABASE_URL": url}, instance=tmp_path)

    assert config.database_url == url
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_a_relative_database_lies_in_the_instance_folder(tmp_path: Path) -> None:
    config = Config.from_env({"DATABASE_URL": "sqlite:///a/b.db"}, instance=tmp_path)

    assert config.database_url == f"sqlite:///{tmp_path}/a/b.db"


def test_the_folder_of_the_database_is_made(tmp_path: Path) -> None:
    Config.from_env({"DATABASE_URL": f"sqlite:///{tmp_path}/new/er/x.db"}, instance=tmp_path)

    assert (tmp_path / "new" / "er").is_dir()


def test_a_database_that_is_a_folder_or_below_a_file_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    for path in (tmp_path, tmp_path / "file" / "x.db"):
        with pytest.raises(WrongSetting, match=r"^DATABASE_URL .* a file this user can write"):
            Config.from_env({"DATABASE_URL": f"sqlite:///{path}"}, instance=tmp_path)


def test_the_secret_is_made_once_and_kept_from_others(tmp_path: Path) -> None:
    first = Config.from_env({}, instance=tmp_path).secret_key
    second = Config.from_env({}, instance=tmp_path).secret_key

    assert first == second
    assert len(first) == 64
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_production_wants_a_secret_of_its_own(tmp_path: Path) -> None:
    with pytest.raises(WrongSetting, match=r"^SECRET_KEY is not set; in production it must"):
        Config.from_env({"LEGWISE_ENV": "production"}, instance=tmp_path)

    given = {"LEGWISE_ENV": "production", "SECRET_KEY": GOOD_SECRET}
    assert Config.from_env(given, instance=tmp_path).secret_key == GOOD_SECRET
    assert not (tmp_path / "secret_key").exists()


def test_a_short_secret_stops_the_start_without_being_shown(tmp_path: Path) -> None:
    with pytest.raises(WrongSetting, match=r"^SECRET_KEY has 6 characters") as stop:
        Config.from_env({"SECRET_KEY": "hushhu"}, instance=tmp_path)

    assert "hushhu" not in str(stop.value)


@pytest.mark.parametrize("secret", ["x" * 64, "secret" * 8, "0123456789"[:9] * 4])
def test_production_takes_no_secret_that_repeats_itself(tmp_path: Path, secret: str) -> None:
    given = {"LEGWISE_ENV": "production", "SECRET_KEY": secret}

    with pytest.raises(WrongSetting, match=r"^SECRET_KEY repeats a few characters") as stop:
        Config.from_env(given, instance=tmp_path)

    assert secret not in str(stop.value)


@pytest.mark.parametrize("debug", ["1", "true", "yes", "on"])
def test_production_has_no_debugger(tmp_path: Path, debug: str) -> None:
    given = {"LEGWISE_ENV": "production", "SECRET_KEY": GOOD_SECRET, "FLASK_DEBUG": debug}

    with pytest.raises(WrongSetting, match=r"^FLASK_DEBUG is .*; it must be 0 in production"):
        Config.from_env(given, instance=tmp_path)

    assert Config.from_env({**given, "FLASK_DEBUG": "0"}, instance=tmp_path)


def test_a_kept_secret_that_was_emptied_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "secret_key").touch()

    with pytest.raises(WrongSetting, match=r"^The secret kept in .* has 0 characters"):
        Config.from_env({}, instance=tmp_path)


def test_an_environment_nobody_knows_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(WrongSetting, match=r"^LEGWISE_ENV is 'prod'; it must be development or"):
        Config.from_env({"LEGWISE_ENV": "prod"}, instance=tmp_path)


@pytest.mark.parametrize(
    "url",
    [
        "legwise.example",
        "ftp://x",
        "https://",
        "https://x/path",
        "https://x:y",
        "https://x?",
        "a b",
    ],
)
def test_a_wrong_site_url_stops_the_start(tmp_path: Path, url: str) -> None:
    with pytest.raises(WrongSetting, match=r"^SITE_URL is "):
        Config.from_env({"SITE_URL": url}, instance=tmp_path)


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ({"PORT": "8123"}, "http://127.0.0.1:8123"),
        ({"HOST": "0.0.0.0"}, "http://localhost:8000"),  # noqa: S104  (a value, nothing is bound)
        ({"HOST": "::1"}, "http://[::1]:8000"),
        ({"SITE_URL": "https://legwise.example/"}, "https://legwise.example"),
    ],
)
def test_the_site_knows_its_own_address(tmp_path: Path, given: dict[str, str], url: str) -> None:
    assert Config.from_env(given, instance=tmp_path).site_url == url


@pytest.mark.parametrize("name", ["x" * 61, "two\nlines", "nul\0"])
def test_a_wrong_site_name_stops_the_start(tmp_path: Path, name: str) -> None:
    with pytest.raises(WrongSetting, match=r"^SITE_NAME is "):
        Config.from_env({"SITE_NAME": name}, instance=tmp_path)


@pytest.mark.parametrize("command", [["flask", "--app", "reviews_app", "routes"], ["gunicorn"]])
def test_a_wrong_setting_reaches_the_terminal_as_one_line(command: list[str]) -> None:
    done = subprocess.run(  # noqa: S603  (our own two commands)
        [sys.executable, "-m", *command],
        cwd=ROOT,
        env={**os.environ, "PORT": "eighty"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == 1
    assert done.stderr == "PORT is 'eighty'; it must be a whole number from 1 to 65535.\n"


@pytest.mark.parametrize(
    "url",
    ["mail.example", "http://mail.example", "smtp://", "smtp://host:x", "smtps://host/path?x=1"],
)
def test_a_mail_server_we_cannot_use_stops_the_start(tmp_path: Path, url: str) -> None:
    with pytest.raises(WrongSetting, match=r"^SMTP_URL is .*; it must be smtp://"):
        Config.from_env({"SMTP_URL": url}, instance=tmp_path)


def test_the_password_of_a_refused_mail_server_is_not_shown(tmp_path: Path) -> None:
    with pytest.raises(WrongSetting) as stop:
        Config.from_env({"SMTP_URL": "smtp://us:hush@host/path"}, instance=tmp_path)

    assert "hush" not in str(stop.value)


def test_printed_settings_show_no_password() -> None:
    config = Config("postgresql://me:hush@db/x", "s" * 32, smtp_url="smtp://me:hush@mail")

    assert "hush" not in repr(config)
    assert "s" * 32 not in repr(config)


def test_mails_go_to_a_folder_only_in_development_and_without_a_server(tmp_path: Path) -> None:
    production = {"LEGWISE_ENV": "production", "SECRET_KEY": GOOD_SECRET}
    server = {"SMTP_URL": "smtps://mail.example"}

    assert Config.from_env({}, instance=tmp_path).mail_folder == str(tmp_path / "mail")
    assert Config.from_env(server, instance=tmp_path).mail_folder is None
    assert Config.from_env(production, instance=tmp_path).mail_folder is None


def test_mails_are_from_the_host_of_the_site_unless_said_otherwise(tmp_path: Path) -> None:
    site = {"SITE_URL": "https://legwise.example"}

    assert Config.from_env(site, instance=tmp_path).mail_from == "no-reply@legwise.example"
    with pytest.raises(WrongSetting, match=r"^MAIL_FROM is 'Us <a@b>'; it must be one e-mail"):
        Config.from_env({"MAIL_FROM": "Us <a@b>"}, instance=tmp_path)


@pytest.mark.parametrize("proxies", ["-1", "10", "one"])
def test_a_wrong_number_of_proxies_stops_the_start(tmp_path: Path, proxies: str) -> None:
    with pytest.raises(WrongSetting, match=r"^TRUSTED_PROXIES is "):
        Config.from_env({"TRUSTED_PROXIES": proxies}, instance=tmp_path)


@pytest.mark.parametrize("url", ["sqlite:///synthetic-20.db", "postgresql://h/legwise_synthetic"])
def test_what_is_made_up_is_not_served_in_production(tmp_path: Path, url: str) -> None:
    given = {"DATABASE_URL": url, "SECRET_KEY": "s" * 32}
    assert Config.from_env(given, instance=tmp_path).development

    with pytest.raises(WrongSetting, match=r"^DATABASE_URL is .* what is made up is not published"):
        Config.from_env({**given, "LEGWISE_ENV": "production"}, instance=tmp_path)
    assert MADE_UP == synthetic.NAME
