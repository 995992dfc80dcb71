"""What pages ask of scores: the method in force, and the scores of machines by it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

import sqlalchemy as sa

from reviews_app.catalogue.products import Product
from reviews_app.catalogue.remembering import each_once, once_a_revision
from reviews_app.db import db
from reviews_app.errors import BadInput, NotFound
from reviews_app.scores.computing import PartScore, Total, in_words, total_score
from reviews_app.scores.files import record_of
from reviews_app.scores.gathering import background, subjects
from reviews_app.scores.models import Method, Score, ScorePart, Unscored
from reviews_app.scores.records import MethodRecord, PartRule
from reviews_app.scores.scoring import Scored, scored
from reviews_app.scores.weights import Weights

MOST_REMEMBERED = 5_000
"""Machines whose score, or that there is none, one process remembers."""

STORED = (
    sa.select(Score, ScorePart)
    .outerjoin(
        ScorePart,
        sa.and_(
            ScorePart.product_id == Score.product_id,
            ScorePart.method_version == Score.method_version,
        ),
    )
    .where(
        Score.product_id.in_(sa.bindparam("ids", expanding=True)),
        Score.method_version == sa.bindparam("version"),
    )
    .order_by(Score.product_id)
)


@dataclass(frozen=True)
class PartOfScore:
    """A part with what it came to for one machine, and the weight it has in the total."""

    rule: PartRule
    weight: int
    score: PartScore


@dataclass(frozen=True)
class ScoreOfProduct:
    """The score of one machine under some weights.

    `parts` is empty, and `reason` says why, where machines of its audience are not scored. Without
    a total `reason` is never None.
    """

    version: int
    floor_percent: int
    total: Total
    cap_centi: int | None
    reason: Unscored | None
    parts: tuple[PartOfScore, ...] = field(hash=False)

    @property
    def words(self) -> str:
        """The total as it is printed, or why there is none."""
        if self.total.points_centi is not None:
            return f"{in_words(self.total.points_centi)} of 10"
        return self.reason.words if self.reason else ""

    @property
    def is_capped(self) -> bool:
        """Whether a cap holds."""
        return self.cap_centi is not None


def current_method() -> Method | None:
    """The method in force, the highest version; None before one was published."""
    return db.session.scalar(sa.select(Method).order_by(Method.version.desc()).limit(1))


@once_a_revision
def current_rules() -> MethodRecord | None:
    """What the method in force says; None before one was published."""
    method = current_method()
    return None if method is None else record_of(method.document)


def methods() -> list[Method]:
    """Every method published, the latest first."""
    return list(db.session.scalars(sa.select(Method).order_by(Method.version.desc())))


def get_method(version: int) -> Method:
    """One version of the method. Raises NotFound where none has that number."""
    method = db.session.get(Method, version)
    if method is None:
        message = f"There is no version {version} of our method."
        raise NotFound(message, parameter="version", value=str(version))
    return method


def rules_of(method: Method) -> MethodRecord:
    """What a published method says."""
    return record_of(method.document)


def weights_of(rules: MethodRecord) -> Weights:
    """The weights of a method, for a reader to change."""
    return Weights.of(rules.weights)


def published_weights() -> Weights | None:
    """The weights of the method in force; None before one was published."""
    rules = current_rules()
    return None if rules is None else weights_of(rules)


def read_weights(args: Iterable[tuple[str, str]]) -> Weights | None:
    """The weights that decoded query parameters spell; None before a method was published.

    Raises BadInput, in words, for what is no weight.
    """
    published = published_weights()
    if published is None:
        return None
    weights, problems = published.read(args)
    for problem in problems:
        raise BadInput(problem.message, parameter=problem.parameter, value=problem.value)
    return weights


def scores_of(
    product_ids: Collection[int], weights: Weights | None = None
) -> dict[int, ScoreOfProduct]:
    """The scores of these products by the method in force, by product id, in two statements.

    Products never scored are left out. `weights` are a reader's; without them the method's count.
    """
    if weights is not None:
        return _scores(product_ids, weights)
    found = each_once("scores", product_ids, _scores_or_none, most=MOST_REMEMBERED)
    return {one: score for one, score in found.items() if score is not None}


def _scores_or_none(product_ids: Collection[int]) -> dict[int, ScoreOfProduct | None]:
    """With None for the others, so that they are not asked for again."""
    found = _scores(product_ids)
    return {one: found.get(one) for one in product_ids}


def _scores(
    product_ids: Collection[int], weights: Weights | None = None
) -> dict[int, ScoreOfProduct]:
    rules = current_rules()
    if rules is None:
        return {}
    chosen = (weights or weights_of(rules)).by_part
    return {
        score.product_id: _score(score, parts, rules, chosen)
        for score, parts in _stored(product_ids, rules.version)
    }


def own_scores_of(
    product_ids: Collection[int], weights: Weights | None
) -> dict[int, ScoreOfProduct]:
    """The same under a reader's own weights; none, and nothing asked, where they are published."""
    if weights is None or weights.is_own:
        return {}
    return scores_of(product_ids, weights)


def score_of(product: Product, weights: Weights | None = None) -> ScoreOfProduct | None:
    """The score of one product; None where it was never scored."""
    return scores_of([product.id], weights).get(product.id)


def steps_of(product: Product) -> Scored | None:
    """Every step to the score of a product by the method in force; None where there is no method.

    Worked out anew from the facts as they are stored, as an import does.
    """
    return steps_of_all([product.id]).get(product.id)


def steps_of_all(product_ids: Collection[int]) -> dict[int, Scored]:
    """The same for several products, by product id, in a fixed number of statements."""
    rules = current_rules()
    found = [] if rules is None else subjects(product_ids, background())
    return {one.product_id: scored(rules, one) for one in found} if rules else {}


def _stored(
    product_ids: Collection[int], version: int
) -> Iterator[tuple[Score, dict[str, PartScore]]]:
    """The stored scores of these products, each with its parts by id."""
    rows = db.session.execute(STORED, {"ids": list(product_ids), "version": version})
    for score, found in groupby(rows, key=lambda row: row[0]):
        parts = [part for _, part in found if part is not None]
        yield (
            score,
            {one.part_id: PartScore(one.points_centi, one.coverage_percent) for one in parts},
        )


def _score(
    stored: Score, parts: dict[str, PartScore], rules: MethodRecord, weights: dict[str, int]
) -> ScoreOfProduct:
    listed = tuple(
        PartOfScore(rule, weights[rule.id], parts[rule.id])
        for rule in rules.parts
        if rule.id in parts
    )
    total = total_score(
        ((one.weight, one.score) for one in listed),
        floor_percent=rules.floor_percent,
        cap_centi=stored.cap_centi,
    )
    reason = Unscored.TOO_LITTLE_KNOWN if listed else Unscored(stored.reason or "")
    kept = None if total.points_centi is not None else reason
    return ScoreOfProduct(rules.version, rules.floor_percent, total, stored.cap_centi, kept, listed)
