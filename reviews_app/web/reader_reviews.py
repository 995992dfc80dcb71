"""What readers say of one machine: all that is published, and what became of the rest."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from reviews_app.accounts import queries as accounts
from reviews_app.catalogue import queries as catalogue
from reviews_app.guidance import queries as guidance
from reviews_app.reviews.readers import numbers, rating, shelf
from reviews_app.reviews.readers.choice import OWNED, SORTS, Choice
from reviews_app.reviews.readers.rules import LATE_AFTER, PRIOR_RATING, PRIOR_REVIEWS, Fitted
from reviews_app.web.narrowing import asked, query

bp = Blueprint("reader_reviews", __name__)


@bp.get("/massagers/<slug>/reviews")
def index(slug: str) -> Response | str:
    """The reviews a reader chose, newest first unless asked otherwise, at one address a choice."""
    product = catalogue.get_product(slug)
    needs = guidance.needs()
    choice = Choice.from_args(asked(), [need.id for need in needs])
    if urlencode(choice.as_args()) != query():
        return redirect(path_of(slug, choice), 301)
    found = shelf.shelf(product.id, choice)
    names = accounts.public_names(
        one.account_id for one in found.reviews if one.account_id is not None
    )
    return render_template(
        "reader_reviews/index.html",
        product=product,
        choice=choice,
        shelf=found,
        names=names,
        rating=rating.ratings_of([product.id]).get(product.id),
        fates=numbers.fates(accounts.now(), product.id),
        needs=needs,
        sorts=SORTS,
        owned=OWNED,
        fits=list(Fitted),
        prior=(PRIOR_REVIEWS, PRIOR_RATING),
        late_after_days=LATE_AFTER.days,
        path_of=lambda one: path_of(slug, one),
        path_of_page=lambda number: path_of(slug, choice.with_page(number)),
    )


def path_of(slug: str, choice: Choice) -> str:
    """The address of a choice among the reviews of a machine."""
    spelled = urlencode(choice.as_args())
    here = url_for("reader_reviews.index", slug=slug)
    return f"{here}?{spelled}" if spelled else here
