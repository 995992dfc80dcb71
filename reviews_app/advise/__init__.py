"""What a reader should do with their own legs in mind: the suitability check.

What a reader ticks is used for one answer and forgotten: nothing here stores it, logs it or puts
it where it could be logged (`docs/adr/0007-the-suitability-check.md`).
"""

from reviews_app.advise.advice import Advice, Assessed, Subject, advise, subjects
from reviews_app.advise.answers import Answers, BadAnswers
from reviews_app.advise.assessing import Assessment, Reason, assess
from reviews_app.advise.conditions import Conditions, Group, conditions
from reviews_app.advise.outcomes import Outcome

__all__ = [
    "Advice",
    "Answers",
    "Assessed",
    "Assessment",
    "BadAnswers",
    "Conditions",
    "Group",
    "Outcome",
    "Reason",
    "Subject",
    "advise",
    "assess",
    "conditions",
    "subjects",
]
