"""Knows how a value is shown in two units at once, so that a reader can hide the one of no use.

Only pages do this: what is stored, and what JSON and files say, is what the source said. The value
in the unit of the source comes first, so nothing depends on scripts, and an address has one page.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from flask import Flask
from markupsafe import Markup, escape

from reviews_app.browse.listing import Chip
from reviews_app.catalogue.units import PRESSURE, UNITS, Unit, converted

MOST_REMEMBERED = 5_000

BY_WORDS = {word: one for one in UNITS.values() if one.other for word in (one.words, one.id)}
"""Units that facts are stated in and that have another, by how they are printed or declared."""

LABELS = {"in": "inches", "lb": "pounds"}

FIGURE = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
LISTED = rf"(?:{FIGURE}, )*{FIGURE} or {FIGURE}"
SPANNED = rf"{FIGURE}(?:(?: × | to |–){FIGURE})*"
WORDS = "|".join(map(re.escape, sorted(BY_WORDS, key=len, reverse=True)))
VALUE = re.compile(rf"(?<![\w.,])({LISTED}|{SPANNED}) ?({WORDS})(?![\w²³/])")
"""A value as `catalogue.values` words it: "15, 30 or 60 mm", "43 × 22 cm", "20 to 60 mm Hg"."""


def register(app: Flask) -> None:
    """Let the templates of `app` write `{{ fact.words|in_both_units }}`."""
    app.add_template_filter(in_both_units)
    app.add_template_filter(unit_label)
    app.add_template_filter(chip_text)


def unit_label(unit: str) -> str:
    """A unit as it is offered: in words where a sign could be taken for something else."""
    return LABELS.get(unit, UNITS[unit].words)


@lru_cache(MOST_REMEMBERED)
def in_both_units(text: str) -> Markup:
    """`text` as HTML, every length, weight, pressure and heat in it followed by the other unit."""
    found, end = [], 0
    for value in VALUE.finditer(text):
        found += [escape(text[end : value.start()]), _both(value[0], value[1], BY_WORDS[value[2]])]
        end = value.end()
    return Markup("").join([*found, escape(text[end:])])


def chip_text(chip: Chip) -> Markup:
    """What is chosen, in both units; words that were typed are left as they are."""
    return in_both_units(chip.text) if chip.is_measured else escape(chip.text)


def _both(stated: str, figures: str, unit: Unit) -> Markup:
    kind = " pressure" if unit.measures == PRESSURE else ""
    html = Markup('<span class="measure{}"><i>{}</i> <i><i>(</i>{}<i>)</i></i></span>')
    return html.format(kind, stated, _other(figures, unit))


def _other(figures: str, unit: Unit) -> str:
    to = UNITS[unit.other or unit.id]
    stated = [Decimal(one.replace(",", "")) for one in re.findall(FIGURE, figures)]
    numbers = iter(converted(stated, unit, to))
    words = re.sub(FIGURE, lambda _: f"{next(numbers).normalize():,f}", figures)
    return f"{words} {to.words}"
