"""A page as a visitor gets it: every visit checks what every page of the site must keep."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

import html5lib
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

LOADS = {"src", "srcset", "poster", "data"}
REFERRER_POLICIES = {"strict-origin-when-cross-origin", "no-referrer"}
NEEDS_NO_LABEL = {"hidden", "submit", "button", "reset", "image"}


@dataclass(frozen=True)
class Page:
    """An answer with its document; elements are found by plain tag names."""

    response: TestResponse
    document: Element

    @property
    def heading(self) -> str:
        """The words of its one h1."""
        return words_of(self.all("h1")[0])

    @property
    def words(self) -> str:
        """All that a reader can read below the header, spaces tidied."""
        return words_of(self.all("main")[0])

    @property
    def links(self) -> list[str]:
        """Where its links lead, in order."""
        return [link.get("href", "") for link in self.all("a")]

    def all(self, tag: str) -> list[Element]:
        """Every element with that tag, in order."""
        return [one for one in self.document.iter() if tag_of(one) == tag]

    def by_id(self, id_: str) -> Element:
        """The element with that id."""
        return next(one for one in self.document.iter() if one.get("id") == id_)


def visit(client: FlaskClient, path: str, *, status: int = 200, personal: bool = False) -> Page:
    """The page at `path`, after every check that holds for all pages; `personal` if it is one."""
    return checked(client.get(path), path, status=status, personal=personal)


def checked(
    response: TestResponse, path: str, *, status: int = 200, personal: bool = False
) -> Page:
    """The page in an answer to any method, after the same checks."""
    assert response.status_code == status, f"{path}: {response.status_code}"
    page = Page(response, _parsed(response.text))
    check_headers(response, personal=personal)
    _check_document(page)
    for field in (*page.all("input"), *page.all("select"), *page.all("textarea")):
        assert _is_labelled(page, field), f"{path}: a field without a label: {field.attrib}"
    for element in page.document.iter():
        _check_loads_nothing_foreign(element)
    return page


def check_headers(response: TestResponse, *, personal: bool = False) -> None:
    """What every answer carries, whatever it is."""
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "Permissions-Policy" in response.headers
    assert "Cache-Control" in response.headers
    if personal:
        # Its address may hold a token, and its content is one person's.
        assert response.headers["Referrer-Policy"] == "same-origin"
        assert response.headers["Cache-Control"] == "no-store"
    else:
        assert response.headers["Referrer-Policy"] in REFERRER_POLICIES
        assert "Set-Cookie" not in response.headers
        assert "Cookie" not in response.headers.get("Vary", "")
        assert b'name="csrf_token"' not in response.get_data()


def tag_of(element: Element) -> str:
    """The plain tag name of an element, in HTML and in SVG; "" for a comment."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def words_of(element: Element) -> str:
    """The text in an element, spaces tidied, of values in two units the one of the source."""
    return " ".join("".join(_text(element)).split())


def _text(element: Element) -> Iterator[str]:
    yield element.text or ""
    is_measure = element.get("class", "").startswith("measure")
    for one in element[:1] if is_measure else element:
        yield from _text(one) if isinstance(one.tag, str) else ()
        yield "" if is_measure else one.tail or ""


def _parsed(text: str) -> Element:
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    document: Element = parser.parse(text)
    return document


def _check_document(page: Page) -> None:
    assert len(page.all("h1")) == 1
    assert page.heading
    assert words_of(page.all("title")[0])
    assert len(page.all("main")) == 1
    assert page.document.get("lang") == "en"
    for drawn in page.all("svg"):
        told = drawn.get("aria-label") or any(
            words_of(one) for one in drawn if tag_of(one) == "title"
        )
        assert drawn.get("aria-hidden") == "true" or (drawn.get("role") == "img" and told)
    ids = Counter(one.get("id") for one in page.document.iter() if one.get("id"))
    assert not [id_ for id_, number in ids.items() if number > 1]
    fragments = {link[1:] for link in page.links if link.startswith("#")}
    assert fragments <= set(ids)


def _is_labelled(page: Page, field: Element) -> bool:
    if field.get("type") in NEEDS_NO_LABEL or field.get("aria-label"):
        return True
    labels = page.all("label")
    named = any(label.get("for") == field.get("id") for label in labels if label.get("for"))
    return named or any(field in list(label.iter()) for label in labels)


def _check_loads_nothing_foreign(element: Element) -> None:
    loaded = [value for name, value in element.attrib.items() if name in LOADS]
    if element.tag == "link" and element.get("rel") != "canonical":
        loaded.append(element.get("href", ""))
    if element.tag == "form":
        loaded.append(element.get("action", "/"))
    for address in loaded:
        assert address.startswith("/"), address
        assert not address.startswith("//"), address
    assert element.get("style") is None, "inline style"
    assert element.tag not in {"style", "iframe"}
    is_data = element.get("type") == "application/ld+json"
    assert element.tag != "script" or is_data or element.get("src"), "inline script"
