"""One's data comes along and goes: the export holds every row, and leaving takes every trace."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from reviews_app import outbox
from reviews_app.accounts import queries
from reviews_app.accounts.models import Account
from reviews_app.cli.mail import deliver
from reviews_app.db import Base, db
from reviews_app.web.leaving import RULES
from tests.databases import NewDatabase, a_site
from tests.pages import checked, visit
from tests.people import PASSWORD, an_account, mails, send, signed_in
from tests.web.reviewing import FIELDS, FORM, a_machine, write

EMAIL, NAME = "leaves.for.good@people.example", "Unmistakable Synthetic Name"
WORDS = (EMAIL, NAME, "leaves.for.good")
TITLE = "Unmistakable synthetic title"


def _pointing(metadata: sa.MetaData) -> set[tuple[str, str]]:
    """Every column that points to an account."""
    return {
        (table.name, column.name)
        for table in metadata.sorted_tables
        for column in table.columns
        for key in column.foreign_keys
        if key.target_fullname == "account.id"
    }


def test_every_column_that_points_to_an_account_has_a_rule() -> None:
    assert _pointing(Base.metadata) == {(rule.table, rule.column) for rule in RULES}
    assert len(RULES) == len({rule.name for rule in RULES})


def test_the_walk_sees_a_table_that_nobody_thought_of() -> None:
    metadata = sa.MetaData()
    sa.Table("account", metadata, sa.Column("id", sa.Integer, primary_key=True))
    sa.Table("new", metadata, sa.Column("whose", sa.ForeignKey("account.id"), primary_key=True))

    assert _pointing(metadata) == {("new", "whose")}


def test_the_export_holds_every_row_that_points_to_the_account(app: Flask) -> None:
    with app.app_context():
        account_id = an_account("moderator", email=EMAIL, public_name=NAME)
    client = signed_in(app, account_id=account_id)
    send(client, "/account/recovery-codes", {"generate_new_codes": "1"})
    send(client, "/account/recovery", {"email": EMAIL})

    answer = client.get("/account/data")

    assert answer.headers["Content-Disposition"] == "attachment; filename=my-data.json"
    assert answer.headers["Cache-Control"] == "no-store"
    data = json.loads(answer.data)
    assert data["account"]["email"] == EMAIL
    assert data["account"]["public_name"] == NAME
    shown = set()
    with app.app_context():
        for rule in RULES:
            column = Base.metadata.tables[rule.table].c[rule.column]
            count = db.session.scalar(sa.select(sa.func.count()).where(column == account_id))
            assert bool(data[rule.name]) == bool(count), rule.name
            shown |= {rule.table} if count else set()
    assert shown >= {"account_role", "account_session", "recovery_code", "mail"}
    with app.app_context():
        account = queries.get_account(account_id)
        secrets = (account.password, account.fs_uniquifier, account.tf_totp_secret)
        assert not [one for one in secrets if str(one) in answer.text]


@pytest.fixture
def files(tmp_path: Path, new_database: NewDatabase) -> Iterator[tuple[Flask, Path]]:
    """A site whose database is a file, where there are files."""
    with a_site(new_database, tmp_path / "site.db") as app:
        yield app, tmp_path


@pytest.mark.parametrize("keep", ["yes", "no"])
def test_after_leaving_name_and_address_are_nowhere(files: tuple[Flask, Path], keep: str) -> None:
    app, folder = files
    with app.app_context():
        an_account(email=EMAIL, public_name=NAME)
    a_machine(app)
    client = app.test_client()
    send(client, FORM, {**FIELDS, "title": TITLE}, status=303)  # waits in the session of a visitor
    send(client, "/account/sign-in", {"email": EMAIL, "password": PASSWORD}, status=302)
    write(client, title=TITLE)
    send(client, "/account/name", {"public_name": f"{NAME} II"}, page="/account", status=303)
    send(client, "/account/recovery", {"email": EMAIL})
    visit(client, "/account/deletion", personal=True)
    fields = {"keep": keep, "password": PASSWORD}

    page = checked(send(client, "/account/deletion", fields), "/account/deletion", personal=True)

    words = WORDS if keep == "yes" else (*WORDS, TITLE)
    assert "Your account is deleted" in page.words
    assert "Signed in as" not in page.words
    assert [recipient for recipient, _, _ in mails(app)] == [EMAIL]
    with app.app_context():
        letters = outbox.Folder(folder / "elsewhere", "no-reply@legwise.example")
        assert deliver(letters) == (1, [])
        assert db.session.query(Account).count() == 0
        for table in Base.metadata.sorted_tables:
            rows = repr(db.session.execute(table.select()).all())
            assert not [word for word in words if word in rows], table.name
    for path in folder.glob("site.db*"):
        raw = path.read_bytes()
        assert not [word for word in words if word.encode() in raw], path.name


def test_the_search_in_raw_files_finds_who_stayed(files: tuple[Flask, Path]) -> None:
    app, folder = files
    with app.app_context():
        an_account(email=EMAIL, public_name=NAME)
        if db.engine.dialect.name != "sqlite":
            pytest.skip("PostgreSQL keeps its own files")

    assert [path for path in folder.glob("site.db*") if EMAIL.encode() in path.read_bytes()]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"keep": "no", "password": "not this one at all"}, "This is not your password."),
        ({"keep": "no", "password": ""}, "This is not your password."),
        ({"password": PASSWORD}, "Please choose one of the two."),
        ({"keep": "perhaps", "password": PASSWORD}, "Please choose one of the two."),
    ],
)
def test_nobody_leaves_by_mistake(app: Flask, fields: dict[str, str], words: str) -> None:
    client = signed_in(app)

    page = checked(
        send(client, "/account/deletion", fields), "/account/deletion", status=422, personal=True
    )

    assert words in page.words
    assert client.get("/account").status_code == 200


def test_the_number_of_who_left_is_given_to_nobody(app: Flask) -> None:
    with app.app_context():
        account_id = an_account()
    client = signed_in(app, account_id=account_id)
    send(client, "/account/deletion", {"keep": "no", "password": PASSWORD}, status=200)

    with app.app_context():
        assert an_account() > account_id


def test_an_address_is_free_again_after_leaving(app: Flask) -> None:
    with app.app_context():
        account_id = an_account(email=EMAIL)
    client = signed_in(app, account_id=account_id)
    send(client, "/account/deletion", {"keep": "no", "password": PASSWORD}, status=200)

    with app.app_context():
        assert an_account(email=EMAIL)
