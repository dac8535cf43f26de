"""Of every name of pages/names.py, in every era: what `doctor --site` says where the site calls it otherwise.

A visit is made once in a real browser and repeated from its texts with one field renamed; what renames change in the
walk itself is tried in the browser.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from scrapy.settings import Settings

import replica.serving.app
from replica.options import ERAS, Options
from replica.serving.server import Replica
from tests.e2e.doctor.renamed import renamed
from tests.e2e.doctor.visits import FAST, OneBrowser, one_browser
from tests.replica.site.posts import SLIDES, post
from tiktok_scraper.browser.session import Session
from tiktok_scraper.config import BrowserConfig, CrawlConfig
from tiktok_scraper.doctor.tally import MISSED, UNJUDGED, fields_of, names_in
from tiktok_scraper.doctor.visit import Visited, visit
from tiktok_scraper.pages.names import CARD, IN_PLACE, VIDEO_PAGE, CardNames, ViewNames, names_of
from tiktok_scraper.turn import Turn
from tiktok_scraper.walk.contact import Contact

pytestmark = pytest.mark.browser

# An ad, a LIVE card, a photo post, and enough to go on.
ROOM = {"roomID": "7691701295229564499", "ownerInfo": {"uniqueId": "caster", "nickname": "Caster"}, "title": "hello"}
LIVE = {"id": "", "createTime": 0, "containerType": 2, "liveRoomInfo": ROOM}
KINDS = [post(1, isAd=True), LIVE, post(2, imagePost=SLIDES, video={}), *(post(n) for n in range(3, 14))]
VIDEOS = [post(n) for n in range(1, 14)]
# What one visit can't judge, of a feed of every kind and of one of plain videos, and why.
NO_MENU, NO_LABEL = "need have none", "no link to an audio had a label"
UNJUDGED_OF_ALL = {
    ("a", "viewer"): {"menu": NO_MENU, "audio_label": NO_LABEL, "live": "no LIVE card was shown"},
    ("b", "viewer"): {"menu": NO_MENU, "live": "no LIVE card was shown"},
    ("c", "viewer"): {},
    ("a", "in place"): {
        "menu": NO_MENU,
        "audio_label": NO_LABEL,
        "saves": "era a shows none",
        "next_button": "nothing in the view",
        "live": "no LIVE card was shown",
    },
    ("b", "in place"): {"menu": NO_MENU},
    ("c", "in place"): {},
}
OF_A_KIND = {"live": "no LIVE card was shown", "photo": "no photo post was shown", "ad": "no ad was shown"}


@dataclass
class Recorder:
    """A session whose turns and pages are kept."""

    session: Session
    turns: list[Turn] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)

    def turn(self, action: str, told: dict[str, Any]) -> Turn:
        turn = self.session.turn(action, told)
        self.turns.append(turn)
        source = self.session.driver.page_source
        self.pages.append(re.sub(r"<(script|style|svg)\b.*?</\1>", "", source, flags=re.DOTALL))
        return turn

    @property
    def driver(self) -> Any:
        return self.session.driver


@dataclass
class Again:
    """A browser that brings what was recorded, in which *names* are called otherwise."""

    recorded: Recorder
    names: tuple[str, ...]
    at: int = -1

    def turn(self, action: str, told: dict[str, Any]) -> Turn:  # noqa: ARG002  a recording does what it did
        self.at += 1
        turn = self.recorded.turns[self.at]
        assert turn.action == action
        current = turn.current
        if current is not None and current.html:
            current = replace(current, html=renamed(current.html, self.names))
        return replace(turn, current=current)

    @property
    def driver(self) -> Any:
        return self

    @property
    def page_source(self) -> str:
        return renamed(self.recorded.pages[self.at], self.names)


def crawl_config(view: str = "auto") -> CrawlConfig:
    return replace(CrawlConfig.from_settings(settings()), view=view)


def settings() -> Settings:
    given = Settings()
    given.setmodule("tiktok_scraper.settings")
    given.setdict({**FAST, "TIKTOK_STEP_TIMEOUT": 8})
    return given


@pytest.fixture(scope="module")
def browser() -> Iterator[OneBrowser]:
    with one_browser() as owner:
        yield owner


@pytest.fixture(scope="module")
def recorded(browser: OneBrowser, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A function that records a visit of an era: of a feed of "all" kinds, of "videos", or of the page of "one"."""
    folder = tmp_path_factory.mktemp("items")

    @cache
    def of(era: str, what: str, view: str = "auto") -> Recorder:
        path = folder / f"{what}.json"
        path.write_text(json.dumps(KINDS if what == "all" else VIDEOS))
        options = {"items": path} if what != "one" else {"obstacle": "video-page"}
        with Replica(Options(latency_ms=10, card_delay_ms=10, era=era, **options)) as site:
            session = Session(BrowserConfig.from_settings(settings()), site.url, cut=lambda: False)
            recorder = Recorder(session)
            done = visit(recorder, crawl_config(view), site.url, Contact())
            session.close()
        assert done.ended == ("three steps made" if what != "one" else "wrong-page"), done
        assert done.names.missed() == []
        return recorder

    return of


def again(recorder: Recorder, names: tuple[str, ...], view: str = "auto") -> Visited:
    return visit(Again(recorder, names), crawl_config(view), "http://127.0.0.1/foryou", Contact())


def table_of(era: str, part: str) -> ViewNames | CardNames:
    tables = {"viewer": names_of("viewer", era), "in place": IN_PLACE, "card": CARD, "one": VIDEO_PAGE}
    return tables[part]


def said(done: Visited, title: str, name: str) -> tuple[set[str], set[str]]:
    """The verdicts and the reasons of a field in the tables whose title begins so."""
    tables = [rows for told in done.names.told() if not isinstance(told, str) for head, rows in [told] if title in head]
    rows = [row for table in tables for row in table if row.field == name]
    assert rows
    return {row.verdict for row in rows}, {row.why for row in rows}


TITLES = {"viewer": "the viewer, era", "in place": "the feed in place", "card": "the preview card", "one": "one TikTok"}
# Names that lean on the renamed one.
WITHIN = {("c", "in place", "viewer"): {"openers"}}
NAMES = [
    pytest.param(
        era,
        part,
        name,
        id=f"{era}-{part}-{name}",
        marks=() if (era, part) == ("c", "viewer") else pytest.mark.thorough,
    )
    for era in ERAS
    for part in ("viewer", "in place", "card")
    for name in fields_of(table_of(era, part))
]


@pytest.mark.parametrize(("era", "part", "name"), NAMES)
def test_a_renamed_name_is_the_one_that_is_missed(recorded: Any, era: str, part: str, name: str) -> None:
    view = "feed" if part == "in place" else "auto"
    done = again(recorded(era, "all", view), names_in(table_of(era, part), name), view)
    missed = {told.partition(" of ")[0] for told in done.names.missed()}
    title = "the feed, era" if part == "viewer" and name in {"feed_card", "openers"} else TITLES[part]
    verdicts, reasons = said(done, title, name)
    if why := UNJUDGED_OF_ALL.get((era, part), {}).get(name):
        assert verdicts == {UNJUDGED}
        assert all(why in reason for reason in reasons), reasons
        assert missed <= {name}, "the same name may be judged in another view"
    else:
        assert verdicts == {MISSED}
        assert missed - WITHIN.get((era, part, name), set()) == {name}
        assert all(reasons)


@pytest.mark.parametrize("era", ERAS)
@pytest.mark.parametrize("name", OF_A_KIND)
def test_what_no_post_of_the_visit_is_can_not_be_judged(recorded: Any, era: str, name: str) -> None:
    done = again(recorded(era, "videos"), names_in(IN_PLACE, name))
    assert done.names.missed() == []
    for title in ("the viewer, era", "the feed in place"):
        assert said(done, title, name) == ({UNJUDGED}, {OF_A_KIND[name]})


@pytest.mark.parametrize("name", fields_of(VIDEO_PAGE))
def test_a_name_of_the_page_of_one_tiktok(recorded: Any, name: str) -> None:
    recorder = recorded("b", "one")
    there = {row.field for row in rows_of_one(again(recorder, ())) if row.verdict == "hit"}
    done = again(recorder, names_in(VIDEO_PAGE, name))
    verdicts = {row.verdict for row in rows_of_one(done) if row.field == name}
    must_be = {"viewer", "media", "creator_link", "likes", "comments", "shares", "music", "caption"}
    assert must_be <= there
    assert verdicts == ({MISSED} if name in must_be else {UNJUDGED})
    assert {told.partition(" of ")[0] for told in done.names.missed()} == must_be & {name}


def rows_of_one(done: Visited) -> list[Any]:
    return [
        row for told in done.names.told() if not isinstance(told, str) and "one TikTok" in told[0] for row in told[1]
    ]


@pytest.mark.parametrize(("era", "name"), [("a", "likes"), ("c", "music")])
def test_one_of_several_spellings_is_absent_and_not_missed(recorded: Any, era: str, name: str) -> None:
    table = table_of(era, "in place")
    recorder = recorded(era, "all")
    hit = [
        row.css
        for told in again(recorder, ()).names.told()
        if told[0] == TITLES["in place"]
        for row in told[1]
        if row.field == name and row.verdict == "hit"
    ]
    done = again(recorder, tuple(hit[:1]))
    assert (done.names.missed() == []) == (len(hit) > 1)
    assert hit[0] in names_in(table, name)


# What the walk itself goes by, in the browser: the era, what its site is told to call otherwise, what is missed, and
# how the visit ends. A class or label is renamed in part, as in a new build.
REAL = [
    ("a", "class", "DivBrowserModeContainer", "viewer", "three steps made"),
    ("b", "class", "DivBrowserModeContainer", "viewer", "covered"),
    ("b", "data-e2e", "feed-video", "openers", "three steps made"),
    ("a", "data-e2e", "recommend-list-item-container", "feed_card", "unknown-layout"),
    ("c", "data-e2e", "recommend-list-item-container", "feed_card", "unknown-layout"),
    ("b", "data-e2e", "arrow-right", "next_button", "three steps made"),
    ("c", "data-more-menu-item-id", "", "menu", "three steps made"),
    ("b", "data-e2e", "user-card-follower-count", "followers", "three steps made"),
]


def site_with(folder: Path, attribute: str, value: str) -> Path:
    """The replica's site that calls *attribute*, or its *value*, otherwise."""
    site = folder / "site"
    shutil.copytree(replica.serving.app.SITE, site)
    dom = site / "js" / "dom.js"
    rename = (
        f"const before = Element.prototype.setAttribute;\nElement.prototype.setAttribute = function (name, value) {{\n"
        f'  const told = name === "{attribute}";\n'
        f'  if (told && "{value}" === "") return before.call(this, "data-qq-item-id", value);\n'
        f'  return before.call(this, name, told ? String(value).replace("{value}", "Qq{value[3:]}") : value);\n}};\n'
    )
    dom.write_text(dom.read_text() + rename)
    return site


@pytest.mark.parametrize(("era", "attribute", "value", "name", "ended"), REAL)
def test_a_name_that_the_walk_goes_by(
    browser: OneBrowser,
    era: str,
    attribute: str,
    value: str,
    name: str,
    ended: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(replica.serving.app, "SITE", site_with(tmp_path, attribute, value))
    told = browser.visit(era=era, settings={"TIKTOK_STEP_TIMEOUT": 6})
    assert told.rows["ended by"].startswith(ended), told.block
    assert told.missed == {name}, told.block
    assert told.code == 1


@pytest.mark.parametrize("era", ["b", "c"])
def test_a_viewer_that_does_not_open_is_no_name_that_is_missed(browser: OneBrowser, era: str) -> None:
    told = browser.visit(era=era, viewer="dead", settings={"TIKTOK_STEP_TIMEOUT": 6})
    assert told.missed == set(), told.block
    assert "it was not entered: no-viewer" in told.block
