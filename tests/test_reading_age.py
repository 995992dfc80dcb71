"""No text that guides a reader asks for more than a reading age of 12."""

from __future__ import annotations

import pytest

from reading_age.__main__ import MOST_YEARS, PAGE
from reading_age.measure import measure, sentences
from reading_age.texts import Text, texts
from reviews_app.config import ROOT

FOUND = list(texts(ROOT / "seed_data"))


@pytest.mark.parametrize("text", FOUND, ids=[one.name for one in FOUND])
def test_a_text_can_be_read_at_twelve(text: Text) -> None:
    assert measure(text.paragraphs).age <= MOST_YEARS


def test_the_table_for_editors_has_the_age_of_every_text() -> None:
    lines = PAGE.read_text("utf-8").partition("|---|---|---|---|---|\n")[2].splitlines()
    rows = [line.strip("| ").split(" | ") for line in lines]

    ages = {one.name: f"{measure(one.paragraphs).age:.1f}" for one in FOUND}
    assert {name: age for name, _, age, *_ in rows} == ages, "make reading-age"


def test_the_index_is_that_of_its_authors() -> None:
    """Four words a sentence, four letters a word: 4.71 × 4 + 0.5 × 4 - 21.43 is grade -0.59."""
    found = measure(["Some legs feel sore. Rest will ease them."])

    assert (found.words, found.letters, found.sentences) == (8, 32, 2)
    assert found.age == pytest.approx(4.71 * 4 + 0.5 * 4 - 21.43 + 5)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("It weighs 1.5 kg. It fits.", 2),
        ("One clause; another one: still one.", 1),
        ("“Is it so?” Yes! No…", 3),
        ("A list item", 1),
        ("…", 0),
    ],
)
def test_where_sentences_end(text: str, parts: int) -> None:
    assert len(sentences(text)) == parts


def test_nothing_cannot_be_measured() -> None:
    with pytest.raises(ValueError, match="no word"):
        measure(["…", ""])


def test_markup_is_not_read_aloud() -> None:
    article = next(one for one in FOUND if one.name == "guides/benefits-of-leg-massage.md")
    words = " ".join(article.paragraphs)

    assert "[" not in words
    assert ":::" not in words
    assert "claim:" not in words
    assert not any("{" in paragraph for one in FOUND for paragraph in one.paragraphs)
