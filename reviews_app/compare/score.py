"""Rows on the score of each machine and its parts, by the method in force."""

from __future__ import annotations

from collections.abc import Sequence

from reviews_app.catalogue.values import STATED
from reviews_app.compare.machines import Machine
from reviews_app.compare.table import Cell, Group, Row, inapplicable, missing
from reviews_app.scores.computing import in_words
from reviews_app.scores.queries import PartOfScore, ScoreOfProduct

NOTE = "Scores are worked out from facts by a published method, never from a test."


def score(machines: Sequence[Machine]) -> list[Group]:
    """The totals and their parts, never hidden; no group before a method was published."""
    rules = next((one.score.parts for one in machines if one.score and one.score.parts), ())
    if not any(one.score for one in machines):
        return []
    total = Row(
        "score",
        "Score",
        "From 0 to 10, as far as enough is known. What nobody states counts neither way.",
        tuple(_total(one.score) for one in machines),
        always=True,
    )
    own = Row(
        "own-score",
        "Score by your weights",
        "The same parts, counted as you want them counted.",
        tuple(_total(one.own_score) for one in machines),
        always=True,
    )
    totals = (total, own) if any(one.own_score for one in machines) else (total,)
    parts = [
        Row(
            f"score-{part.rule.id}",
            part.rule.label,
            part.rule.explanation,
            tuple(_part(one, part.rule.id) for one in machines),
            always=True,
        )
        for part in rules
    ]
    return [Group("score", "Score", (*totals, *parts), NOTE)]


def _total(found: ScoreOfProduct | None) -> Cell:
    if found is None or found.total.points_centi is None:
        return missing(found.words if found else "Not scored yet.")
    notes = [f"{found.total.coverage_percent}% of what is read is known"]
    notes += ["capped: a recall is open"] if found.is_capped else []
    points = found.total.points_centi
    return Cell(STATED, found.words, points / 100, notes=tuple(notes))


def _part(machine: Machine, part_id: str) -> Cell:
    part = _found(machine, part_id)
    if part is None or part.score.coverage_percent is None:
        return inapplicable()
    points = part.score.points_centi
    return missing() if points is None else Cell(STATED, f"{in_words(points)} of 10", points / 100)


def _found(machine: Machine, part_id: str) -> PartOfScore | None:
    parts = machine.score.parts if machine.score else ()
    return next((one for one in parts if one.rule.id == part_id), None)
