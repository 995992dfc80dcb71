"""The Markdown of guides: what is made of it, and that nothing else can be."""

from __future__ import annotations

import re

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviews_app.guidance import markdown
from reviews_app.guidance.markdown import ClaimBlock, Heading, Html
from reviews_app.guidance.syntax import LINK_KINDS

ALLOWED = {
    "p": set(),
    "br": set(),
    "hr": set(),
    "em": set(),
    "strong": set(),
    "blockquote": set(),
    "ul": set(),
    "ol": {"start"},
    "li": set(),
    "pre": set(),
    "code": {"class"},
    "a": {"href", "rel", "title"},
    "table": set(),
    "thead": set(),
    "tbody": set(),
    "tr": set(),
    "th": {"scope", "class"},
    "td": {"class"},
} | {f"h{level}": {"id"} for level in range(1, 7)}

MARKS = [
    *"*_`#>-|[]()!<&\\\n\t :\"'",
    "\n\n",
    "    ",
    "## A\n",
    "::: claim doms\n:::\n",
    ":::\n",
    "::: claim a b\n",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java&#10;script:x)",
    "[x](data:text/html,x)",
    "[x](//evil.example)",
    "[x](/\\evil.example)",
    '[x](claim:doms "title")',
    "[x](https://a.example/?a&b)",
    "<javascript:alert(1)>",
    "<https://a.example>",
    "![x](https://a.example/x.png)",
    "<script>alert(1)</script>",
    "<img src=x onerror=x>",
    "<!-- x",
    "| a | b |\n|:--|--:|\n| c | d |\n",
    "[r]: vbscript:x\n",
    "[r]",
    '```"><b>\nx\n```\n',
]

arbitrary = st.lists(st.sampled_from(MARKS) | st.text(max_size=8), max_size=25).map("".join)


def address(kind: str, target: str) -> str:
    """An address as the web makes one, with what has to be escaped in HTML."""
    return f'/{kind}?id={target}&from="'


def html(body: str) -> str:
    """The HTML of a text, without its claim cards."""
    return "".join(part.text for part in markdown.parts(body, address) if isinstance(part, Html))


@settings(deadline=None)  # a busy machine is no fault
@given(arbitrary)
def test_no_text_makes_a_tag_attribute_or_link_that_is_not_allowed(body: str) -> None:
    tree = html5lib.parseFragment(html(body), treebuilder="etree", namespaceHTMLElements=False)
    for element in list(tree.iter())[1:]:
        assert element.tag in ALLOWED
        assert set(element.attrib) <= ALLOWED[element.tag]
        if "href" in element.attrib:
            assert re.match(r"/(?![/\\])|/$|#|https?://[A-Za-z0-9]", element.attrib["href"])


@settings(deadline=None)  # a busy machine is no fault
@given(arbitrary)
def test_no_text_is_too_strange_to_be_read(body: str) -> None:
    ids = [heading.id for heading in markdown.contents(body)]
    anchors = {
        part.anchor for part in markdown.parts(body, address) if isinstance(part, ClaimBlock)
    }
    assert len(ids) == len(set(ids))
    assert not anchors & set(ids)
    assert all(re.fullmatch("[a-z0-9-]+", one) for one in ids)
    assert all(f'id="{one}"' in html(body) for one in ids)
    assert markdown.reading_minutes(body) >= 1
    assert {kind for kind, _ in markdown.references(body)} <= set(LINK_KINDS)


def test_claim_blocks_stand_between_stretches_of_html() -> None:
    body = "One.\n\n::: claim doms\n:::\n\nTwo.\n\n::: claim sleep\n:::\n"
    assert markdown.parts(body, address) == [
        Html("<p>One.</p>\n"),
        ClaimBlock("doms"),
        Html("<p>Two.</p>\n"),
        ClaimBlock("sleep"),
    ]


def test_a_reference_goes_where_the_page_says() -> None:
    assert html("[a](claim:doms)") == ('<p><a href="/claim?id=doms&amp;from=&quot;">a</a></p>\n')


def test_a_link_to_another_site_tells_it_nothing() -> None:
    assert html("[a](https://a.example/x)") == (
        '<p><a href="https://a.example/x" rel="external noopener noreferrer">a</a></p>\n'
    )


@pytest.mark.parametrize("path", ["/", "/safety", "/massagers?type=compression&heat=yes#top", "#a"])
def test_a_path_of_the_site_stays_as_it_is(path: str) -> None:
    assert f'href="{path.replace("&", "&amp;")}"' in html(f"[a]({path})")


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "mailto:a@a.example",
        "//a.example",
        "relative",
        "unknown:doms",
        "claim:../x",
        "https:a.example",
        "<>",
    ],
)
def test_any_other_target_leaves_only_the_words(target: str) -> None:
    assert html(f"[*words*]({target})") == "<p><em>words</em></p>\n"


def test_html_is_words_and_a_picture_is_its_description() -> None:
    assert html("<b>x</b> ![a < b](https://a.example/x.png)") == (
        "<p>&lt;b&gt;x&lt;/b&gt; a &lt; b</p>\n"
    )


def test_a_table_is_aligned_by_class_and_never_by_style() -> None:
    text = html("| a | b |\n|---|--:|\n| 1 | 2 |\n")
    assert '<th scope="col">a</th>' in text
    assert '<th class="align-right" scope="col">b</th>' in text
    assert '<td class="align-right">2</td>' in text
    assert "style" not in text


def test_headings_have_unique_ids_that_no_claim_card_has() -> None:
    body = "## Sleep\n\n### Sleep\n\n## Sleep 2\n\n## Claim doms\n\n::: claim doms\n:::\n\n## ?\n"
    assert markdown.contents(body) == [
        Heading(2, "sleep", "Sleep"),
        Heading(3, "sleep-2", "Sleep"),
        Heading(2, "sleep-2-2", "Sleep 2"),
        Heading(2, "claim-doms-2", "Claim doms"),
        Heading(2, "part", "?"),
    ]
    assert markdown.parts(body, address)[1] == ClaimBlock("doms")
    assert ClaimBlock("doms").anchor == "claim-doms"


def test_the_words_of_a_heading_come_without_their_marks() -> None:
    assert markdown.contents("## What *really* `helps`, [see](claim:doms) & why\n") == [
        Heading(2, "what-really-helps-see-why", "What really helps, see & why")
    ]


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (200, 1), (201, 2), (2000, 10)])
def test_reading_takes_a_minute_for_200_words(words: int, minutes: int) -> None:
    assert markdown.reading_minutes("**word** " * words) == minutes


def test_references_are_links_and_claim_blocks() -> None:
    body = "[a](claim:doms) [b](source:E12)\n\n- [c](flag:clot-leg)\n\n::: claim sleep\n:::\n"
    assert markdown.references(body) == {
        ("claim", "doms"),
        ("source", "E12"),
        ("flag", "clot-leg"),
        ("claim", "sleep"),
    }
    assert [mention.line for mention in markdown.mentions(body)] == [1, 1, 3, 5]
