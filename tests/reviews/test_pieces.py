"""How a text of a review becomes words and links."""

from __future__ import annotations

from reviews_app.reviews.pieces import Answer, Piece, Token, line, paragraphs, words

ANSWERS = {
    Token("", "battery_h"): Answer("3 hours", "S1", weak=False),
    Token("other", "noise_db"): Answer("50 dB", "S2", weak=True),
}


def test_a_token_is_the_value_and_leads_to_its_source() -> None:
    assert line("Runs {battery_h}, not {other:noise_db}.", ANSWERS) == (
        Piece("Runs "),
        Piece("3 hours", "source", "S1"),
        Piece(", not "),
        Piece("50 dB", "source", "S2", weak=True),
        Piece("."),
    )


def test_a_link_keeps_its_kind_and_id() -> None:
    assert line("Eases [sore legs](claim:doms)", {}) == (
        Piece("Eases "),
        Piece("sore legs", "claim", "doms"),
    )


def test_paragraphs_stay_apart_and_lines_run_on() -> None:
    found = paragraphs("One\nline.\n\nTwo <b>bold</b>.", {})

    assert [words(one) for one in found] == ["One line.", "Two <b>bold</b>."]


def test_a_value_that_is_gone_is_not_stated() -> None:
    assert words(line("Runs {battery_h}.", {})) == "Runs not stated."
