"""What the database itself refuses: to change or empty the log, and to change what somebody wrote.

Made with the tables. The migration says the same in words of its own; a test compares the two.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import sqlalchemy as sa

LOG_IS_KEPT = "The moderation log is only ever added to"
TEXT_IS_THEIRS = "What a reader wrote is changed by nobody; an edit is a new version"

REFUSED = (
    ("moderation_entry", ("UPDATE", "DELETE", "TRUNCATE"), LOG_IS_KEPT),
    ("reader_review_version", ("UPDATE",), TEXT_IS_THEIRS),
    ("reader_review_need", ("UPDATE",), TEXT_IS_THEIRS),
)


def guard(dialect: str, table: str, verbs: tuple[str, ...], words: str) -> Iterator[str]:
    """The statements that make a table refuse some verbs, with words that say why."""
    if dialect == "sqlite":
        for verb in verbs:
            if verb != "TRUNCATE":  # it has no such verb
                yield (
                    f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{words}'); END"
                )
        return
    yield (
        f"CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{words}'; END $$"
    )
    for verb in verbs:
        each = "STATEMENT" if verb == "TRUNCATE" else "ROW"
        yield (
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"FOR EACH {each} EXECUTE FUNCTION {table}_refuse()"
        )


def set_guards(
    _metadata: sa.MetaData, connection: sa.Connection, tables: Iterable[sa.Table], **_: object
) -> None:
    """Set them once the tables of a metadata are made; the listener of its `after_create`."""
    made = {table.name for table in tables}
    for name, verbs, words in REFUSED:
        if name in made:
            for statement in guard(connection.dialect.name, name, verbs, words):
                connection.exec_driver_sql(statement)
