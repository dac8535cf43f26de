"""Two views and three steppers: whatever the site offers, the same sightings, positions and creators' counts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from replica.unruly import Unruly
from tests.e2e.against_truth import differences
from tests.replica.site.posts import KINDS, written

pytestmark = pytest.mark.browser

# era, what the replica offers, what is asked for; the view and the stepper that the record tells.
WAYS = [
    pytest.param("b", {}, "feed", "feed", "key", marks=pytest.mark.thorough),
    ("c", {"neighbours": "both"}, "feed", "feed", "key"),
    ("b", {"viewer": "none"}, "auto", "feed", "key"),
    pytest.param("c", {"viewer": "none"}, "auto", "feed", "key", marks=pytest.mark.thorough),
    ("c", {"viewer": "dead"}, "auto", "feed", "key"),
    ("c", {"viewer": "elsewhere"}, "auto", "feed", "key"),
    ("c", {"neighbours": "both"}, "auto", "viewer", "key"),
    ("c", {"steps_by": "button"}, "auto", "viewer", "button"),
    ("b", {"steps_by": "wheel"}, "auto", "viewer", "wheel"),
    ("c", {"draw_ms": 1200}, "viewer", "viewer", "key"),
]


@pytest.mark.parametrize(("era", "offered", "wanted", "view", "stepper"), WAYS)
def test_every_way_tells_the_same(
    crawl: Any, era: str, offered: dict[str, Any], wanted: str, view: str, stepper: str
) -> None:
    crawled = crawl(limit=8, era=era, settings={"TIKTOK_VIEW": wanted}, **offered)
    assert (crawled.end["reason"], crawled.exit_code) == ("limit", 0), crawled.printed
    contact = crawled.end["contact"]
    assert (crawled.end["view"], contact["view"], contact["stepper"]) == (view, view, stepper)
    assert (contact["opener"] == "in place") is (view == "feed")
    assert ({line["era"] for line in crawled.lines}, contact["page"]["era"]) == ({era}, era)
    for line in crawled.lines:
        assert differences(line, crawled.truth[line["id"]]) == []
        assert line["user_source"] == "detail"
    positions = [line["position"] for line in crawled.lines]
    assert sorted(positions) == positions
    assert crawled.end["note"].get("passed-over", 0) == 0


def test_where_no_viewer_opens_and_no_other_view_is_wanted_the_run_ends_as_no_viewer(crawl: Any) -> None:
    crawled = crawl(limit=8, era="c", viewer="dead", settings={"TIKTOK_VIEW": "viewer"})
    assert (crawled.end["reason"], crawled.exit_code, crawled.lines) == ("no-viewer", 2, [])


@pytest.mark.parametrize("view", ["viewer", pytest.param("feed", marks=pytest.mark.thorough)])
def test_what_the_page_prints_for_no_shares_is_none_shared(crawl: Any, tmp_path: Path, view: str) -> None:
    settings = {"TIKTOK_VIEW": view, "TIKTOK_SOURCE": "page", "TIKTOK_CREATOR_COUNTS": "never"}
    crawled = crawl(limit=4, era="c", items=written(tmp_path, list(KINDS)), settings=settings)
    shares = [(line["shares"], line["shares_step"], line["shares_shown"]) for line in crawled.lines]
    assert shares == [(22, 1, None)] * 3 + [(0, 1, "Share")], crawled.printed


def test_items_in_other_wrappings_and_without_handles_are_read_whole(crawl: Any) -> None:
    crawled = crawl(limit=8, era="c", wrapped=True, preload="next", unruly=Unruly(handleless=0.4), broken_players=0.3)
    assert (crawled.end["reason"], len(crawled.lines)) == ("limit", 8), crawled.printed
    nameless = [line for line in crawled.lines if line["username"] is None]
    assert nameless
    assert all(line["url"] == f"https://www.tiktok.com/@/{line['kind']}/{line['id']}" for line in nameless)
    for line in crawled.lines:
        truth = crawled.truth[line["id"]]
        assert (line["likes"], line["comments"]) != (None, None)
        assert line["likes"] == pytest.approx(truth["likes"], rel=0.05)


def test_a_run_that_ends_early_keeps_what_the_page_was_and_nothing_of_people(crawl: Any) -> None:
    crawled = crawl(limit=8, obstacle="captcha", obstacle_at=4, settings={"TIKTOK_CREATOR_COUNTS": "needed"})
    (kept,) = (crawled.folder / "contact").iterdir()
    assert kept.name == crawled.end["run"]
    assert (kept / "page.png").read_bytes().startswith(b"\x89PNG")
    told = (kept / "page.html").read_text(encoding="utf-8")
    assert "captcha-verify-container" in told
    for truth in crawled.truth.values():
        handle = truth["username"].rpartition("@")[2]
        assert handle not in told
    quiet = crawl(limit=4, obstacle="captcha", obstacle_at=2, settings={"TIKTOK_CONTACT": False})
    assert not (quiet.folder / "contact").exists()
    assert quiet.end["contact"]["page"]["kind"] == "captcha"
