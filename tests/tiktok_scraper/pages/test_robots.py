"""robots.txt is judged for the browser's own agent."""

from __future__ import annotations

import hashlib

from tiktok_scraper.pages.robots import judge

FEED = "https://www.tiktok.com/foryou"
CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/156.0.0.0"
LIKE_THE_REAL_ONE = """User-agent: GPTBot
User-agent: CCBot
Disallow: /

User-agent: *
Allow: /foryou
Disallow: /inapp
Disallow: /search?
"""


def test_a_browser_may_open_the_feed_where_only_named_agents_are_shut_out() -> None:
    verdict = judge(LIKE_THE_REAL_ONE, status=200, url=FEED, agent=CHROME)
    assert verdict.allowed
    assert verdict.decision == "allowed"
    assert verdict.digest == hashlib.sha256(LIKE_THE_REAL_ONE.encode()).hexdigest()


def test_a_named_agent_and_a_forbidden_path_are_refused() -> None:
    assert not judge(LIKE_THE_REAL_ONE, status=200, url=FEED, agent="GPTBot").allowed
    assert not judge(LIKE_THE_REAL_ONE, status=200, url="https://www.tiktok.com/inapp", agent=CHROME).allowed


def test_a_page_in_place_of_the_file_says_nothing_of_what_is_allowed() -> None:
    page = judge("<p>Please wait</p>", status=200, url=FEED, agent=CHROME, kind="text/html; charset=utf-8")
    assert (page.allowed, page.digest) == (False, None)


def test_a_missing_file_allows_and_a_failing_server_does_not() -> None:
    assert judge("not here", status=404, url=FEED, agent=CHROME).allowed
    assert not judge(LIKE_THE_REAL_ONE, status=0, url=FEED, agent=CHROME).allowed, "nobody knows what was read"
    assert not judge("oops", status=503, url=FEED, agent=CHROME).allowed
