"""The bar on a terminal, the log elsewhere, the summary everywhere."""

from __future__ import annotations

import io
import logging
import sys
from pathlib import Path

import pytest
from scrapy import Spider
from scrapy.exceptions import NotConfigured
from scrapy.utils.test import get_crawler

from tiktok_scraper.items import TikTok
from tiktok_scraper.runs import progress as progress_module
from tiktok_scraper.runs.progress import Progress, Tally, summary


class OurSpider(Spider):
    name = "tiktok"


class Terminal(io.StringIO):
    """A stderr that is a terminal."""

    def isatty(self) -> bool:
        return True


def a_progress(directory: Path) -> Progress:
    crawler = get_crawler(OurSpider, {"TIKTOK_DATA_DIR": str(directory)})
    crawler.stats.set_value("tiktok/asked", 3)
    return Progress.from_crawler(crawler)


def a_tiktok(number: int, likes: int | None, creator: str = "a", audio: str | None = "1") -> TikTok:
    return TikTok(url=f"u{number}", likes=likes, username=creator, audio_id=audio)


def test_the_tally_counts_each_creator_and_audio_once() -> None:
    tally = Tally()
    for tiktok in (a_tiktok(1, 5), a_tiktok(2, 12_300, "b"), a_tiktok(3, None), a_tiktok(4, 0, "a", None)):
        tally.add(tiktok)
    assert (tally.tiktoks, len(tally.creators), len(tally.audios)) == (4, 2, 1)
    assert tally.most_liked == (12_300, "u2")


def test_the_summary_says_what_there_is_and_where() -> None:
    tally = Tally(90, {"a", "b"}, {"1"}, (12_300, "https://www.tiktok.com/@a/video/1"))
    stats = {"tiktok/asked": 100, "tiktok/repaired": 2, "tiktok/repeated": 7, "tiktok/reason": "captcha"}
    stats |= {"tiktok/verdict": "unfit", "tiktok/because": ["x", "y"]}
    rows = dict(
        row.split(":", 1)
        for row in summary(stats, tally, took=61.25, path=Path("/data/tiktoks.jsonlines")).splitlines()
    )
    assert {name: row.strip() for name, row in rows.items()} == {
        "TikToks": "90 of 100",
        "creators": "2",
        "audios": "1",
        "most liked": "12,300 https://www.tiktok.com/@a/video/1",
        "counts repaired": "2",
        "repeats": "7",
        "set aside": "0",
        "time": "61.2 s",
        "ended by": "captcha",
        "what may help": "a window (TIKTOK_HEADLESS=virtual); a home's line in place of a data centre's; "
        "TIKTOK_ZONE and TIKTOK_LOCALE of where that line is; waiting some hours",
        "verdict": "unfit: x; y",
        "file": "/data/tiktoks.jsonlines",
    }


def test_on_a_terminal_a_bar_counts_and_log_lines_stand_above_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    root = logging.getLogger()
    monkeypatch.setattr(root, "level", root.level)
    handler = logging.StreamHandler(terminal)
    handler.setLevel(logging.INFO)
    monkeypatch.setattr(root, "handlers", [handler])
    progress = a_progress(tmp_path)
    progress.spider_opened()
    progress.item_scraped(a_tiktok(1, 5))
    root.setLevel(logging.DEBUG)
    logging.getLogger("x").warning("a word")
    logging.getLogger("x").debug("whispered")
    progress.item_scraped({"of": "another spider"})
    progress.item_scraped(a_tiktok(2, 5))
    progress.spider_closed("finished")
    drawn = terminal.getvalue()
    assert "| 2/3" in drawn
    # A log line starts at the left edge, where the bar was wiped away, and ends its line.
    assert "whispered" not in drawn
    before, after = drawn.split("a word")
    assert before.endswith("\r")
    assert after.startswith("\n")
    assert drawn.splitlines()[-1].startswith("file:")
    assert handler.stream is terminal


def test_elsewhere_nothing_is_drawn_but_a_line_is_logged_now_and_then(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    progress = a_progress(tmp_path)
    caplog.clear()
    progress.spider_opened()
    progress.item_scraped(a_tiktok(1, 5))
    assert caplog.messages == []
    monkeypatch.setattr(progress_module, "LOG_EVERY_S", 0.0)
    progress.item_scraped(a_tiktok(2, 5))
    assert caplog.messages == ["2 of 3 TikToks, 0 repeats"]
    assert capsys.readouterr().err == ""
    progress.spider_closed("finished")
    assert capsys.readouterr().err.startswith("TikToks:         2 of 3\n")


def test_other_spiders_have_their_own_ways() -> None:
    with pytest.raises(NotConfigured):
        Progress.from_crawler(get_crawler())


def test_the_page_that_was_kept_is_named_and_a_file_that_is_not_there_is_not() -> None:
    told = summary({"tiktok/kept": ["c/RUN/page.html", "c/RUN/page.png"]}, Tally(), took=1.0, path=Path("x.jsonlines"))
    assert "the page then:   c/RUN/page.html c/RUN/page.png\n" in told
    assert "x.jsonlines" not in told


def test_an_early_end_says_what_it_met() -> None:
    ended = {"tiktok/reason": "covered", "tiktok/contact": {"page": {"kind": "covered", "detail": "dialog 'Notice'"}}}
    assert "what was met:    covered (dialog 'Notice')\n" in summary(ended, Tally(), took=1.0, path=Path("x"))


def test_what_may_help_is_told_of_a_replica_as_of_the_site() -> None:
    ended = {"tiktok/reason": "captcha", "tiktok/written": 0}
    on_site = summary(ended, Tally(), took=1.0, path=Path("x"))
    of_replica = summary({**ended, "tiktok/simulated": True}, Tally(), took=1.0, path=Path("x"))
    assert "what may help:   a window" in on_site
    assert "what may help:   on the live site: a window" in of_replica
