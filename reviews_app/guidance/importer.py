"""Reading the guidance of a seed folder, all of it checked, and storing it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from reviews_app.catalogue.changes import Changes
from reviews_app.catalogue.folder import Faults, KnownIds
from reviews_app.catalogue.records import slugified
from reviews_app.guidance.articles import read_articles
from reviews_app.guidance.dangling import EVERY_MECHANISM, check_references
from reviews_app.guidance.files import FILES, read_file
from reviews_app.guidance.models import ON_YOUR_OWN, Grade
from reviews_app.guidance.records import Guidance, NeedRecord
from reviews_app.guidance.storing import replace
from reviews_app.guidance.tables import tables


def read(folder: Path, known: KnownIds, faults: Faults) -> Guidance:
    """The guidance below `folder`; what is wrong with it is added to `faults`.

    `known` holds the ids of the catalogue it stands beside. Store the result only if there were
    no faults: records that have one are left out of it. How the records fit together is checked
    once each is sound by itself, so that one bad line is not blamed on all that refer to it.
    """
    before = faults.total
    lists: dict[str, Any] = {
        field: tuple(read_file(file, folder, faults)) for field, file in FILES.items()
    }
    guidance = Guidance(articles=tuple(read_articles(folder, faults)), **lists)
    if faults.total == before:
        check_references(guidance, known, faults)
        for rule in _RULES:
            rule(guidance, known, faults)
    return guidance


def store(guidance: Guidance) -> Changes:
    """Make the database hold exactly this guidance, and say what that changed; no commit.

    The catalogue it refers to must be stored already.
    """
    return replace(tables(guidance))


def _every_grade_has_a_meaning(guidance: Guidance, _: KnownIds, faults: Faults) -> None:
    described = {record.grade for record in guidance.grades}
    for grade in Grade:
        if grade not in described:
            faults.add(FILES["grades"].path, grade, "", "has no meaning here")


def _studies_are_no_other_sources(guidance: Guidance, known: KnownIds, faults: Faults) -> None:
    for study in guidance.studies:
        if study.id in known.sources:
            faults.add(FILES["studies"].path, study.id, "", "is the id of another source already")


def _a_claim_grades_every_mechanism(guidance: Guidance, known: KnownIds, faults: Faults) -> None:
    for claim in guidance.claims:
        for mechanism in sorted(known.mechanisms - claim.mechanisms.keys()):
            where = f"{claim.id}.mechanisms"
            faults.add(FILES["claims"].path, where, mechanism, "is not graded")


def _a_grade_names_its_evidence(guidance: Guidance, _: KnownIds, faults: Faults) -> None:
    graded = [
        (FILES["claims"].path, f"{claim.id}.mechanisms.{mechanism}", found)
        for claim in guidance.claims
        for mechanism, found in claim.mechanisms.items()
    ] + [
        (FILES["needs"].path, f"{need.id}.mechanisms.{ranked.mechanism}", ranked)
        for need in guidance.needs
        for ranked in need.mechanisms
    ]
    for file, where, found in graded:
        if found.grade is not Grade.NONE and not found.sources:
            faults.add(file, f"{where}.sources", found.grade.value, "a grade needs a source")


def _anchors_of_the_safety_page_differ(guidance: Guidance, _: KnownIds, faults: Faults) -> None:
    taken = {rule.id for rule in guidance.contraindications}
    for flag in guidance.red_flags:
        if flag.id in taken:
            reason = "is a contraindication too, and both are anchors on /safety"
            faults.add(FILES["red_flags"].path, flag.id, "", reason)


def _all_stands_alone(guidance: Guidance, _: KnownIds, faults: Faults) -> None:
    for rule in guidance.contraindications:
        if EVERY_MECHANISM in rule.applies_to and len(rule.applies_to) > 1:
            where = f"{rule.id}.applies_to"
            faults.add(FILES["contraindications"].path, where, rule.applies_to, "all, or a list")


def _needs_make_sense(guidance: Guidance, _: KnownIds, faults: Faults) -> None:
    for need in guidance.needs:
        for where, value, reason in _nonsense(need):
            faults.add(FILES["needs"].path, f"{need.id}.{where}", value, reason)


def _nonsense(need: NeedRecord) -> list[tuple[str, object, str]]:
    named = [ranked.mechanism for ranked in need.mechanisms]
    found: list[tuple[str, object, str]] = [
        (f"mechanisms.{mechanism}", "", "is ranked twice")
        for mechanism in sorted(set(named))
        if named.count(mechanism) > 1
    ]
    use = need.typical_use
    for key, usual, span in (
        ("minutes_range", use.minutes, use.minutes_range),
        ("sessions_range", use.sessions_per_week, use.sessions_range),
    ):
        if not _holds(span, usual):
            found.append((f"typical_use.{key}", span, f"must be a span around {usual}"))
    return found


def _holds(span: Sequence[int] | None, usual: int | None) -> bool:
    if span is None or usual is None:
        return span is None and usual is None
    return 0 < span[0] <= usual <= span[1]


def _a_term_is_its_id(guidance: Guidance, _: KnownIds, faults: Faults) -> None:
    for term in guidance.terms:
        if term.id != slugified(term.term):
            faults.add(FILES["terms"].path, term.id, "", f"must be {slugified(term.term)}")


def _every_type_has_its_text(guidance: Guidance, known: KnownIds, faults: Faults) -> None:
    written = {article.slug for article in guidance.articles if article.kind == "type"}
    for missing in sorted(known.types - written):
        faults.add(f"types/{missing}.md", "file", "", "is missing: every massage type has its text")
    for other in sorted(written - known.types):
        faults.add(f"types/{other}.md", "file name", other, "is no massage type")


def _best_of_is_for_types_and_easy_needs(
    guidance: Guidance, known: KnownIds, faults: Faults
) -> None:
    """Only machines for a need that may be met on one's own are ranked for it."""
    on_your_own = {need.id for need in guidance.needs if need.self_use == ON_YOUR_OWN}
    for article in guidance.articles:
        if article.kind == "best" and article.slug not in known.types | on_your_own:
            reason = f"must be a massage type, or a need with self_use “{ON_YOUR_OWN}”"
            faults.add(article.file, "file name", article.slug, reason)


_RULES: tuple[Callable[[Guidance, KnownIds, Faults], None], ...] = (
    _every_grade_has_a_meaning,
    _studies_are_no_other_sources,
    _a_claim_grades_every_mechanism,
    _a_grade_names_its_evidence,
    _anchors_of_the_safety_page_differ,
    _all_stands_alone,
    _needs_make_sense,
    _a_term_is_its_id,
    _every_type_has_its_text,
    _best_of_is_for_types_and_easy_needs,
)
