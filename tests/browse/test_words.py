"""How words meet: exact, then forms, aliases and prefixes, then typos (`product.md` §3 rule 16)."""

from __future__ import annotations

import pytest

from reviews_app.browse.words import (
    EXACT,
    FUZZY,
    PREFIX,
    How,
    asked_words,
    how_met,
    matches,
    word_class,
    words_of,
)


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
        ("massagers", "massager", PREFIX),
        ("massaging", "massager", PREFIX),
        ("boots", "boot", PREFIX),
        ("kneading", "knead", PREFIX),
        ("therapies", "therapy", PREFIX),
        ("rx2000s", "rx2000", None),
        ("gun", "guns", PREFIX),
        ("feet", "foot", PREFIX),
        ("foot", "feet", PREFIX),
        ("calves", "calf", PREFIX),
        ("calf", "calves", PREFIX),
        ("swollen", "swelling", PREFIX),
        ("pregnant", "pregnancy", PREFIX),
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
    names = ((1, "Air boots"), (1, "Calmo"), (2, "Airy boots"), (3, "Air mat"), (4, "Air boost"))
    texts = [(product, "name", name) for product, name in names]

    assert matches("boots air", texts) == {1: EXACT, 2: PREFIX, 4: FUZZY}


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("Massage gun for the calves", {"massage", "gun", "calves"}),
        ("boots of A", {"boots"}),
        ("for the", {"for", "the"}),
        ("force form", {"force", "form"}),
        ("…", set()),
    ],
)
def test_fillers_are_asked_for_only_where_nothing_else_is(query: str, asked: set[str]) -> None:
    assert asked_words(query) == asked


def test_a_machine_need_not_have_a_filler() -> None:
    texts = [(1, "name", "Air boots"), (2, "name", "Boots for calves"), (3, "name", "Fork")]

    assert matches("boots for the calf", texts) == {2: PREFIX}
    assert matches("for", texts) == {2: EXACT, 3: PREFIX}


@pytest.mark.parametrize(
    ("asked", "known", "how"),
    [
        ("boots", "boots", How.EXACT),
        ("boot", "boots", How.STEM),
        ("massagers", "massager", How.STEM),
        ("mass", "massager", How.PREFIX),
        ("masager", "massager", How.TYPO),
        ("masagers", "massager", How.TYPO),
        ("shiatsu", "massager", None),
    ],
)
def test_a_word_says_how_it_meets_another(asked: str, known: str, how: How | None) -> None:
    assert how_met(asked, known) == how


def test_another_name_of_the_brand_is_met_as_a_prefix_is() -> None:
    texts = [(1, "name", "Therapulse"), (2, "brand", "Other"), (2, "alias", "Therapulse")]
    texts += [(3, "name", "Therapulses"), (4, "alias", "Therapulso")]

    assert matches("therapulse", texts) == {1: EXACT, 2: PREFIX, 3: PREFIX, 4: FUZZY}
    assert how_met("therapulse", "therapulse", alias=True) == How.ALIAS


def test_words_of_one_query_may_be_met_in_different_fields() -> None:
    texts = [(1, "form", "Boots"), (1, "brand", "Calmo"), (2, "form", "Boots")]

    assert matches("calmo boots", texts) == {1: EXACT}
