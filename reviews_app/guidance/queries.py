"""What pages ask of the guidance, in one place to import from."""

from reviews_app.guidance.claims import (
    ClaimSheet,
    Finding,
    claim_sheets,
    claims,
    findings,
    findings_for,
    get_claim,
    grade_meanings,
)
from reviews_app.guidance.glossary import Answered, Entry, questions, terms
from reviews_app.guidance.guides import ReadingGuide, find_guide, get_guide, guides
from reviews_app.guidance.needs import Answer, NeedSheet, answers_of, get_need, needs
from reviews_app.guidance.references import (
    Mention,
    Reference,
    articles_mentioning,
    find_study,
    mentions,
)
from reviews_app.guidance.safety import Flag, Rule, red_flags, rules, rules_for

__all__ = [
    "Answer",
    "Answered",
    "ClaimSheet",
    "Entry",
    "Finding",
    "Flag",
    "Mention",
    "NeedSheet",
    "ReadingGuide",
    "Reference",
    "Rule",
    "answers_of",
    "articles_mentioning",
    "claim_sheets",
    "claims",
    "find_guide",
    "find_study",
    "findings",
    "findings_for",
    "get_claim",
    "get_guide",
    "get_need",
    "grade_meanings",
    "guides",
    "mentions",
    "needs",
    "questions",
    "red_flags",
    "rules",
    "rules_for",
    "terms",
]
