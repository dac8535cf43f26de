"""Names and addresses of audios."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiktok_scraper.pages.audio import audio_name, audio_url, read_music_link, slug


@pytest.mark.parametrize(
    ("title", "author", "shown"),
    [
        ("Kettle Song", "The Pots", "Kettle Song - The Pots"),
        ("original sound - The Pots", "The Pots", "original sound - The Pots"),
        ("Kettle - Remix", "The Pots", "Kettle - Remix - The Pots"),
        ("The Pots", "The Pots", "The Pots - The Pots"),
        ("Promoted Music", None, "Promoted Music"),
        ("  two \n lines ", " The  Pots", "two lines - The Pots"),
        ("", "The Pots", None),
        (None, None, None),
    ],
)
def test_name_is_what_the_site_prints(title: str | None, author: str | None, shown: str | None) -> None:
    assert audio_name(title, author) == shown


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("Dusk Till Dawn(完整版)", "Dusk-Till-Dawn-完整版"),
        ("Com'dab (feat. Keblack & Naza)", "Com'dab-feat-Keblack-Naza"),
        ("don't let me down", "don't-let-me-down"),
        ("Wanna Be Startin' Something - Michael Jackson", "Wanna-Be-StartinSomething-Michael-Jackson"),
        ("Spooky, quiet, scary atmosphere", "Spooky-quiet-scary-atmosphere"),
        ("Les bêtises - Version originale 1986", "Les-bêtises-Version-originale-1986"),
        ("हिन्दी गीत", "हिन्दी-गीत"),
        (" trailing! ", "trailing"),
        ("Teasy ♟️", "Teasy"),
        ("?!", ""),
    ],
)
def test_slug(title: str, written: str) -> None:
    assert slug(title) == written


def test_address_is_the_titles_alone() -> None:
    assert audio_url("Kettle Song", "42") == "https://www.tiktok.com/music/Kettle-Song-42"
    assert audio_url(None, "42") == "https://www.tiktok.com/music/-42"


@pytest.mark.parametrize(
    ("href", "audio_id", "url"),
    [
        ("/music/Kettle-Song-42", "42", "https://www.tiktok.com/music/Kettle-Song-42"),
        ("/music/Top-40-829541?lang=en", "829541", "https://www.tiktok.com/music/Top-40-829541"),
        (
            "https://www.tiktok.com/music/Yonc%C3%A9-7049124611669445382",
            "7049124611669445382",
            "https://www.tiktok.com/music/Yoncé-7049124611669445382",
        ),
        ("/music/-42", "42", "https://www.tiktok.com/music/-42"),
        ("/music/42/", "42", "https://www.tiktok.com/music/-42"),
    ],
)
def test_link_tells_id_and_address(href: str, audio_id: str, url: str) -> None:
    assert read_music_link(href) == (audio_id, url)


@pytest.mark.parametrize("href", ["", "/tag/tea", "/music/", "/music/no-id", "/@u/video/42"])
def test_other_links_are_none(href: str) -> None:
    assert read_music_link(href) is None


@given(st.text(), st.integers(min_value=1, max_value=2**63).map(str))
def test_what_json_and_link_say_is_the_same_address(title: str, audio_id: str) -> None:
    url = audio_url(title, audio_id)
    assert read_music_link(url) == (audio_id, url)
