"""Machines side by side: the table, the same as a file, and the way to choose another machine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint, Response, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from reviews_app import browse
from reviews_app.browse import BadSelection, Selection
from reviews_app.catalogue import directory
from reviews_app.catalogue import queries as catalogue
from reviews_app.catalogue.cards import Card
from reviews_app.catalogue.measures import PARTS
from reviews_app.catalogue.sources import Source
from reviews_app.compare import MOST, BadLineup, Comparison, Lineup, compare
from reviews_app.errors import shortened
from reviews_app.scores import queries as scores
from reviews_app.scores.weights import PREFIX
from reviews_app.web.fields import Size, size_of
from reviews_app.web.fragments import rendering
from reviews_app.web.links import address as address_of_thing
from reviews_app.web.narrowing import asked, query, weight_fields
from reviews_app.web.spreadsheet import as_csv

bp = Blueprint("comparisons", __name__)

PATH, FILE, CANDIDATES = "/compare", "/compare.csv", "/compare/candidates"

SUGGESTED = 8
MOST_CELLS = 20_000
"""Cells kept as HTML, of some 400 bytes each."""

MOST_NAMED = 12
"""Machines named where too many were asked for; each comes with a link that repeats all others."""


@dataclass(frozen=True)
class Candidate:
    """A machine that could stand in the table, and the address of the table with it."""

    name: str
    brand: str
    about: str
    path: str


@bp.get(PATH)
def show() -> str | AnyResponse | tuple[str, int]:
    """Up to five machines side by side, at the one address of that choice."""
    args = asked()
    try:
        lineup = Lineup.from_args(args, scores.published_weights())
        if address(lineup).partition("?")[2] != query():
            return redirect(address(lineup), 301)
        comparison = compare(lineup, browse.Shelves().main_currency)
    except BadLineup as error:
        return _bad_lineup(error, args)
    if not lineup.slugs:
        return render_template(
            "comparisons/start.html",
            lineup=lineup,
            candidates=_offered(_suggested(), lineup, None),
            most=MOST,
        )
    return _page(comparison)


@bp.get(FILE)
def file() -> AnyResponse | tuple[str, int]:
    """The same cells for a spreadsheet."""
    args = asked()
    try:
        lineup = Lineup.from_args(args, scores.published_weights())
        if address(lineup, FILE).partition("?")[2] != query():
            return redirect(address(lineup, FILE), 301)
        comparison = compare(lineup, browse.Shelves().main_currency)
    except BadLineup as error:
        return _bad_lineup(error, args)
    response = Response(as_csv(comparison, _absolute), mimetype="text/csv")
    response.headers["Content-Disposition"] = 'attachment; filename="comparison.csv"'
    return response


@bp.get(CANDIDATES)
def candidates() -> tuple[str, int]:
    """Machines to add to the table, or to put in the place of one, found by words."""
    lineup = _readable(asked())
    instead = request.args.get("instead", "").strip()
    instead = instead if instead in lineup.slugs else ""
    words = request.args.get("q", "").strip()
    problem, found, total = None, [], 0
    if words:
        try:
            selection = Selection.from_args([("q", words)], browse.vocabulary())
            listing = browse.find(selection)
            found, total = catalogue.cards(listing.ids, listing.currency), listing.total
        except BadSelection as error:
            problem = error
    page = render_template(
        "comparisons/candidates.html",
        lineup=lineup,
        names=_names(lineup.slugs),
        instead=instead,
        words=words,
        problem=problem,
        candidates=_offered(found, lineup, instead),
        total=total,
        similar=[] if words else _similar(lineup, instead),
        path_of=address,
        listing_path=listing_address(lineup),
        most=MOST,
    )
    return page, problem.status if problem else 200


def address(lineup: Lineup, path: str = PATH) -> str:
    """The one path of a Lineup (`product.md` §7)."""
    args = lineup.as_args()
    return f"{path}?{urlencode(args)}" if args else path


def candidates_address(lineup: Lineup, instead: str = "", words: str = "") -> str:
    """Where to look for a machine to add, or to put in the place of one."""
    more = [(name, value) for name, value in (("instead", instead), ("q", words)) if value]
    args = [*lineup.as_args(), *more]
    return f"{CANDIDATES}?{urlencode(args)}" if args else CANDIDATES


def listing_address(lineup: Lineup) -> str:
    """The listing with these machines set aside, for the same leg and with the same weights."""
    sizes = [(part, str(size)) for part, size in lineup.sizes]
    weights = lineup.weights.as_args() if lineup.weights else []
    args = [*sizes, *weights, *(("p", slug) for slug in lineup.slugs)]
    path = url_for("massagers.index")
    return f"{path}?{urlencode(args)}" if args else path


def _page(comparison: Comparison) -> str:
    lineup = comparison.lineup
    alone = len(lineup.slugs) == 1
    return render_template(
        "comparisons/show.html",
        comparison=comparison,
        lineup=lineup,
        sizes=_size_fields(dict(lineup.as_args())),
        weights=weight_fields(lineup.weights, browse.vocabulary(), {}),
        similar=_similar(lineup, "") if alone else [],
        path_of=address,
        candidates_path_of=candidates_address,
        listing_path=listing_address(lineup),
        file_path=address(lineup, FILE),
        json_path=address(lineup, "/api/v1/compare"),
        most=MOST,
        cell_of=rendering(
            "comparisons/_cell.html", "cell_of", revision=comparison.revision, most=MOST_CELLS
        ),
    )


def _bad_lineup(error: BadLineup, args: Sequence[tuple[str, str]]) -> tuple[str, int]:
    """What is wrong in words, the machines that are right as links, and what was typed."""
    kept = error.kept
    unknown = [one.value for one in error.problems if one.parameter == "p" and one.status == 404]
    page = render_template(
        "comparisons/bad_lineup.html",
        problems=error.problems,
        kept=kept,
        too_many=len(kept.slugs) > MOST,
        names=_names(kept.slugs[:MOST_NAMED]),
        unnamed=max(len(kept.slugs) - MOST_NAMED, 0),
        searches=[_search(kept, slug) for slug in unknown[:MOST_NAMED]],
        sizes=_size_fields(dict(reversed(args)), [one.parameter for one in error.problems]),
        weights=weight_fields(kept.weights, browse.vocabulary(), dict(reversed(args))),
        weights_typed=any(name.startswith(PREFIX) for name, _ in args),
        path_of=address,
        candidates_path=candidates_address(kept),
        most=MOST,
    )
    return page, error.status


def _search(kept: Lineup, slug: str) -> tuple[str, str]:
    """Words that may bring the machine that was meant, and the address that looks for them."""
    words = " ".join("".join(c if c.isalnum() else " " for c in slug).split())
    return words, candidates_address(kept, words=words)


def _readable(args: Sequence[tuple[str, str]]) -> Lineup:
    """What of an address can be kept, whatever is wrong with the rest."""
    try:
        return Lineup.from_args(args, scores.published_weights())
    except BadLineup as error:
        return error.kept


def _names(slugs: Sequence[str]) -> list[tuple[str, str]]:
    """Each slug with the name of its machine, or what was typed where there is none."""
    names = directory.product_names(slugs)
    return [(slug, names.get(slug, shortened(slug))) for slug in slugs]


def _offered(found: Sequence[Card], lineup: Lineup, instead: str | None) -> list[Candidate]:
    return [
        Candidate(
            name=one.name,
            brand=one.brand.label if one.brand else "Maker not named",
            about=_about(one),
            path=_with(lineup, one.slug, instead),
        )
        for one in found
        if one.slug not in lineup.slugs
    ]


def _about(card: Card) -> str:
    recalled = "Recalled. " if card.is_recalled else ""
    return f"{recalled}{card.form.label}: {', '.join(each.label for each in card.types)}"


def _suggested() -> list[Card]:
    """Machines for use at home of which most is known, none of them recalled."""
    shelves = browse.Shelves()
    ids = shelves.first(SUGGESTED, *browse.FOR_HOME, ("sort", "facts"))
    return catalogue.cards(ids, shelves.main_currency)


def _similar(lineup: Lineup, instead: str) -> list[Candidate]:
    """Machines like the one to be replaced, or like the first; none where that is not here."""
    wanted = instead or next(iter(lineup.slugs), "")
    product = catalogue.find_product(wanted) if wanted else None
    if product is None:
        return []
    shelves = browse.Shelves()
    found = catalogue.similar(product, shelves.nearest(product), shelves.main_currency)
    return [
        Candidate(
            name=one.name,
            brand=one.brand.label if one.brand else "Maker not named",
            about=f"The same: {one.shares}",
            path=_with(lineup, one.slug, instead),
        )
        for one in found
        if one.slug not in lineup.slugs
    ]


def _with(lineup: Lineup, slug: str, instead: str | None) -> str:
    return address(lineup.replaced(instead, slug) if instead else lineup.added(slug))


def _size_fields(typed: dict[str, str], wrong: Sequence[str] = ()) -> list[Size]:
    return [
        size_of(part, label, explanation, typed, wrong)
        for part, (label, explanation) in PARTS.items()
    ]


def _absolute(source: Source) -> str:
    return str(current_app.config["SITE_URL"]) + address_of_thing("source", source.id)
