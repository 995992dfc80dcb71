"""Knows how values are put into words on pages. Filters format, nothing else."""

from flask import Flask

from reviews_app.catalogue.values import month_in_words

GRADE_WORDS = {
    "strong": "Strong evidence",
    "moderate": "Moderate evidence",
    "limited": "Limited evidence",
    "conflicting": "Studies disagree",
    "none": "No direct test found",
    "against": "Evidence against",
}

SEVERITY_CLASSES = {
    "do not use": "stop",
    "ask a clinician first": "ask",
    "avoid the area": "care",
    "use lowest setting": "note",
}

ACTION_CLASSES = {
    "call emergency services": "stop",
    "see a doctor today": "ask",
    "see a doctor": "care",
}

STANDING_WORDS = {
    "regulator": "Regulator",
    "manual": "Manual",
    "maker": "Maker's own page",
    "study": "Study or health body",
    "review": "Independent review",
    "shop": "Shop",
    "weak": "Weak source",
}


def register(app: Flask) -> None:
    """Make every filter known to the templates of `app`."""
    for filter_ in (on_date, grade_words, severity_class, action_class, standing_words, plural):
        app.add_template_filter(filter_)
    app.add_template_filter(sentence_case)


def on_date(value: str | None) -> str:
    """An ISO date, month or year in words: "22 November 2026", "November 2026", "2026"."""
    return month_in_words(value) if value else "no date"


def grade_words(grade: str) -> str:
    """What a grade says, short enough for a label."""
    return GRADE_WORDS[grade]


def severity_class(severity: str) -> str:
    """The look of a severity: stop, ask, care or note."""
    return SEVERITY_CLASSES[severity]


def action_class(action: str) -> str:
    """The look of what a red flag asks for: stop, ask or care."""
    return ACTION_CLASSES[action]


def standing_words(standing: str) -> str:
    """What kind of witness a source is."""
    return STANDING_WORDS[standing]


def plural(number: int, one: str, many: str | None = None) -> str:
    """`number` with its noun: "1 machine", "1,024 machines"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def sentence_case(text: str) -> str:
    """`text` with its first letter large and the others as they are."""
    return text[:1].upper() + text[1:]
