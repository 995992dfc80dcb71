"""Machines side by side: a Lineup in, a Comparison out."""

from reviews_app.compare.comparing import compare
from reviews_app.compare.lineup import MOST, Lineup
from reviews_app.compare.problems import BadLineup
from reviews_app.compare.table import Cell, Column, Comparison, Group, Row

__all__ = [
    "MOST",
    "BadLineup",
    "Cell",
    "Column",
    "Comparison",
    "Group",
    "Lineup",
    "Row",
    "compare",
]
