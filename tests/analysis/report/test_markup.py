"""The builder escapes whatever is not HTML already, and follows no address but the site's."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.report.markup import Html, el, escaped, join, link, name_of
from tests.analysis.report.report_lines import HOSTILE


class Read(HTMLParser):
    """What a parser of another hand makes of it: the tags, and the text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[dict[str, str | None]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.append(dict(attrs))

    def handle_data(self, data: str) -> None:
        self.text += data


@given(st.text())
def test_any_text_stays_text_within_an_element_and_an_attribute(text: str) -> None:
    read = Read(el("p", text, title=text))
    assert read.tags == ["p"]
    assert list(read.attributes[0]) == ["title"]
    el("p", text).encode("utf-8")


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_name_reads_as_it_is_written(text: str) -> None:
    read = Read(name_of(text))
    assert read.tags == ["bdi"]
    assert read.text == text.replace("\x07", "\ufffd")


def test_html_passes_through_and_none_is_left_out() -> None:
    assert el("p", "a<b", None, [el("br"), "c"], cls="x", hidden=True, id=None) == '<p class="x" hidden>a&lt;b<br>c</p>'
    assert join(["a", Html("<i>b</i>"), "<"], " & ") == "a &amp; <i>b</i> &amp; &lt;"


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "https://example.org/", "//www.tiktok.com/", "https://www.tiktok.com.example.org/", None],
)
def test_an_address_elsewhere_is_no_link(url: str | None) -> None:
    assert Read(link(url, "name")).tags == ["bdi"]


@pytest.mark.parametrize(
    ("address", "leads"),
    [("@p-k3j5-mgl2hcohk42swtwh", 0), ("@p-k3j5/video/381512837760817401", 0), ("@p-k3j5x", 1), ("@/video/1", 1)],
)
def test_an_address_with_a_pseudonym_leads_nowhere(address: str, leads: int) -> None:
    assert Read(link(f"https://www.tiktok.com/{address}", "name")).tags.count("a") == leads


def test_the_sites_address_is_a_link_that_tells_nobody() -> None:
    read = Read(link('https://www.tiktok.com/@a"><script>', "name"))
    assert read.tags == ["a", "bdi"]
    assert read.attributes[0]["href"] == 'https://www.tiktok.com/@a"><script>'
    assert "noopener" in str(read.attributes[0]["rel"])


def test_a_lone_surrogate_can_be_written_to_a_file() -> None:
    assert escaped("a\ud800b").encode("utf-8") == b"a\xef\xbf\xbdb"
