"""Which sign wins, without a browser."""

from __future__ import annotations

import pytest

from tiktok_scraper.pages.names import ERAS
from tiktok_scraper.pages.signs import SIGNS
from tiktok_scraper.pages.state import Hit, Look, recognise


def seen(*names: str, url: str = "https://www.tiktok.com/foryou", text: str = "tea", **texts: str) -> Look:
    """A look that hit *names*; the text of a hit is in *texts*, "-" for "_"."""
    words = {name.replace("_", "-"): said for name, said in texts.items()}
    hits = tuple(Hit(name, words.get(name, "words"), 0, 0, 10, 10) for name in names)
    return Look(url=url, title="", text=text, hits=hits, counts=dict.fromkeys(names, 1))


@pytest.mark.parametrize(
    ("stronger", "weaker"),
    [
        ("waf", "captcha"),
        ("captcha", "captcha-v1"),
        ("captcha", "login"),
        ("login", "viewer-browse"),
        ("login", "error"),
        ("viewer-browse", "card-div"),
        ("viewer-browse", "video-page"),
        ("video-page", "card-article"),
        ("card-article", "skeleton"),
        ("profile", "skeleton"),
        ("explore", "spinner"),
    ],
)
def test_what_covers_the_page_wins(stronger: str, weaker: str) -> None:
    assert recognise(seen(stronger, weaker)) == recognise(seen(stronger))
    assert recognise(seen(weaker)).kind != recognise(seen(stronger)).kind


@pytest.mark.parametrize(
    ("names", "era"),
    [
        (("card-div",), "a"),
        (("card-article",), "b-c"),
        (("card-article", "card-b"), "b"),
        (("card-article", "card-c"), "c"),
        (("card-article", "card-b", "card-c"), "b-c"),
        (("card-article", "card-b", "cinema-entry"), "c"),
        (("card-article", "cinema-entry"), "c"),
        (("card-div", "viewer-browse"), "a"),
        (("card-article", "viewer-browse"), "b"),
        (("viewer-browse", "viewer-browse-dialog"), "b"),
        (("card-article", "viewer-cinema"), "c"),
    ],
)
def test_era_goes_by_what_is_in_the_page(names: tuple[str, ...], era: str) -> None:
    assert recognise(seen(*names)).era == era


def test_words_of_other_modals_are_no_login() -> None:
    assert recognise(seen("card-article", "modal", modal="Keyboard shortcuts")).kind == "feed"
    assert recognise(seen("card-article", "modal", modal="")).kind == "feed"
    assert recognise(seen("card-article", "modal", modal="Log in for more of what you love")).kind == "login-wall"


def test_what_a_caption_says_of_regions_is_somebodys_and_what_a_dialog_says_the_sites() -> None:
    gone = "Sorry, TikTok isn't available right now"
    for drawn, kind in (("card-article", "feed"), ("card-div", "feed"), ("viewer-browse", "viewer")):
        assert recognise(seen(drawn, text=f"For You\nAnn\n{gone} #ban")).kind == kind
        assert recognise(seen(drawn, "dialog", dialog=gone)).kind == "region"
        assert recognise(seen(drawn, "modal", modal=gone)).kind == "region"
    assert recognise(seen(text=gone)).kind == "region"


def test_guest_is_found_among_the_choices_by_its_words() -> None:
    look = seen("login", "login-choice", login_choice="Continue with Google")
    assert recognise(look).kind == "login-wall"
    page = recognise(seen("login", "login-choice", login_choice="Continue without login"))
    assert (page.kind, page.button and page.button.name) == ("login-prompt", "login-choice")


def test_error_words_alone_are_no_error_page() -> None:
    assert recognise(seen(text="Something went wrong")).kind == "unknown"
    assert recognise(seen("error", error="All activity")).kind == "unknown"


def test_error_is_told_from_the_inbox_by_its_words() -> None:
    inbox, error = (Hit("error", text, 0, 0, 9, 9) for text in ("All activity", "Something went wrong\nRefresh"))
    buttons = [Hit("error-refresh", text, 0, 0, 9, 9) for text in ("Likes", "Refresh")]
    page = recognise(Look("/foryou", "", "tea", (inbox, error, *buttons)))
    assert (page.kind, page.button) == ("error-page", buttons[1])


def test_unknown_says_what_it_read() -> None:
    assert recognise(seen(text="  A new \n page ")).detail == "A new page"


def test_every_era_has_the_names_a_walk_needs() -> None:
    for names in ERAS.values():
        needed = (names.feed_card, names.openers, names.viewer, names.media, names.creator_link, names.next_button)
        assert all(needed)
        assert all((names.likes, names.comments, names.music))
    assert all(SIGNS.values())
