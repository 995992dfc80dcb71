"""The rules that reader reviews live by: every list that is closed and every number that decides.

The page of the policy is made from these, so that what is promised is what runs.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

RATINGS = (1, 2, 3, 4, 5)

LONGEST_TITLE = 100
SHORTEST_TEXT, LONGEST_TEXT = 40, 5_000
LONGEST_BROKE = 500
LONGEST_REPORT = 1_000
LONGEST_ANSWER = 2_000
MOST_MONTHS = 600

SMALLEST_CALF_CM, LARGEST_CALF_CM = 22, 90
"""Round its widest. Chosen by us, after no source, to ask whether the unit is the right one."""

MOST_SENT_A_DAY = 5
"""Reviews, with their edits, that one person may send in 24 hours."""

LATE_AFTER = dt.timedelta(days=10)
"""What waits longer for a decision is shown publicly as late."""

PRIOR_REVIEWS, PRIOR_RATING = 5, 3
"""The order by rating counts so many reviews of the middle of the scale beside the real ones."""

BURST_REVIEWS = 10
BURST_WINDOW = dt.timedelta(hours=24)
BURST_TIMES = 5
BURST_BEFORE = dt.timedelta(days=90)
"""So many reviews of one direction in a window, and so many times what was usual, are a burst."""

RING_PEOPLE = 3
"""So many people whose reviews of one maker's machines share something are a ring."""

MARKS_KEPT = dt.timedelta(days=21)
"""How long it is kept where a review came from, and so how far apart those of a ring may be."""

OWN_SHARE_PERCENT = 75
"""A place tells something if so many of its people write of one maker: a library's do not."""

RUN_WORDS = 3
RUNS_KEPT = 32
RUNS_ALIKE_PERCENT = 50
FEWEST_RUNS_ALIKE = 10
"""Texts are alike if so many of the runs of words that are kept of each are in both."""


class Reason(StrEnum):
    """Why a review may be withheld or taken down. None is about the opinion or the stars."""

    PRIVATE = "private-data"
    ABUSE = "abuse"
    OFF_TOPIC = "not-about-the-product"
    CONFLICT = "conflict-undisclosed"
    SPAM = "spam-or-duplicate"
    FAKE = "suspected-fake"
    HEALTH = "health-claim"
    ILLEGAL = "illegal"

    @property
    def label(self) -> str:
        """The words that readers see."""
        return REASON_WORDS[self][0]

    @property
    def advice(self) -> str:
        """What an author can do about it."""
        return REASON_WORDS[self][1]


REASON_WORDS = {
    Reason.PRIVATE: (
        "It holds private data",
        "It names somebody or gives an address, a number or the like. Take that out and send it"
        " again.",
    ),
    Reason.ABUSE: (
        "It insults or threatens somebody",
        "Say what is wrong with the machine in words that attack nobody, and send it again.",
    ),
    Reason.OFF_TOPIC: (
        "It is not about this machine",
        "Say how the machine was to use. Delivery, a shop or another machine have no place here.",
    ),
    Reason.CONFLICT: (
        "A tie to the maker or a shop was not stated",
        "State the tie in the form and send it again. It is then published with that label.",
    ),
    Reason.SPAM: (
        "It is advertising, or the text of another review",
        "Write in your own words what you found, without links, and send it again.",
    ),
    Reason.FAKE: (
        "It does not seem to come from somebody who used the machine",
        "If you did use it, appeal: another moderator looks at it.",
    ),
    Reason.HEALTH: (
        "It gives health advice that could hurt somebody",
        "Say what you felt, not what others should do about an illness, and send it again.",
    ),
    Reason.ILLEGAL: (
        "The law forbids to publish it",
        "Take out what is not allowed and send it again.",
    ),
}


class Labelled(StrEnum):
    """One of a few answers, with the words that readers see."""

    @property
    def label(self) -> str:
        """The words."""
        return LABELS[self]


class HowGot(Labelled):
    """How somebody came by the machine."""

    BOUGHT = "bought"
    PRESENT = "present"
    GIVEN = "given"
    PAID = "paid"


class Tie(Labelled):
    """What somebody has to do with the maker or a shop."""

    NONE = "no-tie"
    WORK = "work"
    FAMILY = "family"
    RIVAL = "rival"
    OTHER = "other"


class Fitted(Labelled):
    """Whether the machine fitted the leg."""

    WELL = "well"
    TIGHT = "tight"
    LOOSE = "loose"


class Shared(Labelled):
    """What two reviews may share; `device` is the browser that somebody signed in with."""

    ADDRESS = "address"
    DEVICE = "device"
    TEXT = "text"


class Proof(Labelled):
    """What we know of the person. None of it shows that they own the machine."""

    NONE = "nothing"
    EMAIL = "email"


LABELS: dict[Labelled, str] = {
    HowGot.BOUGHT: "I bought it",
    HowGot.PRESENT: "It was a present, or lent to me, by somebody without a tie to the maker",
    HowGot.GIVEN: "The maker or a shop gave it to me, free or cheaper",
    HowGot.PAID: "I am paid, or get something, for this review",
    Tie.NONE: "None",
    Tie.WORK: "I work for the maker or a shop that sells it, or did",
    Tie.FAMILY: "Somebody close to me does",
    Tie.RIVAL: "I work for another maker, or did",
    Tie.OTHER: "Another tie",
    Fitted.WELL: "It fitted",
    Fitted.TIGHT: "It was too tight",
    Fitted.LOOSE: "It was too loose",
    Shared.ADDRESS: "the network address",
    Shared.DEVICE: "the browser",
    Shared.TEXT: "much of the text",
    Proof.NONE: "Nothing confirmed",
    Proof.EMAIL: "E-mail address confirmed",
}

HOW_SAID: dict[str, str] = {
    HowGot.BOUGHT: "Bought it",
    HowGot.PRESENT: "Got it as a present, or lent",
    HowGot.GIVEN: "Was given it",
    HowGot.PAID: "Gets something for the review",
}
"""How somebody came by the machine, as it stands beside their name."""

DISCLOSED: dict[Labelled, str] = {
    HowGot.GIVEN: "Got it free or cheaper from the maker or a shop",
    HowGot.PAID: "Paid for this review",
    Tie.WORK: "Works or worked for the maker or a shop",
    Tie.FAMILY: "Close to somebody who works for the maker or a shop",
    Tie.RIVAL: "Works or worked for another maker",
    Tie.OTHER: "Has another tie to the maker or a shop",
}
"""What stands beside the stars; who has such a label is outside the mean."""


class Action(StrEnum):
    """What an entry of the log records."""

    RECEIVED = "received"
    EDITED = "edited"
    PUBLISHED = "published"
    WITHHELD = "withheld"
    APPEALED = "appealed"
    TAKEDOWN_PROPOSED = "takedown-proposed"
    TAKEN_DOWN = "taken-down"
    KEPT = "kept"
    REPORTED = "reported"
    WITHDRAWN = "withdrawn"
    ANONYMISED = "anonymised"
    ANSWER_RECEIVED = "answer-received"
    ANSWER_PUBLISHED = "answer-published"
    ANSWER_WITHHELD = "answer-withheld"
    BAN_PROPOSED = "ban-proposed"
    BANNED = "banned"
    BAN_DROPPED = "ban-dropped"
    HELD = "held"
    CLEARED = "cleared"

    @property
    def label(self) -> str:
        """The words that readers see."""
        return ACTION_WORDS[self]


ACTION_WORDS = {
    Action.RECEIVED: "Received",
    Action.EDITED: "Edited by its author, waits again",
    Action.PUBLISHED: "Published",
    Action.WITHHELD: "Withheld",
    Action.APPEALED: "Appealed by its author",
    Action.TAKEDOWN_PROPOSED: "One moderator wants it taken down; a second decides",
    Action.TAKEN_DOWN: "Taken down, by a second moderator",
    Action.KEPT: "A moderator left it public",
    Action.REPORTED: "Reported by a reader",
    Action.WITHDRAWN: "Taken back by its author",
    Action.ANONYMISED: "Its author left; it stays as by a former member",
    Action.ANSWER_RECEIVED: "The maker answered it",
    Action.ANSWER_PUBLISHED: "The answer of the maker was published",
    Action.ANSWER_WITHHELD: "The answer of the maker was withheld",
    Action.BAN_PROPOSED: "One moderator wants an account banned from reviewing",
    Action.BANNED: "An account was banned from reviewing, by a second moderator",
    Action.BAN_DROPPED: "A second moderator left an account free to review",
    Action.HELD: "Held out of the mean: it shares something with other reviews",
    Action.CLEARED: "A moderator found nothing wrong with what it shares; it is no longer held",
}


def disclosures(how_got: str, tie: str) -> tuple[str, ...]:
    """What must stand beside the stars of a review; nothing for who bought it and has no tie."""
    return tuple(DISCLOSED[one] for one in (HowGot(how_got), Tie(tie)) if one in DISCLOSED)
