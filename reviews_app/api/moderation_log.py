"""The moderation log as JSON, from the first entry on, so that anybody can check its seals."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request, url_for

from reviews_app.errors import BadInput
from reviews_app.reviews.readers import log
from reviews_app.reviews.readers.rules import Reason

bp = Blueprint("api_moderation_log", __name__, url_prefix="/api/v1/moderation-log")

MOST_ENTRIES = 500

HOW_TO_CHECK = (
    "The seal of an entry is the SHA-256 of what is `sealed`, written as JSON in UTF-8 with its"
    " keys sorted and no spaces. `before` is the seal of the entry before it. `who` is a digest"
    " with a salt of ours, so that nobody is named."
)


@bp.get("")
def index() -> Response:
    """Up to so many entries after the number in `after`, oldest first, with what each seal is over.

    Of the few that were sealed over the number of a person `sealed` is null.
    """
    after = request.args.get("after", "0")
    if not (after.isascii() and after.isdigit() and len(after) < 10):
        raise BadInput(
            f"“{after[:100]}” is no number of an entry.", parameter="after", value=after[:100]
        )
    entries, end = log.entries_after(int(after), MOST_ENTRIES), log.head()
    last = entries[-1].id if entries else end.entries
    return jsonify(
        {
            "entries": [
                {"seal": one.seal, "sealed": log.sealed(one) if one.salt else None}
                for one in entries
            ],
            "total": end.entries,
            "last_seal": end.seal,
            "next": url_for("api_moderation_log.index", after=last) if last < end.entries else None,
            "how_to_check": HOW_TO_CHECK,
            "reasons": {reason.value: reason.label for reason in Reason},
        }
    )
