"""Knows how values are put into words on pages. Filters format, nothing else."""

import datetime as dt
import re
from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter
from typing import Any

from flask import Flask

from reviews_app.catalogue.bibliography import ProductMention
from reviews_app.catalogue.values import month_in_words
from reviews_app.catalogue.vocabulary import Audience
from reviews_app.guidance.models import Grade
from reviews_app.guidance.queries import Reference
from reviews_app.reviews.readers.rules import LABELS, Action, Reason

PERSON = re.compile(r"[^,]+ [A-ZÀ-Þ]{1,3}")
"""An author as studies have them: family name, then initials."""

DAY = re.compile(r"\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b")

Group = tuple[str, list[Any]]

DIRECTNESS_WORDS = {
    "untested": "",
    "hands": "Tested with hands, not a machine",
    "machine": "Tested with machines, not all of them for the home",
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

STANDING_MEANINGS = {
    "regulator": "Filings and notices of an authority, mostly read in a mirror of the public file.",
    "manual": "What comes in the box with the machine.",
    "maker": "What the maker says of its own machine. Nobody has checked it for us.",
    "study": "Research, guidelines and health services, behind what we say on health.",
    "review": "Somebody else who says that they used the machine. We did not.",
    "shop": "A seller’s page, which mostly repeats the maker.",
    "weak": "A copy, a generated page or a link farm. What it says loses to any other source.",
}

MENTION_WORDS = {
    "claim": "Claim",
    "need": "Help with",
    "contraindication": "Who should not",
    "red_flag": "Sign that needs a doctor",
    "term": "Glossary",
    "question": "Question",
    "guide": "Guide",
    "type": "Massage type",
    "best": "Best-of list",
}


def register(app: Flask) -> None:
    """Make every filter known to the templates of `app`."""
    for filter_ in (
        action_class,
        by_grade,
        action_label,
        answer_label,
        audience_label,
        by_severity,
        by_urgency,
        cited,
        dates_in_words,
        directness_words,
        grade_words,
        groupby_product,
        lower_first,
        mention_words,
        on_date,
        on_day,
        plural,
        reason_label,
        sentence_case,
        severity_class,
        standing_meaning,
        standing_words,
        stars_mean,
    ):
        app.add_template_filter(filter_)
    app.add_template_global(today)


def on_date(value: str | None) -> str:
    """An ISO date, month or year in words: "22 November 2026", "November 2026", "2026"."""
    return month_in_words(value) if value else "no date"


def dates_in_words(text: str) -> str:
    """`text` with every ISO day in it as `on_date` says it."""
    return DAY.sub(lambda found: on_date(found[0]), text)


def today() -> str:
    """The day it is at Greenwich, as an ISO date."""
    return dt.datetime.now(dt.UTC).date().isoformat()


def on_day(moment: dt.datetime) -> str:
    """The day of a moment in words."""
    return on_date(moment.date().isoformat())


def stars_mean(centi: int) -> str:
    """Hundredths of a star as they are read: "4.33"."""
    return f"{centi // 100}.{centi % 100:02d}"


def reason_label(reason: str) -> str:
    """Why a review may be withheld, in words."""
    return Reason(reason).label


def action_label(action: str) -> str:
    """What an entry of the moderation log records, in words."""
    return Action(action).label


def audience_label(audience: str) -> str:
    """Whom a machine is for, in words."""
    return Audience(audience).label


def answer_label(answer: str) -> str:
    """One of the closed answers of the form of a review, in words."""
    return next(label for one, label in LABELS.items() if one.value == answer)


def grade_words(grade: str) -> str:
    """What a grade says, short enough for a label."""
    return Grade(grade).label


def directness_words(directness: str) -> str:
    """What was put to the test, said so that nobody takes it for a home machine."""
    return DIRECTNESS_WORDS[directness]


def cited(reference: Reference) -> str:
    """A source as a text names it: "Guo J and others, 2017", "NHS"; in the end by its title."""
    study = reference.study
    published = (reference.source.published or "")[:4]
    if study is None or not study.authors or study.authors.startswith("not "):
        if reference.source.publisher.startswith("not "):
            return reference.source.title
        return ", ".join(part for part in (reference.source.publisher, published) if part)
    first, *others = study.authors.removesuffix(" et al.").split(", ")
    if not PERSON.fullmatch(first):
        name = study.authors  # a body, whose name may hold commas
    elif others or study.authors.endswith(" et al."):
        name = f"{first} and others"
    else:
        name = first
    return f"{name}, {study.year or published}".removesuffix(", ")


def by_grade(groups: Iterable[Group]) -> list[Group]:
    """Groups of (grade, things), strongest first."""
    return sorted(groups, key=lambda group: list(Grade).index(Grade(group[0])))


def by_severity(groups: Iterable[Group]) -> list[Group]:
    """Groups of (severity, things), strictest first."""
    return sorted(groups, key=lambda group: list(SEVERITY_CLASSES).index(group[0]))


def by_urgency(groups: Iterable[Group]) -> list[Group]:
    """Groups of (action, things), most urgent first."""
    return sorted(groups, key=lambda group: list(ACTION_CLASSES).index(group[0]))


def severity_class(severity: str) -> str:
    """The look of a severity: stop, ask, care or note."""
    return SEVERITY_CLASSES[severity]


def action_class(action: str) -> str:
    """The look of what a red flag asks for: stop, ask or care."""
    return ACTION_CLASSES[action]


def standing_words(standing: str) -> str:
    """What kind of witness a source is."""
    return STANDING_WORDS[standing]


def standing_meaning(standing: str) -> str:
    """How far a source of that standing can be trusted."""
    return STANDING_MEANINGS[standing]


def mention_words(kind: str) -> str:
    """What kind of thing of ours cites a source."""
    return MENTION_WORDS[kind]


def groupby_product(
    mentions: Iterable[ProductMention],
) -> list[tuple[tuple[str, str], list[ProductMention]]]:
    """Mentions by machine, ((slug, name), its mentions), in the order given."""
    machine = attrgetter("slug", "name")
    return [(key, list(group)) for key, group in groupby(mentions, machine)]


def plural(number: int, one: str, many: str | None = None) -> str:
    """`number` with its noun: "1 machine", "1,024 machines"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def lower_first(text: str) -> str:
    """`text` as it stands inside a sentence; "EMS" stays as it is."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def sentence_case(text: str) -> str:
    """`text` with its first letter large and the others as they are."""
    return text[:1].upper() + text[1:]
