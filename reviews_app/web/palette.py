"""Knows the colours of `static/css/tokens.css`, and how well one can be read on another."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

COLOUR = re.compile(r"--([a-z-]+):\s*(#[0-9a-f]{6});")

TEXT = 4.5
"""Least contrast of words with what they stand on (WCAG 2.2, 1.4.3, level AA)."""
SHAPE = 3.0
"""Least contrast of a border, a sign or a part of a drawing that says something (1.4.11)."""

PAIRS = (
    *(("ink", ground, TEXT, "words") for ground in ("paper", "surface", "sunken")),
    *(("ink-soft", ground, TEXT, "quiet words") for ground in ("paper", "surface", "sunken")),
    *(("link", ground, TEXT, "links") for ground in ("paper", "surface", "sunken", "good-paper")),
    ("link-hover", "good-paper", TEXT, "links under the pointer"),
    ("on-brand", "brand", TEXT, "words of the header and the foot"),
    ("on-brand-soft", "brand", TEXT, "quiet words there"),
    ("on-mark", "mark", TEXT, "words of the search button"),
    ("on-button", "button", TEXT, "words of a button"),
    *((one, f"{one}-paper", TEXT, "notices") for one in ("stop", "ask", "care", "note", "good")),
    *(("ink", f"{one}-paper", TEXT, "words in them") for one in ("stop", "ask", "care", "note")),
    *(("focus", ground, SHAPE, "the ring round what has focus") for ground in ("paper", "surface")),
    ("mark", "brand", SHAPE, "that ring, and the mark, on the header"),
    *(("line-strong", ground, SHAPE, "the border of a field") for ground in ("paper", "surface")),
    ("button", "paper", SHAPE, "the border of a button"),
    *(("drawn-line", ground, SHAPE, "lines of drawings") for ground in ("sunken", "surface")),
    ("drawn-line", "drawn-touch", SHAPE, "lines in what touches the leg"),
    ("covered", "skin", SHAPE, "the parts of a leg that a machine works on"),
)
"""What stands on what: colour, ground, the least contrast it must have, and where it is met."""


@dataclass(frozen=True)
class Pair:
    """One colour on another, in the light theme and in the dark: hex values and contrasts."""

    colour: str
    ground: str
    least: float
    use: str
    hexes: tuple[tuple[str, str], tuple[str, str]]

    @property
    def contrasts(self) -> tuple[float, float]:
        """From 1 to 21, in light and dark, cut and not rounded: 4.49 is not enough."""
        light, dark = (int(contrast(*pair) * 100) / 100 for pair in self.hexes)
        return light, dark

    @property
    def swatches(self) -> list[tuple[str, str, float]]:
        """Colour, ground and contrast, in light and in dark."""
        return [(*hexes, figure) for hexes, figure in zip(self.hexes, self.contrasts, strict=True)]


def palette(tokens: Path) -> dict[str, tuple[str, str]]:
    """The hex value of every colour of a file of tokens, in light and dark, by its name."""
    light, _, dark = tokens.read_text(encoding="utf-8").partition("prefers-color-scheme: dark")
    at_night = dict(COLOUR.findall(dark))
    return {name: (value, at_night.get(name, value)) for name, value in COLOUR.findall(light)}


def pairs(colours: dict[str, tuple[str, str]]) -> list[Pair]:
    """Every pair that the site uses, with its figures."""
    return [
        Pair(colour, ground, least, use, _both(colours[colour], colours[ground]))
        for colour, ground, least, use in PAIRS
    ]


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21 (WCAG 2.2, "contrast ratio")."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _both(
    colour: tuple[str, str], ground: tuple[str, str]
) -> tuple[tuple[str, str], tuple[str, str]]:
    return (colour[0], ground[0]), (colour[1], ground[1])


def _luminance(colour: str) -> float:
    """Of a hex colour, from 0 to 1 (WCAG 2.2, "relative luminance")."""
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
