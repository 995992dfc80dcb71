"""Finding a word in the list of the check: what is looked for must not be missing."""

from __future__ import annotations

import pytest
from flask import Flask
from hypothesis import assume, given
from hypothesis import strategies as st

from reviews_app.advise import Conditions, conditions
from reviews_app.advise.looking_up import FILLER, entries_with
from reviews_app.browse.words import How, how_met, words_of

Labels = dict[str, frozenset[str]]


@pytest.fixture(scope="module")
def listed(real_catalogue: Flask) -> Conditions:
    """All there is to tick."""
    with real_catalogue.app_context():
        return conditions()


@pytest.fixture(scope="module")
def labels(listed: Conditions) -> Labels:
    """The words of four letters or more that a reader sees of each entry."""
    seen = {one.flag.id: one.flag.sign for one in listed.flags}
    for rule in listed.rules:
        one = rule.contraindication
        seen[one.id] = " ".join([one.name, *one.signs])
    return {
        key: frozenset(word for word in words_of(text) if len(word) >= 4)
        for key, text in seen.items()
    }


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("thrombosis", "dvt dvt-history clot-leg clot-lung"),
        ("DVT.", "dvt dvt-history"),
        ("D.V.T.", "dvt dvt-history"),
        ("blood clot", "dvt dvt-history clot-leg clot-lung"),
        ("lung embolism", "dvt-history clot-lung"),
        ("phlebitis", "phlebitis"),
        ("flebitis", "phlebitis"),
        ("vericose", "varicose"),
        ("spider veins", "varicose"),
        ("diabetis", "diabetes-feet"),
        ("diabetic", "diabetes-feet nonhealing"),
        ("I have diabetes", "diabetes-feet"),
        ("high blood pressure and diabetes", "high-bp diabetes-feet"),
        ("hypertension", "high-bp"),
        ("heart faliure", "heart-failure heart-failure-severe"),
        ("heart disease", "heart-failure unstable-heart"),
        ("heart failure, eczema", "heart-failure fragile-skin"),
        ("AFib", "unstable-heart"),
        ("anticoagulant", "bleeding"),
        ("eliquis", "bleeding"),
        ("I take warferin", "bleeding"),
        ("blood-thinners", "bleeding"),
        ("bloodthinner", "bleeding"),
        ("eczema", "fragile-skin"),
        ("ICD", "pacemaker pacemaker-motor"),
        ("pace-maker", "pacemaker pacemaker-motor"),
        ("Pace Maker", "pacemaker pacemaker-motor"),
        ("knee replacement", "recent-surgery"),
        ("my artificial knee", "recent-surgery"),
        ("bad knees", "bony-nerve-areas arthritis-flare"),
        ("lymphedema", "lymphedema"),
        ("lymph oedema", "lymphedema"),
        ("oedema", "lymphedema swelling-lasting heart-failure"),
        ("numb toes", "neuropathy diabetes-feet heat-numb"),
        ("polyneuropathy", "neuropathy"),
        ("had a stroke", "neuropathy"),
        ("poor circulation", "pad critical-ischaemia"),
        ("PAD", "pad critical-ischaemia"),
        ("leg pain when walking", "pad claudication"),
        ("leg ulcer", "open-wound critical-ischaemia nonhealing"),
        ("slipped disk", "disc-spine"),
        ("osteoarthritis", "arthritis-flare"),
        ("brittle bones", "osteoporosis"),
        ("pregnent", "pregnancy"),
        ("kidney failure", "kidney-liver"),
        ("breast cancer", "cancer"),
        ("Alzheimer's", "cannot-communicate"),
        ("sleeping pills", "asleep-sedated"),
        ("long flight", "clot-risk"),
        ("cramps at night", "cramp-frequent cramp-long"),
        ("swollen legs", "swelling-lasting heart-swelling unexplained"),
    ],
)
def test_what_readers_write_finds_what_they_mean(
    listed: Conditions, words: str, wanted: str
) -> None:
    assert set(wanted.split()) <= listed.matching(words).keys


@pytest.mark.parametrize(
    "words", ["thrombosis", "eliquis", "knee replacement", "heart failure", "ICD", "blood clot"]
)
def test_what_has_its_own_name_brings_few_others(listed: Conditions, words: str) -> None:
    assert len(listed.matching(words).keys) < len(listed.keys) / 6


@pytest.mark.parametrize("words", ["quokka", "zebra", "???", "migraine"])
def test_what_is_not_there_is_not_found(listed: Conditions, words: str) -> None:
    assert listed.matching(words).keys == set()


def test_every_word_of_a_label_finds_its_entry(listed: Conditions, labels: Labels) -> None:
    missed = [
        (key, word)
        for key, words in labels.items()
        for word in words
        if key not in listed.matching(word).keys
    ]

    assert len(labels) == len(listed.keys)
    assert missed == []


def test_every_other_word_of_an_entry_finds_it(listed: Conditions) -> None:
    also = {one.flag.id: one.flag.also for one in listed.flags} | {
        one.contraindication.id: one.contraindication.also for one in listed.rules
    }

    assert all(also.values())
    missed = [
        (key, words)
        for key, names in also.items()
        for words in names
        if key not in listed.matching(words).keys
    ]
    assert missed == []


@given(data=st.data())
def test_a_typo_in_a_word_of_a_label_finds_its_entry_still(
    listed: Conditions, labels: Labels, data: st.DataObject
) -> None:
    key = data.draw(st.sampled_from(sorted(labels)))
    word = data.draw(st.sampled_from(sorted(labels[key])))
    typed = data.draw(typos_of(word))
    known = frozenset[str]().union(*map(words_of, listed.texts.values()))
    assume(len(typed) >= 4 and typed not in FILLER)
    assume(not any(how_met(typed, one) in {How.EXACT, How.STEM} for one in known))

    assert key in listed.matching(typed).keys


@given(data=st.data())
def test_everyday_words_beside_a_word_hide_nothing(
    listed: Conditions, labels: Labels, data: st.DataObject
) -> None:
    key = data.draw(st.sampled_from(sorted(labels)))
    word = data.draw(st.sampled_from(sorted(labels[key] - FILLER)))
    beside = data.draw(st.lists(st.sampled_from([*sorted(FILLER), "I", "a", "quokka"])))

    assert listed.matching(" ".join([*beside, word])).keys == listed.matching(word).keys


def test_a_common_word_gives_way_to_those_who_meet_more() -> None:
    texts = {f"leg-{n}": "sore leg" for n in range(9)} | {"cold": "a cold blue leg"}

    assert entries_with("leg", texts) == set(texts)
    assert entries_with("cold leg", texts) == {"cold"}
    assert entries_with("sore cold leg", texts) == set(texts)
    assert entries_with("of the", texts) == set()


@st.composite
def typos_of(draw: st.DrawFn, word: str) -> str:
    """The word with a letter more, less or other, or with two neighbours exchanged."""
    at = draw(st.integers(0, len(word) - 2))
    letter = draw(st.sampled_from("abcdefghijklmnopqrstuvwxyz"))
    changed = (
        word[:at] + letter + word[at:],
        word[:at] + word[at + 1 :],
        word[:at] + letter + word[at + 1 :],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    )
    return draw(st.sampled_from(changed))
