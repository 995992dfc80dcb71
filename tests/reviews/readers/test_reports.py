"""Reports: by anybody, answered, and never hiding a review by their number."""

from __future__ import annotations

import pytest

from reviews_app.db import db
from reviews_app.errors import BadInput, NotFound, Overtaken
from reviews_app.reviews.readers import deciding, reports, shelf
from reviews_app.reviews.readers.rules import LONGEST_REPORT, Reason
from tests.reviews.readers.conftest import ANN, BEN, MOD, SECOND
from tests.reviews.readers.writing import HOUR, NOON, begin, published, sent


def reported(review_id: int, account_id: int | None = None) -> str:
    begin()
    receipt = reports.report(review_id, Reason.FAKE, "Synthetic.", account_id, NOON)
    db.session.commit()
    return receipt


def test_a_hundred_reports_hide_nothing(machine: int) -> None:
    id_ = published(machine, ANN).id
    for _ in range(100):
        reported(id_)

    assert shelf.get_public(id_).id == id_
    assert len(reports.reported()[0].reports) == 100


def test_a_report_is_answered_when_the_review_is_left_public(machine: int) -> None:
    id_ = published(machine, ANN).id
    receipts = [reported(id_), reported(id_, BEN)]
    begin()
    deciding.leave(id_, MOD, NOON + HOUR)
    db.session.commit()

    for receipt in receipts:
        found = reports.get_report(receipt)
        assert (found.outcome, found.at, found.decided_at) == ("kept", NOON, NOON + HOUR)
    begin()
    with pytest.raises(Overtaken):
        deciding.leave(id_, MOD, NOON)


def test_a_report_is_answered_when_two_take_the_review_down(machine: int) -> None:
    id_ = published(machine, ANN).id
    receipt = reported(id_)
    begin()
    deciding.propose_takedown(id_, Reason.FAKE, MOD, NOON)
    with pytest.raises(Overtaken):
        deciding.leave(id_, SECOND, NOON)
    deciding.confirm_takedown(id_, SECOND, NOON)
    db.session.commit()

    assert reports.get_report(receipt).outcome == "taken-down"
    assert reports.reported() == []


def test_only_what_is_published_can_be_reported(machine: int) -> None:
    id_ = sent(machine, ANN).id

    begin()
    with pytest.raises(NotFound):
        reports.report(id_, Reason.FAKE, "", None, NOON)


def test_a_text_too_long_is_refused_in_words(machine: int) -> None:
    id_ = published(machine, ANN).id

    begin()
    with pytest.raises(BadInput, match="up to 1,000 fit"):
        reports.report(id_, Reason.FAKE, "x" * (LONGEST_REPORT + 1), None, NOON)


def test_nobody_finds_a_report_without_its_receipt(machine: int) -> None:
    reported(published(machine, ANN).id)

    with pytest.raises(NotFound):
        reports.get_report("1")
