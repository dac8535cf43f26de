"""A kept page has its structure and none of what people wrote."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from lxml import html as parser

from tiktok_scraper.pages.masked import masked

PAGE = """<html><head><title>Ann's caption</title><script>var secret = "Ann"</script></head><body>
<article id="one-column-item-0" data-e2e="recommend-list-item-container" class="e1abc">
 <a href="/@ann.b" aria-label="Watch more videos with music Ann's song"><p>Ann B. <img alt="ann" src="https://x/a.jpg"></p></a>
 <div data-e2e="video-desc">my words #mine 🎉 кот 12.3K</div>
 <div role="button" aria-label="Like video&#10;25.6M likes"><strong data-e2e="like-count">25.6M</strong></div>
 <button>Refresh</button></article></body></html>"""


def test_texts_and_names_are_out() -> None:
    told = masked(PAGE)
    for private in ("Ann", "ann", "words", "mine", "🎉", "кот", "secret", "a.jpg", "12.3", "25.6"):
        assert private not in told


def test_structure_names_and_the_sites_own_words_are_in() -> None:
    told = parser.document_fromstring(masked(PAGE))
    (article,) = told.cssselect('article[data-e2e="recommend-list-item-container"].e1abc')
    assert [part.tag for part in article.iterdescendants()] == ["a", "p", "img", "div", "div", "strong", "button"]
    assert article.cssselect("a")[0].attrib["aria-label"].startswith("Watch more videos with music ")
    assert article.cssselect("[role=button]")[0].attrib["aria-label"].startswith("Like video")
    assert article.cssselect('[data-e2e="like-count"]')[0].text == "00.0x"
    assert article.cssselect("button")[0].text == "Refresh"


def test_an_empty_page_is_empty() -> None:
    assert masked(" ") == ""


@given(st.text(alphabet=st.characters(categories=("L", "N", "So")), min_size=12))
def test_no_letter_of_a_text_is_left(words: str) -> None:
    told = parser.document_fromstring(masked(f"<body><p>{words}</p></body>")).cssselect("p")[0].text_content()
    assert set(told) <= set("x0")


def test_what_stands_behind_something_left_out_is_masked_too() -> None:
    told = masked("<body>hello<!-- c -->Jane Doe<script>s()</script>@jane words<template>t</template>secret</body>")
    for private in ("hello", "Jane", "Doe", "jane", "words", "secret"):
        assert private not in told
