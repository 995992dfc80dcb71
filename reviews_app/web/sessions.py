"""Knows the session of a request: a row, opened by a cookie, and only on personal pages.

A public page has none. It reads nothing of who asks, so that its answer is the same for all; to
write there is a mistake of ours and fails.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import cached_property
from typing import Any, cast

from flask import Flask, Request, Response, request, session
from flask.json.tag import TaggedJSONSerializer
from flask.sessions import SessionInterface, SessionMixin

from reviews_app import limits, log_lines
from reviews_app.accounts import sessions
from reviews_app.db import DatabaseOutOfOrder, db, now, writing
from reviews_app.reviews.readers import marks
from reviews_app.web import rights

SERIALIZER = TaggedJSONSerializer()


class PublicPageHasNoSession(RuntimeError):
    """A page that everybody gets alike tried to keep something of one visitor."""


class RowSession(SessionMixin):
    """What is known of a browser from one request to the next; read when first asked for."""

    def __init__(self, cookie: str | None) -> None:
        self.cookie = cookie
        self.account_id: int | None = None
        self.outlived: list[str] = []
        self.modified = False

    @cached_property
    def public(self) -> bool:
        """Whether this is the session of a page that has none."""
        return rights.is_public(request.endpoint)

    @cached_property
    def _content(self) -> dict[str, Any]:
        self.secret: str | None = None
        self.seen_at: datetime | None = None
        stored = sessions.find(self.cookie) if self.cookie and not self.public else None
        if stored is None:
            return {}
        self.secret = self.cookie
        self.account_id, self.seen_at = stored.account_id, stored.seen_at
        content: dict[str, Any] = SERIALIZER.loads(stored.content)
        return content

    @property
    def key(self) -> str:
        """What `accounts.sessions.listed` calls it; "" where it was not written down yet."""
        _ = self._content
        return sessions.digest(self.secret) if self.secret else ""

    @property
    def was_read(self) -> bool:
        """Whether anything asked for what it holds."""
        return "_content" in self.__dict__

    @property
    def is_due(self) -> bool:
        """Whether it should be written down that it is still used."""
        _ = self._content
        return self.seen_at is not None and sessions.is_due(self.seen_at)

    def begin_anew(self, account_id: int | None) -> None:
        """Go on under another secret: the old one, should anybody have it, opens nothing now."""
        _ = self._content
        if self.secret is not None:
            self.outlived.append(self.secret)
        self.secret, self.account_id = None, account_id
        self.modified = True

    def end(self) -> None:
        """Forget everything, here and in the browser."""
        self.begin_anew(None)
        self._content.clear()

    def __getitem__(self, key: str) -> Any:
        return self._content[key]

    def __setitem__(self, key: str, value: Any) -> None:
        if self.public:
            raise PublicPageHasNoSession(f"{request.endpoint} wanted to keep {key!r}")
        self._content[key] = value
        self.modified = True

    def __delitem__(self, key: str) -> None:
        del self._content[key]
        self.modified = True

    def __iter__(self) -> Iterator[str]:
        return iter(self._content)

    def __len__(self) -> int:
        return len(self._content)


class RowSessions(SessionInterface):
    """Opens and keeps the sessions of the site."""

    def open_session(self, app: Flask, request: Request) -> RowSession:
        """The session of that browser, which is not read before somebody asks."""
        return RowSession(request.cookies.get(self.get_cookie_name(app)))

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Write down what changed, and that it was used; say the secret where it is a new one."""
        if not isinstance(session, RowSession) or not session.was_read or session.public:
            return
        db.session.rollback()  # what a page wanted kept it has committed
        try:
            if session:
                self._keep(app, session, response)
            else:
                self._drop(app, session, response)
        except DatabaseOutOfOrder as error:
            db.session.rollback()
            if session.outlived:  # nobody is told that an old secret opens nothing while it does
                raise
            log_lines.write_fault(error)

    def _keep(self, app: Flask, session: RowSession, response: Response) -> None:
        if not (session.modified or session.is_due):
            return
        content = SERIALIZER.dumps(dict(session))
        writing()
        _end(session.outlived)
        if session.secret is not None:
            sessions.go_on(session.secret, content)
            db.session.commit()
            return
        sessions.sweep()
        limits.sweep()
        marks.forget_old(now())
        secret = sessions.begin(content, session.account_id)
        db.session.commit()
        response.set_cookie(self.get_cookie_name(app), secret, **self._bounds(app))

    def _drop(self, app: Flask, session: RowSession, response: Response) -> None:
        outlived = [*session.outlived, *([session.secret] if session.secret else [])]
        if outlived:
            writing()
            _end(outlived)
            db.session.commit()
        if session.cookie is not None:
            response.delete_cookie(self.get_cookie_name(app), **self._bounds(app))

    def _bounds(self, app: Flask) -> dict[str, Any]:
        secure = self.get_cookie_secure(app)
        return {"path": "/", "secure": secure, "httponly": True, "samesite": "Lax"}


def _end(secrets: list[str]) -> None:
    for secret in secrets:
        sessions.end(secret)


def this_session() -> RowSession:
    """The session of the request."""
    return cast(RowSession, session._get_current_object())  # type: ignore[attr-defined]
