"""The finder on the real catalogue, as a reader meets it and as somebody with bad manners does."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from reviews_app import browse
from reviews_app.advise import conditions
from reviews_app.browse import Vocabulary
from tests.listings import CARD
from tests.pages import Page, checked, tag_of, visit, words_of

PAGE_BUDGET_BYTES = 150_000

PREFERENCES = (
    "audience=consumer&status=no-notice",
    "need=tired-legs&audience=consumer&status=no-notice",
    "area=calf&area=foot&need=tired-legs&audience=consumer&status=no-notice&heat=unknown&heat=yes"
    "&calf=48cm&calf_unknown=include",
    "type=percussion&audience=consumer&status=no-notice&cordless=yes&price_max=200&price_unknown=include&sort=price",
    "audience=consumer&status=no-notice&heat=no&sort=name",
    "audience=consumer&status=no-notice&q=boots",
    "audience=consumer&status=no-notice&page=2",
)


def step(client: FlaskClient, *ticked: str, do: str = "check", query: str = "") -> TestResponse:
    """The answer to the last step."""
    path = (
        f"/finder/check?{query or 'need=tired-legs&area=calf&audience=consumer&status=no-notice'}"
    )
    return client.post(path, data={"condition": list(ticked), "do": do})


def addresses(page: Page) -> Iterator[str]:
    """Every address in a page: links, forms, and what else names one."""
    for element in page.document.iter():
        for name in ("href", "action", "formaction", "src"):
            if element.get(name):
                yield element.get(name, "")


def test_seven_questions_one_after_the_other(reader: FlaskClient) -> None:
    page = visit(reader, "/finder")
    legends = [words_of(one) for one in page.all("main")[0].iter() if tag_of(one) == "legend"]
    steps = [link for link in page.links if link.startswith("#question-")]

    assert [one[0] for one in legends[:7]] == ["1", "2", "3", "4", "5", "6", "7"]
    assert len(legends) == 8
    assert not legends[7][0].isdigit()
    assert steps == [f"#question-{n}" for n in (*range(1, 8), *range(2, 8))]
    assert page.words.index("should you use one at all?") < page.words.index("What do you want")
    assert page.all("form")[-1].get("method") == "get"


def test_an_empty_form_brings_every_machine_for_use_at_home(reader: FlaskClient) -> None:
    sent = reader.get(
        "/finder?audience=consumer&status=no-notice&calf=&price_max=&unstated=include"
    )
    page = visit(reader, "/finder?audience=consumer&status=no-notice")

    assert sent.status_code == 301
    assert sent.location == "/finder?audience=consumer&status=no-notice"
    assert re.search(r"(\d+) massagers of \1 for use at home", page.words)
    assert "Why not the others?" not in page.words


@pytest.mark.parametrize("query", PREFERENCES)
def test_the_same_machines_in_the_same_order_as_the_list(reader: FlaskClient, query: str) -> None:
    finder = visit(reader, f"/finder?{query}")
    listing = reader.get(f"/massagers?{query}")
    found = CARD.findall(finder.response.text)

    assert found
    assert found == CARD.findall(listing.text)
    without_page = query.replace("&page=2", "")
    assert f"/massagers?{without_page}" in finder.links
    assert len(finder.response.data) < PAGE_BUDGET_BYTES


def test_every_machine_is_found_or_named(reader: FlaskClient) -> None:
    page = visit(reader, f"/finder?{PREFERENCES[3]}")
    text = page.response.text
    total, everyone = re.findall(r"(\d+) massagers? of (\d+) for use at home", page.words)[0]
    named = text.split('id="why-not"')[1].split('id="answers"')[0]
    links = re.findall(r'<li><a href="/massagers/([\w-]+)">', named)
    counts = [int(n) for n in re.findall(r"<b>(\d+)</b> left out", named)]

    assert len(links) == len(set(links)) == sum(counts) == int(everyone) - int(total)


def test_a_machine_says_what_it_meets_and_what_nobody_states(reader: FlaskClient) -> None:
    page = visit(reader, f"/finder?{PREFERENCES[2]}")
    first = next(one for one in page.all("li") if one.get("class") == "match")
    lines = {
        words_of(line.findall("dt")[0]): words_of(line.findall("dd")[0])
        for dl in [
            one for one in first.iter() if one.tag == "dl" and one.get("class") == "reasons-list"
        ]
        for line in dl
    }

    assert "Part of the leg: Foot" in lines["Meets"]
    assert lines["Nobody has stated"].startswith("Calf size: whether it takes 48 cm")
    assert lines["Evidence"] == "Limited evidence for compression"
    assert re.fullmatch(r"Its score is \d\.\d of 10", lines["Why number 1"])


def test_only_machines_that_state_it(reader: FlaskClient) -> None:
    page = visit(reader, f"/finder?{PREFERENCES[2]}")
    asked = "area=calf&area=foot&need=tired-legs&audience=consumer&status=no-notice"
    stating = f"/finder?{asked}&heat=yes&calf=48cm"

    assert stating in page.links
    strict = visit(reader, stating)
    assert f"/finder?{PREFERENCES[2]}" in strict.links
    assert "Nobody has stated" not in strict.words


@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        ("heat=yes&unstated=include", "audience=consumer&status=no-notice&heat=unknown&heat=yes"),
        ("heat=yes&unstated=exclude", "audience=consumer&status=no-notice&heat=yes"),
        (
            "calf=48cm&price_max=100&unstated=include",
            "audience=consumer&status=no-notice&price_max=100&price_unknown=include&calf=48cm&calf_unknown=include",
        ),
        ("heat=unknown&heat=yes&unstated=exclude", "audience=consumer&status=no-notice&heat=yes"),
        ("heat=unknown&unstated=exclude", "audience=consumer&status=no-notice&heat=unknown"),
        ("need=doms", "need=doms&audience=consumer&status=no-notice"),
        (
            "audience=consumer&status=no-notice&need=doms",
            "need=doms&audience=consumer&status=no-notice",
        ),
        (
            "need=doms&page=1&sort=score&currency=USD",
            "need=doms&audience=consumer&status=no-notice",
        ),
        ("page=2", "audience=consumer&status=no-notice&page=2"),
    ],
)
@pytest.mark.parametrize("path", ["/finder", "/finder/check"])
def test_every_other_spelling_is_sent_to_the_one_address(
    reader: FlaskClient, path: str, query: str, canonical: str
) -> None:
    response = reader.get(f"{path}?{query}")

    assert (response.status_code, response.location) == (301, f"{path}?{canonical}")
    assert reader.get(response.location).status_code == 200


def test_an_address_that_says_nothing_is_that_of_the_questions(reader: FlaskClient) -> None:
    assert reader.get("/finder?need=&x=").location == "/finder"


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("calf=48", 400, "Calf: “48”: say in which unit: 48cm or 19in."),
        ("price_max=cheap", 400, "not a number"),
        ("need=flying", 404, "“flying” is not one of the choices"),
        ("audience=supervised", 404, "no machines “On prescription or under care”"),
        ("heat=yes&unstated=perhaps", 404, "can only be let in or left out"),
        ("q=" + "a" * 201, 400, "200 characters"),
        ("&".join(f"form={n}" for n in range(11)), 400, "10"),
    ],
)
def test_wrong_input_is_answered_in_words_with_what_was_typed(
    reader: FlaskClient, query: str, status: int, words: str
) -> None:
    page = visit(reader, f"/finder?area=foot&thigh=60cm&{query}", status=status)
    fields = {one.get("name"): one for one in page.all("input")}

    assert words in page.words
    assert fields["thigh"].get("value") == "60"
    assert re.search(r'name="thigh_unit"[^>]*><option selected>cm<', page.response.text)
    assert any(
        link.startswith("/finder?area=foot&audience=consumer&status=no-notice")
        for link in page.links
    )
    assert CARD.search(page.response.text) is None
    if "calf=48" in query:
        assert fields["calf"].get("value") == "48"


def test_a_page_past_the_end_is_answered_in_words(reader: FlaskClient) -> None:
    page = visit(reader, "/finder?area=foot&audience=consumer&status=no-notice&page=99", status=404)

    assert "There is no page 99" in page.words
    assert "/finder?area=foot&audience=consumer&status=no-notice" in page.links


def test_what_the_list_chose_is_carried_along(reader: FlaskClient) -> None:
    page = visit(
        reader,
        "/finder?brand=hyperice&audience=consumer&status=no-notice&weight_kg_max=5&sort=name",
    )
    carried = {(one.get("name"), one.get("value")) for one in page.all("input")}

    assert {("brand", "hyperice"), ("weight_kg_max", "5"), ("sort", "name")} <= carried
    assert ("audience", "consumer") in carried


def test_the_form_shows_the_answers(reader: FlaskClient) -> None:
    page = visit(reader, f"/finder?{PREFERENCES[2]}")
    ticked = {
        (one.get("name"), one.get("value")) for one in page.all("input") if "checked" in one.attrib
    } - {("measures", "both"), ("pressure", "both")}

    assert ticked == {
        ("area", "calf"),
        ("area", "foot"),
        ("need", "tired-legs"),
        ("heat", "yes"),
        ("unstated", "include"),
    }
    drawn = [one.get("class", "").split() for one in page.all("svg")]
    assert ["at-calf", "at-foot"] in [sorted(set(one) - {"leg", "leg--views"}) for one in drawn]


def test_a_need_that_no_machine_helps_with_says_so_before_any_machine(reader: FlaskClient) -> None:
    alone = visit(reader, "/finder?need=travel&audience=consumer&status=no-notice", status=404)
    beside = visit(reader, "/finder?need=tired-legs&need=travel&audience=consumer&status=no-notice")

    for page in (alone, beside):
        warned = page.words.index("No kind of machine is known to help with this")
        assert page.words.index("should you use one at all?") < warned
        assert warned < page.words.index("for use at home")
        assert "Do this first: Walk and flex your ankles" in page.words


def test_hands_are_no_machine(reader: FlaskClient) -> None:
    page = visit(reader, "/finder?need=cramps&audience=consumer&status=no-notice", status=404)

    assert "No kind of machine is known to help with this" in page.words
    assert "some evidence for massage by hand. A machine is not the same." in page.words


def test_nothing_left_offers_the_smallest_way_back(reader: FlaskClient) -> None:
    page = visit(
        reader,
        "/finder?type=tens&audience=consumer&status=no-notice&power_source=manual&calf=48cm",
        status=404,
    )
    offered = re.findall(
        r'<li><a href="([^"]+)">(Without[^<]+|Let in[^<]+)</a>: (\d+) machine', page.response.text
    )

    assert offered
    for href, _, machines in offered:
        again = visit(reader, href.replace("&amp;", "&"))
        assert f"{machines} massager" in again.words


def test_a_page_of_the_finder_is_not_for_search_engines(reader: FlaskClient) -> None:
    assert 'name="robots"' not in reader.get("/finder").text
    assert 'content="noindex"' in reader.get("/finder?audience=consumer&status=no-notice").text
    assert (
        'content="noindex"' in reader.get("/finder/check?audience=consumer&status=no-notice").text
    )


def test_preferences_may_be_kept_for_a_minute_and_health_never(reader: FlaskClient) -> None:
    assert reader.get("/finder").headers["Cache-Control"].startswith("public")
    assert (
        reader.get("/finder?audience=consumer&status=no-notice")
        .headers["Cache-Control"]
        .startswith("public")
    )
    answers = [
        reader.get("/finder/check?audience=consumer&status=no-notice"),
        reader.get("/finder/check"),
        reader.get("/finder/check?calf=x"),
        step(reader),
        step(reader, "pacemaker"),
        step(reader, "clot-leg"),
        step(reader, "nonsense"),
        reader.post("/finder/check?calf=x", data={"condition": "dvt", "do": "check"}),
        reader.post("/finder/check?audience=consumer&status=no-notice", data=b"x" * 70_000),
        reader.put("/finder/check"),
    ]
    for answer in answers:
        assert answer.headers["Cache-Control"] == "no-store", answer.status
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "Set-Cookie" not in answer.headers
        assert "ETag" not in answer.headers


def test_each_machine_has_one_outcome_and_what_stops_has_no_link(reader: FlaskClient) -> None:
    query = "audience=consumer&status=no-notice&type=ems&type=compression"
    page = checked(step(reader, "pacemaker", query=query), "/finder/check")
    stopped, rest = (
        re.findall(r"<h2 [^>]*>Stop: (\d+) massager", page.response.text),
        CARD.findall(page.response.text),
    )
    on_page = CARD.findall(
        reader.get("/massagers?type=compression&type=ems&audience=consumer&status=no-notice").text
    )

    assert stopped
    assert int(stopped[0]) + len(rest) == len(on_page)
    part = page.response.text.split(">Stop: ")[1].split("</section>")[0]
    assert "/massagers/" not in part
    assert "safe" not in page.words.lower().replace("safety", "")


def test_a_red_flag_leaves_no_machine_and_no_way_to_one(
    reader: FlaskClient, real_catalogue: Flask
) -> None:
    with real_catalogue.app_context():
        flags = [one.flag.id for one in conditions().flags]

    for flag in flags:
        page = checked(step(reader, flag, "pacemaker"), "/finder/check")
        assert CARD.search(page.response.text) is None
        assert not [one for one in addresses(page) if one.startswith("/massagers")], flag


def test_no_answer_on_health_is_in_an_address(reader: FlaskClient, real_catalogue: Flask) -> None:
    with real_catalogue.app_context():
        keys = conditions().keys
    for ticked in (("pacemaker", "dvt"), ("clot-leg", "pregnancy"), ()):
        for do in ("check", "change", "find"):
            page = checked(step(reader, *ticked, do=do), "/finder/check")
            for address in addresses(page):
                assert not set(re.split(r"[^\w-]", address)) & (keys & set(ticked)), address


def test_a_broken_form_is_not_taken_for_a_clean_bill(reader: FlaskClient) -> None:
    broken = reader.post("/finder/check?audience=consumer&status=no-notice", data={"x": "y"})
    wrong = step(reader, "nonsense", "dvt")

    assert broken.status_code == 400
    assert wrong.status_code == 422
    assert CARD.search(broken.text) is None
    assert "nonsense" not in wrong.text
    assert 'value="dvt" checked' in wrong.text
    assert reader.post("/finder/check", json={}).status_code == 415


def test_the_pages_of_the_last_step_hold_the_machines_of_the_list(reader: FlaskClient) -> None:
    query = "need=tired-legs&audience=consumer&status=no-notice"
    seen: list[str] = []
    for page in (1, 2):
        answer = step(reader, query=f"{query}&page={page}")
        assert answer.status_code == 200
        seen += CARD.findall(answer.text)
        assert len(answer.data) < PAGE_BUDGET_BYTES
    listed = [
        slug
        for n in ("", "&page=2")
        for slug in CARD.findall(reader.get(f"/massagers?{query}{n}").text)
    ]
    assert seen == listed


def test_the_form_is_the_same_on_every_page(reader: FlaskClient) -> None:
    for query in (
        "audience=consumer&status=no-notice",
        "audience=consumer&status=no-notice&page=2",
    ):
        page = visit(reader, f"/finder?{query}")
        chosen = [
            one.get("value")
            for one in page.all("input")
            if one.get("name") == "unstated" and "checked" in one.attrib
        ]
        assert chosen == ["include"]


def test_the_finder_is_reached_from_home_needs_and_everywhere(reader: FlaskClient) -> None:
    assert visit(reader, "/").links.count("/finder") == 2
    assert (
        "/finder?need=doms&audience=consumer&status=no-notice" in visit(reader, "/needs/doms").links
    )
    assert "/finder" in visit(reader, "/glossary").links


@pytest.mark.parametrize("seed", range(8))
def test_random_requests_are_answered(
    reader: FlaskClient, real_catalogue: Flask, seed: int
) -> None:
    check_random(reader, real_catalogue, seed, 5)


@pytest.mark.slow
def test_a_thousand_random_requests_are_answered(
    reader: FlaskClient, real_catalogue: Flask
) -> None:
    check_random(reader, real_catalogue, 1_000, 1_000)


def check_random(reader: FlaskClient, site: Flask, seed: int, requests: int) -> None:
    """No request breaks the site or weighs too much, and what is found is what the list finds."""
    with site.app_context():
        vocabulary = browse.vocabulary()
        keys = sorted(conditions().keys)
    chance = random.Random(seed)  # noqa: S311 - the same requests every time
    for _ in range(requests):
        query = urlencode(list(preferences(vocabulary, chance)))
        response = reader.get(f"/finder?{query}", follow_redirects=True)
        assert response.status_code in {200, 400, 404}, query
        assert len(response.data) < PAGE_BUDGET_BYTES, query
        asked = response.request.query_string.decode()
        if response.status_code == 200 and asked:
            assert CARD.findall(response.text) == CARD.findall(
                reader.get(f"/massagers?{asked}").text
            )
        ticked = {"condition": chance.sample(keys, chance.randint(0, 3)), "do": "check"}
        answer = reader.post(f"/finder/check?{query}", data=ticked)
        assert answer.status_code in {200, 400, 404}, query
        assert len(answer.data) < PAGE_BUDGET_BYTES, query


def preferences(vocabulary: Vocabulary, chance: random.Random) -> Iterator[tuple[str, str]]:
    """A few answers, mostly as the form would send them, now and then as nobody should."""
    facets = sorted(set(vocabulary.facet) - {"audience"})
    for name in chance.sample(facets, chance.randint(0, 3)):
        values = sorted(vocabulary.facet[name].labels)
        for value in chance.sample(values, min(len(values), chance.randint(1, 3))):
            yield name, value
    for name in chance.sample(sorted(vocabulary.range), chance.randint(0, 2)):
        yield f"{name}_{chance.choice(['min', 'max'])}", chance.choice(["1", "50", "200.5", "x"])
    for name in chance.sample(sorted(vocabulary.fit), chance.randint(0, 1)):
        yield name, chance.choice(["48cm", "19in", "30 cm", "48"])
    yield "unstated", chance.choice(["", "include", "include", "exclude", "maybe"])
    odd = ["audience", "page", "sort", "q", *[""] * 20]
    yield chance.choice(odd), chance.choice(["2", "price", "\ufffd", "calf"])


@pytest.mark.parametrize("part", ["adjust", "ease", "open", "evidence"])
@pytest.mark.parametrize("kind", ["percussion", "vibration", "compression"])
def test_own_weights_may_leave_a_machine_without_a_score(
    reader: FlaskClient, kind: str, part: str
) -> None:
    others = {"adjust", "ease", "open", "evidence"} - {part}
    weights = "".join(f"&w.{one}=0" for one in sorted(others))

    answer = reader.get(f"/finder?type={kind}&w.{part}=1{weights}", follow_redirects=True)

    assert answer.status_code == 200
