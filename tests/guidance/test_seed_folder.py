"""The guidance that comes with the site: complete, sound, and in the form an export writes."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from reviews_app.catalogue.folder import Faults, KnownIds
from reviews_app.config import ROOT
from reviews_app.guidance import exporter, importer, markdown
from reviews_app.guidance.models import Grade
from reviews_app.guidance.records import Article, Guidance
from tests.guidance.conftest import add_catalogue
from tests.guidance.test_exporter import files

SEED = ROOT / "seed_data"


@pytest.fixture(scope="module")
def known() -> KnownIds:
    """The ids of the catalogue that comes with the site."""
    taxonomy = tomllib.loads((SEED / "taxonomy.toml").read_text())
    sources = tomllib.loads((SEED / "sources.toml").read_text())
    return KnownIds(
        sources=frozenset(source["id"] for source in sources["sources"]),
        mechanisms=frozenset(mechanism["id"] for mechanism in taxonomy["mechanisms"]),
        types=frozenset(one["id"] for one in taxonomy["types"]),
        products=frozenset(path.stem for path in (SEED / "products").glob("*.toml")),
    )


@pytest.fixture(scope="module")
def guidance(known: KnownIds) -> Guidance:
    """All of it, read once."""
    faults = Faults()
    guidance = importer.read(SEED, known, faults)
    assert [str(fault) for fault in faults.shown] == []
    return guidance


def test_nothing_that_was_collected_is_missing(guidance: Guidance) -> None:
    assert {
        "grades": len(guidance.grades),
        "studies": len(guidance.studies),
        "claims": len(guidance.claims),
        "contraindications": len(guidance.contraindications),
        "red flags": len(guidance.red_flags),
        "needs": len(guidance.needs),
        "terms": len(guidance.terms),
        "questions": len(guidance.questions),
    } == {
        "grades": 6,
        "studies": 145,
        "claims": 25,
        "contraindications": 39,
        "red flags": 17,
        "needs": 16,
        "terms": 40,
        "questions": 19,
    }
    assert sum(len(claim.mechanisms) for claim in guidance.claims) == 250


def test_every_study_is_cited_by_something(guidance: Guidance) -> None:
    cited = str([guidance.claims, guidance.contraindications, guidance.red_flags, guidance.needs])
    cited += str([guidance.terms, guidance.questions])
    assert [study.id for study in guidance.studies if f"'{study.id}'" not in cited] == []


def test_mechanisms_of_a_need_are_ranked_by_grade(guidance: Guidance) -> None:
    strength = [*(grade for grade in Grade if grade not in {Grade.NONE, Grade.AGAINST})]
    order = [*strength, Grade.NONE, Grade.AGAINST]
    unordered = [
        need.id
        for need in guidance.needs
        if [ranked.grade for ranked in need.mechanisms]
        != sorted((ranked.grade for ranked in need.mechanisms), key=order.index)
    ]
    assert unordered == ["lymphedema"]  # drainage massage first: it is part of standard care


@pytest.mark.usefixtures("database")
def test_it_imports_twice_and_exports_as_it_is(
    guidance: Guidance, known: KnownIds, tmp_path: Path
) -> None:
    add_catalogue(known)
    assert importer.store(guidance)
    assert not importer.store(guidance)
    exporter.write(tmp_path / "out")
    mine = {name: text for name, text in files(SEED).items() if name.count("/") == 1}
    written = files(tmp_path / "out")
    assert {name: mine.get(name) for name in written} == written


def test_every_article_renders_with_its_contents(guidance: Guidance) -> None:
    assert len(guidance.articles) >= 12
    for article in guidance.articles:
        text, cards = _rendered(article)
        assert all(f'id="{heading.id}"' in text for heading in markdown.contents(article.body))
        assert ":::" not in text
        assert 1 <= markdown.reading_minutes(article.body) <= 20
        assert len(cards) == len(set(cards))


def test_the_article_holds_a_card_for_most_of_its_claims(guidance: Guidance) -> None:
    article = next(one for one in guidance.articles if one.slug == "benefits-of-leg-massage")
    mentioned = {target for kind, target in markdown.references(article.body) if kind == "claim"}
    assert mentioned == {claim.id for claim in guidance.claims}


def _rendered(article: Article) -> tuple[str, list[str]]:
    found = markdown.parts(article.body, lambda kind, target: f"/{kind}/{target}")
    text = "".join(part.text for part in found if isinstance(part, markdown.Html))
    return text, [part.claim_id for part in found if isinstance(part, markdown.ClaimBlock)]
