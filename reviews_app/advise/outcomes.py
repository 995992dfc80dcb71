"""The four outcomes of a check, and what each severity and each red flag comes to."""

from __future__ import annotations

import enum


class Outcome(enum.StrEnum):
    """What the check says of a product or a kind of massage; there is no fifth, and no yes."""

    STOP = "stop"
    ASK = "ask a clinician first"
    NOT_ASSESSED = "not assessed"
    NO_CONFLICT = "no conflict listed"

    @property
    def rank(self) -> int:
        """0 for the strictest; where rules differ the smaller wins."""
        return list(Outcome).index(self)


OF_SEVERITY = {
    "do not use": Outcome.STOP,
    "ask a clinician first": Outcome.ASK,
    # Which area, and what is low enough, only somebody who sees the leg can say.
    "avoid the area": Outcome.ASK,
    "use lowest setting": Outcome.ASK,
}
"""The outcome of a contraindication, by its severity."""

OF_ACTION = {
    "call emergency services": Outcome.STOP,
    "see a doctor today": Outcome.STOP,
    "see a doctor": Outcome.ASK,
}
"""The outcome of a red flag, by what it asks for; it holds for every kind of massage."""
