"""Which ids guidance may refer to, and every reference in it that leads nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import NamedTuple

from reviews_app.catalogue.folder import Faults, KnownIds
from reviews_app.guidance import markdown
from reviews_app.guidance.files import FILES
from reviews_app.guidance.records import (
    Article,
    ClaimRecord,
    ContraindicationRecord,
    Guidance,
    NeedRecord,
)

EVERY_MECHANISM = "all"
"""In a contraindication's `applies_to`: it speaks of every mechanism."""


class Reference(NamedTuple):
    """An id of some kind, and the file and key it stands at."""

    file: str
    where: str
    kind: str
    id: str


def check_references(guidance: Guidance, known: KnownIds, faults: Faults) -> None:
    """Note every reference to something that neither the catalogue nor the guidance holds."""
    targets = _targets(guidance, known)
    for reference in _references(guidance):
        if reference.id not in targets[reference.kind]:
            reason = f"there is no {reference.kind} with this id"
            faults.add(reference.file, reference.where, reference.id, reason)


def _targets(guidance: Guidance, known: KnownIds) -> Mapping[str, frozenset[str]]:
    """Everything that can be referred to, by kind."""
    return {
        "source": known.sources | {study.id for study in guidance.studies},
        "mechanism": known.mechanisms,
        "type": known.types,
        "massager": known.products,
        "claim": frozenset(claim.id for claim in guidance.claims),
        "contraindication": frozenset(rule.id for rule in guidance.contraindications),
        "flag": frozenset(flag.id for flag in guidance.red_flags),
        "need": frozenset(need.id for need in guidance.needs),
        "term": frozenset(term.id for term in guidance.terms),
        "guide": frozenset(
            article.slug for article in guidance.articles if article.kind == "guide"
        ),
    }


def _references(guidance: Guidance) -> Iterator[Reference]:
    yield from chain.from_iterable(map(_of_claim, guidance.claims))
    yield from chain.from_iterable(map(_of_contraindication, guidance.contraindications))
    yield from chain.from_iterable(map(_of_need, guidance.needs))
    yield from chain.from_iterable(map(_of_article, guidance.articles))
    for field in ("claims", "contraindications", "red_flags", "terms", "questions"):
        for record in getattr(guidance, field):
            where = f"{record.id}.sources"
            yield from _all(FILES[field].path, where, "source", record.sources)


def _of_claim(claim: ClaimRecord) -> Iterator[Reference]:
    file = FILES["claims"].path
    for mechanism, graded in claim.mechanisms.items():
        where = f"{claim.id}.mechanisms.{mechanism}"
        yield Reference(file, where, "mechanism", mechanism)
        yield from _all(file, f"{where}.sources", "source", graded.sources)


def _of_contraindication(rule: ContraindicationRecord) -> Iterator[Reference]:
    file = FILES["contraindications"].path
    yield from _all(file, f"{rule.id}.counts_as", "contraindication", rule.counts_as)
    if rule.applies_to != [EVERY_MECHANISM]:
        yield from _all(file, f"{rule.id}.applies_to", "mechanism", rule.applies_to)


def _of_need(need: NeedRecord) -> Iterator[Reference]:
    file = FILES["needs"].path
    yield from _all(file, f"{need.id}.cautions", "contraindication", need.cautions)
    yield from _all(file, f"{need.id}.do_first_sources", "source", need.do_first_sources)
    yield from _all(file, f"{need.id}.typical_use.sources", "source", need.typical_use.sources)
    for ranked in need.mechanisms:
        where = f"{need.id}.mechanisms.{ranked.mechanism}"
        yield Reference(file, where, "mechanism", ranked.mechanism)
        yield from _all(file, f"{where}.sources", "source", ranked.sources)


def _of_article(article: Article) -> Iterator[Reference]:
    for mention in markdown.mentions(article.body):
        where = f"line {article.body_line + mention.line - 1}"
        yield Reference(article.file, where, mention.kind, mention.id)


def _all(file: str, where: str, kind: str, ids: Iterable[str]) -> Iterator[Reference]:
    return (Reference(file, where, kind, one) for one in ids)
