"""Why words found a machine."""

from __future__ import annotations

from reviews_app.browse.index.explaining import Met, explained

FIELDS = {"brand": "Câlmo", "name": "Calmo Boots 3", "type": "Compression"}


def test_each_word_names_the_first_field_it_meets_best() -> None:
    assert explained("calmo COMPR bosts zzz", FIELDS) == (
        Met("bosts", "boots", "name", "typo"),
        Met("calmo", "calmo", "brand", "exact"),
        Met("compr", "compression", "type", "prefix"),
    )


def test_no_words_explain_nothing() -> None:
    assert explained("…", FIELDS) == ()
