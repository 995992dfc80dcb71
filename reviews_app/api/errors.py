"""Knows what a program is told when it cannot have what it asked: the twin of `web.errors`."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, jsonify, request
from werkzeug.exceptions import HTTPException, ServiceUnavailable
from werkzeug.wrappers import Response as AnyResponse

from reviews_app import log_lines
from reviews_app.db import DatabaseOutOfOrder
from reviews_app.errors import BadInput, DomainError, Gone, NotFound

PREFIX = "/api/"

STATUS: dict[type[DomainError], int] = {NotFound: 404, Gone: 410, BadInput: 400}

CODES = {
    400: "bad_request",
    404: "not_found",
    405: "method_not_allowed",
    414: "address_too_long",
    503: "unavailable",
}

RETRY_AFTER_SECONDS = 60
OUT_OF_ORDER = "Our database does not answer just now. Please ask again in a minute."

Answers = Callable[[Any], Any]


def register(app: Flask) -> None:
    """Answer every error below /api/ with JSON, also where no route matched; others as before."""
    answers: dict[type[Exception], Answers] = {
        DomainError: domain_error,
        HTTPException: http_error,
        DatabaseOutOfOrder: database_out_of_order,
    }
    for kind, answer in answers.items():
        page = app.error_handler_spec[None][None].get(kind)
        app.register_error_handler(kind, _by_path(answer, page))


def domain_error(error: DomainError) -> tuple[Response, int]:
    """A feature's error in its own words."""
    status = STATUS.get(type(error), HTTPStatus.BAD_REQUEST)
    return failure(status, error.code, error.message, error.parameter, error.value)


def http_error(error: HTTPException) -> tuple[Response, int] | AnyResponse:
    """An HTTP error by its status; a redirect passes as it is, and a 405 keeps what is allowed,
    a 503 when to ask again."""
    status = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    if error.response is not None or status < HTTPStatus.BAD_REQUEST:
        return error.get_response()
    code = CODES.get(status, "server_error" if status >= 500 else "bad_request")
    number = {"request": log_lines.request_number()} if status >= 500 else {}
    answer, status = failure(status, code, error.description or HTTPStatus(status).phrase, **number)
    for name, value in error.get_headers():
        if name in {"Allow", "Retry-After"}:
            answer.headers[name] = value
    return answer, status


def database_out_of_order(error: DatabaseOutOfOrder) -> tuple[Response, int] | AnyResponse:
    """What a page is told, for programs."""
    log_lines.write_fault(error)
    return http_error(ServiceUnavailable(OUT_OF_ORDER, retry_after=RETRY_AFTER_SECONDS))


def failure(
    status: int,
    code: str,
    message: str,
    parameter: str | None = None,
    value: str | None = None,
    **more: object,
) -> tuple[Response, int]:
    """The one shape of an error (`product.md` §3), and what else helps beside it."""
    error = {"code": code, "message": message, "parameter": parameter, "value": value}
    return jsonify(error=error, **more), status


def _by_path(answer: Answers, page: Answers | None) -> Answers:
    def handler(error: Any) -> Any:
        if page is None or request.path.startswith(PREFIX):
            return answer(error)
        return page(error)

    return handler
