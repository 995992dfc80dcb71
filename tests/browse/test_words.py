"""How words meet: exact before prefix before typos (`product.md` §3 rule 16)."""

from __future__ import annotations

import pytest

from reviews_app.browse.words import EXACT, FUZZY, PREFIX, matches, word_class, words_of


@pytest.mark.parametrize(
    ("asked", "known", "met"),
    [
        ("boots", "boots", EXACT),
        ("boo", "boots", PREFIX),
        ("b", "boots", PREFIX),
        ("bots", "boots", FUZZY),
        ("botos", "boots", FUZZY),
        ("boost", "boots", FUZZY),
        ("shoot", "boots", None),
        ("cal", "calf", PREFIX),
        ("clf", "calf", None),
        ("claf", "calf", FUZZY),
        ("compresion", "compression", FUZZY),
        ("copresion", "compression", FUZZY),
        ("coprsion", "compression", None),
        ("normatc", "normatec", FUZZY),
        ("nrmatc", "normatec", None),
        ("3000", "2000", None),
        ("rx2001", "rx2000", None),
        ("rx2", "rx2000", PREFIX),
        ("boots", "boo", None),
    ],
)
def test_a_word_meets_a_word(asked: str, known: str, met: int | None) -> None:
    assert word_class(asked, known) == met


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Normatec 3 Legs", {"normatec", "3", "legs"}),
        ("ÉLAN-Straße", {"elan", "strasse"}),
        ("Muscle stimulation (EMS)", {"muscle", "stimulation", "ems"}),
        ("a_b·c", {"a", "b", "c"}),
        ("ﬁt ２０００", {"fit", "2000"}),
        ("…", set()),
    ],
)
def test_words_are_read_without_case_accents_and_signs(text: str, words: set[str]) -> None:
    assert words_of(text) == words


def test_every_word_must_be_met_and_the_worst_decides() -> None:
    texts = [(1, "Air boots"), (1, "Calmo"), (2, "Airy boots"), (3, "Air mat"), (4, "Air boost")]

    assert matches("boots air", texts) == {1: EXACT, 2: PREFIX, 4: FUZZY}


def test_words_of_one_query_may_be_met_in_different_fields() -> None:
    assert matches("calmo boots", [(1, "Boots"), (1, "Calmo"), (2, "Boots")]) == {1: EXACT}
