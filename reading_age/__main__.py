"""`python -m reading_age`: writes docs/reading-age.md, and says which sentences are the hardest."""

from __future__ import annotations

import sys

from reading_age.measure import Measure, measure, sentences
from reading_age.texts import Text, texts
from reviews_app.config import ROOT

PAGE = ROOT / "docs" / "reading-age.md"
MOST_YEARS = 12
"""What our prose aims at; `tests/test_reading_age.py` holds every text to it."""
HARDEST = 20
SHORTEST = 12
"""Words; a shorter sentence is hard by its words alone, which may be names."""

HEAD = f"""# How old a reader must be

Written by `make reading-age`; do not edit. The age at which a text is read with ease, by the
Automated Readability Index (letters a word, words a sentence; `reading_age/measure.py`), hardest
first. No text may be above {MOST_YEARS}. Values printed from facts, headings and tables are left
out. A measure of length cannot tell whether a text is clear, kind or true: that
takes a reader.

| text | kind | age | words a sentence | words |
|---|---|---|---|---|
"""


def main() -> int:
    """Write the table; print the hardest sentences, for who wants to make them plainer."""
    measured = [(one, measure(one.paragraphs)) for one in texts(ROOT / "seed_data")]
    measured.sort(key=lambda pair: (-round(pair[1].age, 1), pair[0].name))
    PAGE.write_text(HEAD + "".join(_row(*one) for one in measured), encoding="utf-8")
    for age, name, sentence in _hardest([one for one, _ in measured]):
        sys.stdout.write(f"{age:4.1f}  {name}\n      {sentence}\n")
    return int(measured[0][1].age > MOST_YEARS)


def _row(text: Text, found: Measure) -> str:
    return (
        f"| {text.name} | {text.kind} | {found.age:.1f} | {found.words_a_sentence:.1f} |"
        f" {found.words:,} |\n"
    )


def _hardest(texts_: list[Text]) -> list[tuple[float, str, str]]:
    told = [
        (found.age, text.name, sentence)
        for text in texts_
        for paragraph in text.paragraphs
        for sentence in sentences(paragraph)
        if (found := measure([sentence])).words >= SHORTEST
    ]
    return sorted(told, reverse=True)[:HARDEST]


if __name__ == "__main__":
    sys.exit(main())
