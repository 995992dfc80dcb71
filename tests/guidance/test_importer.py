"""Reading a folder of guidance: what is sound comes in, what is not is named with its place."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from reviews_app.guidance.models import Grade
from tests.guidance.conftest import FRONT, KNOWN, change, faults_of, put, sound


def test_a_sound_folder_is_read_in_the_order_of_its_files(folder: Path) -> None:
    guidance = sound(folder)
    assert [study.id for study in guidance.studies] == ["E1", "E2"]
    assert guidance.claims[0].mechanisms["compression"].grade is Grade.MODERATE
    assert [rule.id for rule in guidance.contraindications] == ["dvt", "pad"]
    assert [(one.kind, one.slug) for one in guidance.articles] == [
        ("guide", "benefits"),
        ("type", "compression"),
    ]


def test_what_a_study_does_not_show_is_left_out(folder: Path) -> None:
    advice = sound(folder).studies[1]
    assert (advice.year, advice.doi, advice.pmid) == (None, None, None)


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        ("claims", '["E1", "S1"]', '["E9"]', "doms.sources = 'E9': there is no source with this"),
        ("claims", 'sources = ["E1"]\n', 'sources = ["E9"]\n', "doms.mechanisms.compression.sour"),
        ("claims", "mechanisms.manual", "mechanisms.magic", "there is no mechanism with this id"),
        ("claims", "mechanisms.manual", "mechanisms.magic", "doms.mechanisms = 'manual': is not g"),
        ("claims", "mechanisms.manual", "mechanisms.compression", "is not TOML"),
        ("claims", '"moderate"\ned', '"excellent"\ned', "doms.grade = 'excellent': Input should"),
        ("claims", 'sources = ["E1"]', "sources = []", "a grade needs a source"),
        ("claims", '["E1", "S1"]', '["E1", "E1"]', "doms.sources = ['E1', 'E1']: Value error, na"),
        ("contraindications", '"do not use"', '"never"', "dvt.severity = 'never': Value error"),
        ("contraindications", '["compression"]', '["all", "manual"]', "pad.applies_to"),
        ("contraindications", '["compression"]', '["magic"]', "there is no mechanism with this id"),
        ("contraindications", '["compression"]', "[]", "pad.applies_to"),
        ("contraindications", '"clots and veins"', '"veins"', "dvt.group = 'veins': Value error"),
        ("contraindications", '["dvt"]', '["flu"]', "pad.counts_as = 'flu': there is no contrai"),
        ("contraindications", '"DVT"]', '"thrombosis"]', "dvt.also = ['thrombosis', 'thrombosis']"),
        (
            "contraindications",
            '["thrombosis", "DVT"]',
            '"DVT"',
            "dvt.also = 'DVT': Input should be",
        ),
        ("contraindications", '"DVT"]', f'"{"x" * 61}"]', "dvt.also.1 = "),
        ("contraindications", 'id = "pad"', 'id = "dvt"', "dvt: the same id stands twice"),
        ("red_flags", '"see a doctor today"', '"relax"', "clot-leg.action = 'relax'"),
        ("red_flags", '"clot-leg"', '"dvt"', "dvt: is a contraindication too, and both are anch"),
        ("red_flags", '["swollen leg"]', '[""]', "clot-leg.also.0: String should match"),
        ("red_flags", '["E2"]', '["E3"]', "clot-leg.sources = 'E3': there is no source"),
        ("needs", '["dvt", "pad"]', '["flu"]', "tired-legs.cautions = 'flu': there is no contrai"),
        ("needs", 'do_first_sources = ["E2"]', 'do_first_sources = ["X"]', "do_first_sources"),
        (
            "needs",
            'The trial."\nsources = ["E1"]',
            'The trial."\nsources = ["X"]',
            "typical_use.",
        ),
        (
            "needs",
            'Eased."\nsources = ["E1"]',
            'Eased."\nsources = ["X"]',
            "mechanisms.compression",
        ),
        ("needs", '"manual"', '"compression"', "mechanisms.compression: is ranked twice"),
        ("needs", "[20, 30]", "[40, 50]", "typical_use.minutes_range = [40, 50]: must be a span"),
        ("needs", "minutes_range = [20, 30]\n", "", "typical_use.minutes_range = None: must be"),
        ("needs", '"ask first"', '"why not"', "tired-legs.self_use = 'why not'"),
        ("glossary", '"ems-nmes"', '"ems"', "ems: must be ems-nmes"),
        ("glossary", "sources = []", 'sources = ["E3"]', "ems-nmes.sources = 'E3'"),
        ("questions", '"does-it-help"', '"Does it?"', "Does it?.id"),
        ("studies", '"https://example.org/trial"', '"javascript:alert(1)"', "E1.url"),
        ("studies", '"RCT"', '"hearsay"', "E1.design = 'hearsay'"),
        ("studies", 'doi = "10.', 'doi = "11.', "E1.doi"),
        ("studies", "2026-11-22", '"2026-11-22"', "E1.seen_on"),
        ("studies", '"E2"', '"S1"', "S1.id"),
        ("grades", 'grade = "none"', 'grade = "against"', "against: the same grade stands twice"),
        ("grades", '[[grades]]\ngrade = "none"\nmeaning = "Words."\n', "", "none: has no meaning"),
    ],
)
def test_a_wrong_word_is_a_fault_that_says_where(
    folder: Path, file: str, old: str, new: str, fault: str
) -> None:
    change(folder / "evidence" / f"{file}.toml", old, new)
    assert any(f"evidence/{file}.toml: " in one and fault in one for one in faults_of(folder))


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (b"\xff\xfe", "is not UTF-8 text"),
        (b'[[questions]]\nid = "a\0"', "line 2: holds a NUL character"),
        (b"[[questions", "is not TOML"),
        (b"", "questions: must be a list of tables: [[questions]]"),
        (b"questions = 3", "questions: must be a list of tables"),
        (b"questions = []", "questions: must be a list of tables"),
        (b"questions = [1]", "questions 1"),
        (b"extra = 1\n[[questions]]\n", "extra: is not known here"),
        (b"[[questions]]\nid = 7", "questions 1.id = 7: Input should be a valid string"),
        (b'[[questions]]\nid = "a"\nwho = 1', "a.who = 1: Extra inputs are not permitted"),
        (b'[[questions]]\nid = "a"\nanswer = nan', "nan is not a finite number"),
        (b'[[questions]]\nid = "a"\nanswer = 1e400', "1e400 is not a finite number"),
        (b"[[questions]]\nid = " + b"9" * 5000, "holds a number that cannot be read"),
        (b"[[questions]]\nid = " + b"[" * 5000, "file"),
        (b"a." * 200 + b"b = 1", "nested more than 20 deep"),
        (b"# " + b"x" * 3_000_000, "larger than 2000000 bytes"),
        (b'[[questions]]\nid = "a\\u0007b"', "control character"),
    ],
)
def test_a_hostile_file_is_a_fault_and_not_a_crash(folder: Path, text: bytes, fault: str) -> None:
    put(folder / "evidence" / "questions.toml", text)
    assert any(fault in one and "evidence/questions.toml" in one for one in faults_of(folder))


def test_a_missing_file_is_a_fault(folder: Path) -> None:
    (folder / "evidence" / "claims.toml").unlink()
    assert "evidence/claims.toml: file: cannot be read: No such file or directory" in faults_of(
        folder
    )


def test_a_folder_that_is_empty_misses_every_file(tmp_path: Path) -> None:
    faults = faults_of(tmp_path)
    assert len(faults) == 8
    assert all("cannot be read: No such file" in one for one in faults)


def test_one_bad_line_is_not_blamed_on_what_refers_to_it(folder: Path) -> None:
    change(folder / "evidence" / "claims.toml", 'takeaway = "It takes the edge off."\n', "")
    assert faults_of(folder) == ["evidence/claims.toml: doms.takeaway: Field required"]


def test_a_study_cannot_take_the_id_of_another_source(folder: Path) -> None:
    assert faults_of(folder, dataclasses.replace(KNOWN, sources=frozenset({"S1", "E1"}))) == [
        "evidence/studies.toml: E1: is the id of another source already"
    ]


def test_every_massage_type_needs_its_text(folder: Path) -> None:
    (folder / "types" / "compression.md").rename(folder / "types" / "magic.md")
    assert faults_of(folder) == [
        "types/compression.md: file: is missing: every massage type has its text",
        "types/magic.md: file name = 'magic': is no massage type",
    ]


def test_machines_are_ranked_for_no_need_that_wants_a_clinician_first(folder: Path) -> None:
    text = (folder / "types" / "compression.md").read_text()
    (folder / "best").mkdir()
    for subject in ("compression", "tired-legs"):
        (folder / "best" / f"{subject}.md").write_text(text)

    assert faults_of(folder) == [
        "best/tired-legs.md: file name = 'tired-legs': must be a massage type, or a need with"
        " self_use “reasonable for healthy legs”"
    ]


@pytest.mark.parametrize(
    "reference",
    [
        "claim:x",
        "type:x",
        "need:x",
        "term:x",
        "source:E9",
        "guide:x",
        "guide:compression",
        "massager:x",
        "contraindication:clot-leg",
        "flag:dvt",
    ],
)
def test_a_link_that_leads_nowhere_is_named_with_its_line(folder: Path, reference: str) -> None:
    put(folder / "guides" / "other.md", f"{FRONT}\nSome words.\n\n[words]({reference})\n")
    kind, target = reference.split(":")
    assert faults_of(folder) == [
        f"guides/other.md: line 10 = {target!r}: there is no {kind} with this id"
    ]


def test_links_to_everything_there_is_are_sound(folder: Path) -> None:
    links = (
        "[a](claim:doms) [b](type:compression) [c](need:tired-legs) [d](term:ems-nmes) "
        "[e](source:E1) [f](source:S1) [g](guide:benefits) [h](massager:air-boots) "
        "[i](contraindication:pad) [j](flag:clot-leg) [k](/safety) [l](https://example.org/)"
    )
    put(folder / "guides" / "other.md", f"{FRONT}\n{links}\n")
    assert len(sound(folder).articles) == 3
