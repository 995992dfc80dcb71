"""Rules, signs and answers as hypothesis draws them."""

from __future__ import annotations

from hypothesis import strategies as st

from reviews_app.advise import Answers, Conditions
from reviews_app.catalogue.vocabulary import Mechanism
from reviews_app.guidance.models import ACTIONS, GROUPS, SEVERITIES, Contraindication, RedFlag
from reviews_app.guidance.safety import ALL, Flag, Rule

MECHANISMS = ("compression", "kneading", "percussion", "ems", "heat")

some_mechanisms = st.sets(st.sampled_from(MECHANISMS), min_size=1)
applying = st.one_of(st.just([ALL]), some_mechanisms.map(sorted))


def a_rule(
    id_: str,
    severity: str = "do not use",
    applies_to: list[str] | None = None,
    counts_as: list[str] | None = None,
    group: str = GROUPS[0],
) -> Rule:
    """A contraindication that speaks of compression unless said otherwise."""
    named = ["compression"] if applies_to is None else applies_to
    mechanisms = [
        Mechanism(id=one, label=one.capitalize(), explanation="", position=n)
        for n, one in enumerate(named)
        if one != ALL
    ]
    return Rule(
        Contraindication(
            id=id_,
            name=f"Condition {id_}",
            also=[f"other-{id_}"],
            group=group,
            counts_as=counts_as or [],
            severity=severity,
            applies_to=named,
            why="It may harm.",
            signs=[f"sign of {id_}"],
            basis="case reports",
            position=0,
        ),
        tuple(mechanisms),
        (),
    )


def a_flag(id_: str, action: str = ACTIONS[0]) -> Flag:
    """A sign that wants a doctor."""
    return Flag(
        RedFlag(id=id_, sign=f"Sign {id_}", also=[], action=action, note="", position=0), ()
    )


@st.composite
def lists_of_conditions(draw: st.DrawFn) -> Conditions:
    """Up to six contraindications and three signs."""
    ids = [f"c{n}" for n in range(draw(st.integers(0, 6)))]
    rules = tuple(
        a_rule(
            id_,
            draw(st.sampled_from(SEVERITIES)),
            draw(applying),
            draw(st.lists(st.sampled_from(ids), max_size=2, unique=True)),
        )
        for id_ in ids
    )
    flags = tuple(
        a_flag(f"f{n}", draw(st.sampled_from(ACTIONS))) for n in range(draw(st.integers(0, 3)))
    )
    return Conditions(flags, rules)


@st.composite
def ticked_lists(draw: st.DrawFn) -> tuple[Conditions, Answers]:
    """A list of conditions, and some of it ticked."""
    listed = draw(lists_of_conditions())
    keys = sorted(listed.keys)
    ticked = draw(st.sets(st.sampled_from(keys))) if keys else set()
    return listed, Answers(frozenset(ticked))
