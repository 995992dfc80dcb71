"""The suitability check as a reader meets it, and as somebody with bad manners does."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from reviews_app.advise import conditions
from reviews_app.db import db
from reviews_app.web import check
from tests.factories import a_product, a_recall, retired
from tests.pages import Page, checked, visit, words_of

NORMATEC = "hyperice-normatec-3-legs"
OUTCOMES = ("Stop", "Ask a clinician first", "Not assessed", "No conflict listed")


def send(client: FlaskClient, ticked: Iterable[str] = (), path: str = "/check") -> TestResponse:
    return client.post(path, data={"condition": list(ticked), "do": "check"})


def answer(client: FlaskClient, *ticked: str, path: str = "/check") -> Page:
    return checked(send(client, ticked, path), path)


def outcome_of(page: Page, name: str) -> str:
    """The heading of the one group, or the label of the one card, that a name stands in."""
    groups = [
        words_of(one.findall("h3")[0])
        for one in page.all("section")
        if "outcome-group " in one.get("class", "")
        for listed in one.findall("ul/li/p[1]/b")
        if words_of(listed) == name
    ]
    cards = [
        words_of(one.findall("p")[0])
        for one in page.all("article")
        if one.get("class", "").startswith("outcome ") and words_of(one.findall("h3")[0]) == name
    ]
    (found,) = groups + cards
    return found


def ticked_on(page: Page) -> set[str]:
    return {
        one.get("value", "")
        for one in page.all("input")
        if one.get("type") == "checkbox" and "checked" in one.attrib
    }


def shown_on(page: Page) -> set[str]:
    return {one.get("value", "") for one in page.all("input") if one.get("type") == "checkbox"}


def test_the_form_asks_for_urgent_signs_first_then_group_by_group(reader: FlaskClient) -> None:
    page = visit(reader, "/check")
    boxes = [one.get("value") for one in page.all("input") if one.get("type") == "checkbox"]
    legends = [words_of(one) for one in page.all("legend")]

    assert len(boxes) == len(set(boxes)) > 50
    assert boxes[:1] == ["clot-lung"]
    assert legends[:3] == [
        "Call emergency services if you have",
        "See a doctor today if you have",
        "See a doctor if you have",
    ]
    assert legends[3:5] == ["Clots and veins", "Heart, arteries and blood pressure"]
    assert "How to tell" in page.words
    assert "swelling of one leg" in page.words.lower()


def test_every_box_that_can_be_ticked_is_a_known_condition(
    reader: FlaskClient, real_catalogue: Flask
) -> None:
    with real_catalogue.app_context():
        keys = conditions().keys

    page = visit(reader, "/check")

    assert shown_on(page) == keys


def test_a_rule_speaks_of_its_own_kind_of_massage_only(reader: FlaskClient) -> None:
    page = answer(reader, "pacemaker")

    assert outcome_of(page, "Muscle stimulation (EMS)") == "Stop"
    assert outcome_of(page, "Nerve stimulation (TENS)") == "Stop"
    assert outcome_of(page, "Compression") == "Ask a clinician first"
    assert outcome_of(page, "Rolling") == "No conflict listed"
    assert outcome_of(page, "Heat") == "No conflict listed"


def test_every_kind_stands_under_exactly_one_outcome(reader: FlaskClient) -> None:
    page = answer(reader, "heart-failure-severe", "varicose")

    kinds = ("Compression", "Deep tissue", "Kneading", "Shiatsu", "Percussion", "Vibration")
    for kind in (*kinds, "Rolling", "Heat", "Massage by hand", "Manual lymph drainage"):
        assert outcome_of(page, kind) in OUTCOMES


def test_a_reason_says_why_what_for_and_who_says_so(reader: FlaskClient) -> None:
    page = answer(reader, "heat-numb", "varicose")
    reasons = [one for one in page.all("article") if one.get("id", "").startswith("reason-")]

    assert [words_of(one.findall("p")[0]) for one in reasons] == ["Do not use", "Avoid the area"]
    assert "For: Heat" in words_of(reasons[0])
    assert "Burns happen without being felt" in words_of(reasons[0])
    assert "Based on: reports of injuries" in words_of(reasons[0])
    assert "only somebody who sees your leg can say" in words_of(reasons[1])
    for one in reasons:
        assert [link for link in one.iter("a") if link.get("href", "").startswith("/sources/E")]
    assert {"#reason-1", "#reason-2"} <= set(page.links)


def test_what_goes_with_something_ticked_is_said_to_go_with_it(reader: FlaskClient) -> None:
    page = answer(reader, "heart-failure-severe")

    assert outcome_of(page, "Heat") == "Ask a clinician first"
    assert "You did not tick this one. It goes with something you ticked." in page.words


def test_the_stricter_rule_wins_and_both_are_shown(reader: FlaskClient) -> None:
    page = answer(reader, "dvt", "dvt-history")
    stop = next(one for one in page.all("section") if "outcome-group--stop" in one.get("class", ""))

    assert outcome_of(page, "Compression") == "Stop"
    assert "Do not use: Known or possible blood clot" in words_of(stop)
    assert "Ask a clinician first: Blood clot or lung clot in the past" in words_of(stop)


def test_a_massager_carried_along_is_answered_first_with_its_makers_warnings(
    reader: FlaskClient,
) -> None:
    page = answer(reader, "pacemaker-motor", path=f"/check?p={NORMATEC}")

    assert outcome_of(page, "Normatec 3 Legs") == "Ask a clinician first"
    assert page.words.index("Normatec 3 Legs") < page.words.index("Other kinds of massage")
    assert "inflammation, infection, unexplained pain" in page.words
    assert f"/massagers/{NORMATEC}" in page.links


def test_a_type_carried_along_is_answered_first(reader: FlaskClient) -> None:
    page = answer(reader, "pacemaker", path="/check?type=ems")

    assert outcome_of(page, "Muscle stimulation (EMS)") == "Stop"
    assert page.words.index("Muscle stimulation") < page.words.index("Other kinds of massage")


def test_a_massager_nobody_knows_the_working_of_is_not_assessed(
    app: Flask, client: FlaskClient
) -> None:
    with app.app_context():
        a_product("riddle", types=())
        db.session.commit()

    page = answer(client, path="/check?p=riddle")

    assert outcome_of(page, "Riddle") == "Not assessed"
    assert "Please do not take that for a yes." in page.words


def test_nothing_ticked_says_what_that_does_not_mean(reader: FlaskClient) -> None:
    page = answer(reader)

    assert page.heading == "You ticked nothing"
    assert "What it does not mean: that massage will do you no harm." in page.words
    assert outcome_of(page, "Compression") == "No conflict listed"


@pytest.mark.parametrize(
    ("ticked", "heading", "lede"),
    [
        (("clot-leg", "clot-lung"), "Get help first", "Do not massage your legs now."),
        (("restless",), "See a doctor about this first", "a doctor should look at"),
    ],
)
def test_a_sign_that_wants_a_doctor_comes_first_and_nothing_can_be_bought(
    reader: FlaskClient, ticked: tuple[str, ...], heading: str, lede: str
) -> None:
    page = answer(reader, *ticked, "pregnancy", path=f"/check?p={NORMATEC}")
    places = {link.partition("?")[0].partition("#")[0] for link in page.links}

    assert page.heading == heading
    assert lede in page.words
    assert page.words.index("See a doctor") < page.words.index("What you asked about")
    assert {one.rpartition("/")[0] for one in places} <= {"", "/sources"}
    assert places - {one for one in places if one.startswith("/sources/E")} <= {
        "",
        "/",
        "/safety",
        "/check",
    }
    assert all(form.get("action", "").startswith("/check") for form in page.all("form"))
    assert not re.search(r"\bprice|\bshop|\bbuy|\$|€|£", page.response.text, re.IGNORECASE)


def test_the_most_urgent_comes_first(reader: FlaskClient) -> None:
    words = answer(reader, "restless", "clot-leg", "clot-lung").words

    places = [words.index(one) for one in ("Call emergency", "See a doctor today", "An urge to")]
    assert places == sorted(places)


def test_no_answer_calls_anything_safe(reader: FlaskClient, real_catalogue: Flask) -> None:
    with real_catalogue.app_context():
        keys = sorted(conditions().keys)

    for ticked in ([], keys, keys[:1], ["pacemaker"], ["clot-leg"]):
        words = answer(reader, *ticked).words
        assert not re.search(r"\b(un)?safe(ly|r|st)?\b", words, re.IGNORECASE)


def test_words_are_looked_for_without_a_script_and_ticks_are_kept(reader: FlaskClient) -> None:
    sent = {"condition": ["pacemaker"], "find": "Clot", "do": "find"}
    page = checked(reader.post("/check", data=sent), "/check")

    assert {"dvt", "dvt-history", "varicose", "pacemaker"} <= shown_on(page)
    assert "epilepsy" not in shown_on(page)
    assert ticked_on(page) == {"pacemaker"}
    assert page.by_id("find").get("value") == "Clot"


def test_words_found_nowhere_say_so(reader: FlaskClient) -> None:
    page = checked(reader.post("/check", data={"find": "zebra<b>", "do": "find"}), "/check")

    assert "We found nothing for “zebra<b>”. It may be in our list under another name" in page.words


@pytest.mark.parametrize("path", ["/check", "/finder/check"])
def test_where_nothing_is_found_the_whole_list_is_shown(reader: FlaskClient, path: str) -> None:
    sent = {"condition": ["pacemaker", "clot-leg"], "find": "quokka", "do": "find"}
    page = checked(reader.post(path, data=sent), path)

    assert shown_on(page) == shown_on(visit(reader, "/check"))
    assert ticked_on(page) == {"pacemaker", "clot-leg"}
    assert "What you ticked before is kept." in page.words
    assert "#group-1" in page.links


@pytest.mark.parametrize("path", ["/check", "/finder/check"])
def test_what_is_ticked_stays_through_one_search_after_another(
    reader: FlaskClient, path: str
) -> None:
    ticked = {"pacemaker"}
    for words, found in (("diabetic", "diabetes-feet"), ("quokka", "dvt"), ("gout", "dvt-history")):
        ticked.add(found)
        sent = {"condition": sorted(ticked), "find": words, "do": "find"}
        page = checked(reader.post(path, data=sent), path)
        assert ticked_on(page) == ticked <= shown_on(page)


def test_words_that_only_find_are_shown_nowhere(reader: FlaskClient) -> None:
    page = checked(reader.post("/check", data={"find": "eliquis", "do": "find"}), "/check")

    assert shown_on(page) == {"bleeding"}
    for text in (
        page.response.text.replace("eliquis", ""),
        *(reader.get(path).text for path in ("/check", "/safety", "/api/v1/types/percussion")),
    ):
        assert not re.search("eliquis|xarelto|coumadin", text, re.IGNORECASE)


def test_what_was_ticked_can_be_changed(reader: FlaskClient) -> None:
    sent = {"condition": ["dvt", "clot-leg"], "do": "change"}

    assert ticked_on(checked(reader.post("/check", data=sent), "/check")) == {"dvt", "clot-leg"}


def test_an_unknown_answer_is_refused_and_the_others_are_kept(reader: FlaskClient) -> None:
    page = checked(send(reader, ["dvt", "hiccups"]), "/check", status=422)

    assert "One answer is not on our list" in page.words
    assert "hiccups" not in page.response.text
    assert ticked_on(page) == {"dvt"}


def test_the_address_carries_massagers_and_types_and_nothing_else(reader: FlaskClient) -> None:
    asked = f"/check?type=ems&dvt=1&condition=dvt&find=clot&p={NORMATEC}&p={NORMATEC}"
    response = reader.get(asked)

    assert response.status_code == 301
    assert response.headers["Location"] == f"/check?p={NORMATEC}&type=ems"
    assert response.headers["Cache-Control"] == "no-store"
    page = visit(reader, response.headers["Location"])
    forms = [one.get("action") for one in page.all("form") if one.get("method") == "post"]
    assert forms == [f"/check?p={NORMATEC}&type=ems"]


@pytest.mark.parametrize("what", ["p=nothing", "type=tickling", "p=dvt%00"])
def test_what_cannot_be_carried_is_named_and_the_check_goes_on(
    reader: FlaskClient, what: str
) -> None:
    if "%00" in what:
        assert reader.get(f"/check?{what}").status_code == 400
        return
    page = visit(reader, f"/check?{what}", status=404)

    assert "We know no" in page.words
    assert page.all("fieldset")
    sent = checked(send(reader, ["dvt"], f"/check?{what}"), "/check", status=404)
    assert outcome_of(sent, "Compression") == "Stop"


def test_a_retired_massager_is_said_to_have_left(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        a_product("old-boots", retired_at=retired())
        db.session.commit()

    assert "Old Boots has left" in visit(client, "/check?p=old-boots", status=404).words


def test_six_massagers_are_one_too_many(reader: FlaskClient) -> None:
    listing = reader.get("/api/v1/massagers").get_json()["products"]
    path = "/check?" + "&".join(f"p={one['slug']}" for one in listing[:6])

    page = visit(reader, path, status=400)

    assert "Up to 5 massagers" in page.words
    assert page.by_id("find") is not None


BOUNDARY = {"Content-Type": "multipart/form-data; boundary=x"}
URLENCODED = {"Content-Type": "application/x-www-form-urlencoded"}
ONE_TICK = b'--x\r\nContent-Disposition: form-data; name="condition"\r\n\r\ndvt\r\n'


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"", URLENCODED, 400),
        (b"", {}, 415),
        (b"{}", {"Content-Type": "application/json"}, 415),
        (b'{"condition": ["dvt"]}', {"Content-Type": "application/json"}, 415),
        (b"condition=dvt", {"Content-Type": "text/plain"}, 415),
        (b"condition=dvt", {"Content-Type": "\xff/;"}, 415),
        (b"condition=%00&do=check", URLENCODED, 422),
        (b"condition=dvt%00&do=check", URLENCODED, 422),
        (b"condition=%ff%fe&do=check", URLENCODED, 422),
        (b"condition=\xff\xfe&do=check", URLENCODED, 400),
        (b"condition=dvt&" * 501 + b"do=check", URLENCODED, 422),
        (b"condition=dvt&" * 10_000, URLENCODED, 413),
        (b"x=" + b"y" * 70_000, URLENCODED, 413),
        (b"do=find&find=" + b"y" * 200, URLENCODED, 422),
        (b"&&&===%%%", URLENCODED, 400),
        (ONE_TICK, BOUNDARY, 400),
        (ONE_TICK * 2000 + b"--x--\r\n", BOUNDARY, 413),
        (ONE_TICK + b"--x--\r\n", BOUNDARY, 200),
        (ONE_TICK, {"Content-Type": "multipart/form-data"}, 400),
        (b"--x\r\n\r\n\r\n", BOUNDARY, 400),
        (b"\0" * 1000, BOUNDARY, 400),
    ],
)
def test_bad_bodies_are_answered_in_words(
    reader: FlaskClient, body: bytes, headers: dict[str, str], status: int
) -> None:
    response = reader.post("/check", data=body, headers=headers)

    page = checked(response, "/check", status=status)
    assert_kept_nowhere(response)
    assert "You ticked nothing" not in page.words


class Broken:
    """A body that breaks off while it is read."""

    def read(self, *_size: int) -> bytes:
        raise RuntimeError("varicose")

    readline = readinto = read


def test_a_body_that_breaks_off_is_not_taken_for_an_empty_one(reader: FlaskClient) -> None:
    broken = {"wsgi.input": Broken(), "wsgi.input_terminated": True}
    response = reader.post("/check", headers=URLENCODED, environ_overrides=broken)

    assert "did not arrive whole" in checked(response, "/check", status=400).words


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"])
def test_other_methods_keep_nothing_either(reader: FlaskClient, method: str) -> None:
    assert_kept_nowhere(reader.open("/check", method=method))


@pytest.mark.parametrize(
    "path", ["/check", f"/check?p={NORMATEC}", "/check?p=x", "/check?dvt=1", "/check/", "/check/x"]
)
def test_no_answer_is_kept_or_told_on(reader: FlaskClient, path: str) -> None:
    assert_kept_nowhere(reader.get(path))
    assert_kept_nowhere(send(reader, ["dvt"], path))
    assert_kept_nowhere(send(reader, ["nonsense"], path))


def assert_kept_nowhere(response: TestResponse) -> None:
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    for name in ("Set-Cookie", "ETag", "Last-Modified"):
        assert name not in response.headers


def test_an_error_of_ours_is_logged_without_what_was_ticked(
    reader: FlaskClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(answers: object, *_: object) -> None:
        raise KeyError(*answers)  # type: ignore[misc]

    monkeypatch.setattr(check, "advise", broken)
    with caplog.at_level(logging.DEBUG):
        response = send(reader, ["varicose"])

    assert response.status_code == 500
    assert "A check could not be answered: KeyError in" in caplog.text
    assert "varicose" not in caplog.text
    assert all(record.exc_info is None for record in caplog.records)
    assert "varicose" not in response.text
    assert_kept_nowhere(response)


def test_no_address_on_an_answer_says_what_was_ticked(
    reader: FlaskClient, real_catalogue: Flask
) -> None:
    with real_catalogue.app_context():
        keys = conditions().keys
    flags = {"clot-leg", "clot-lung", "cold-leg"}

    for ticked in (keys - flags, keys):
        for link in answer(reader, *ticked, path="/check?type=ems").links:
            assert not any(key in link for key in keys), link


@pytest.mark.parametrize(
    ("path", "link"),
    [
        ("/safety", "/check"),
        ("/types/ems", "/check?type=ems"),
        (f"/massagers/{NORMATEC}", f"/check?p={NORMATEC}"),
        ("/", "/check"),
    ],
)
def test_the_check_is_one_step_away(reader: FlaskClient, path: str, link: str) -> None:
    assert link in visit(reader, path).links


def test_a_machine_asks_whether_to_use_it_before_it_says_what_it_cost(reader: FlaskClient) -> None:
    words = visit(reader, f"/massagers/{NORMATEC}").words

    assert words.index("Should I use this at all?") < words.index("Prices seen")


def test_a_recalled_massager_is_said_to_be(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        a_recall(a_product("warm-boots"))
        db.session.commit()

    card = words_of(answer(client, path="/check?p=warm-boots").all("article")[0])

    assert "Some of these machines are recalled. The battery can catch fire" in card
    assert "Look for: Date codes 2501 to 2512" in card
