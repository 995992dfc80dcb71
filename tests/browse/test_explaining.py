"""Why words found a machine."""

from __future__ import annotations

from reviews_app.browse.explaining import Met, explained
from reviews_app.browse.words import How

FIELDS = (
    ("alias", "Thumpers"),
    ("type", "Compression"),
    ("type", "Vibration"),
    ("name", "Calmo Boots 3"),
    ("brand", "Câlmo"),
)


def test_each_word_names_the_first_field_it_meets_best() -> None:
    assert explained("calmo COMPR bosts zzz", FIELDS) == (
        Met("bosts", "boots", "name", How.TYPO),
        Met("calmo", "calmo", "brand", How.EXACT),
        Met("compr", "compression", "type", How.PREFIX),
    )


def test_forms_and_other_names_are_told_apart() -> None:
    assert explained("boot vibrating thumpers thumping thumprs", FIELDS) == (
        Met("boot", "boots", "name", How.STEM),
        Met("thumpers", "thumpers", "alias", How.ALIAS),
        Met("thumprs", "thumpers", "alias", How.TYPO),
        Met("vibrating", "vibration", "type", How.STEM),
    )


def test_no_words_explain_nothing() -> None:
    assert explained("…", FIELDS) == ()
