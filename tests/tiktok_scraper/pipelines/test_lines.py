"""From a sighting to its line: what is written, what is set aside, what is counted."""

from __future__ import annotations

import gzip
import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem
from scrapy.utils.test import get_crawler

from tests.project import ROOT
from tiktok_scraper.commands.crawl import exit_code
from tiktok_scraper.errors import BadSetting, CouldNotWrite, NotLines
from tiktok_scraper.items import FIELDS, TikTok, creator_url, tiktok_url
from tiktok_scraper.lines.spool import absorb
from tiktok_scraper.pages.facts import Unreadable
from tiktok_scraper.pipelines import CountsPipeline, LinesPipeline

ID = "7126812345678901234"


def a_tiktok(id_: str = ID, **fields: Any) -> TikTok:
    told = {"stats": {"likes": "12300", "comments": "456"}, "card": {"user_followers": "340.7K"}}
    given = {"id": id_, "url": tiktok_url("someone", id_), "username": creator_url("someone"), "told": told}
    return TikTok(**(given | {"simulated": True} | fields))


@pytest.fixture
def crawler(tmp_path: Path) -> Crawler:
    return get_crawler(settings_dict={"TIKTOK_DATA_DIR": str(tmp_path)})


class Pipelines:
    """Both pipelines, as Scrapy chains them; what it dropped, with the reason."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler, self.stats = crawler, crawler.stats
        self.counts, self.lines = CountsPipeline.from_crawler(crawler), LinesPipeline.from_crawler(crawler)
        self.dropped: list[str] = []

    def take(self, *items: Any) -> None:
        for item in items:
            try:
                self.lines.process_item(self.counts.process_item(item))
            except DropItem as drop:
                self.dropped.append(str(drop))

    def close(self) -> None:
        self.lines.close_spider()


@pytest.fixture
def pipelines(crawler: Crawler) -> Pipelines:
    return Pipelines(crawler)


def lines(directory: Path, name: str = "tiktoks.jsonlines") -> list[dict[str, Any]]:
    return [json.loads(line) for line in (directory / name).read_text("utf-8").splitlines()]


def test_a_sighting_becomes_a_line_with_its_counts(pipelines: Pipelines, tmp_path: Path) -> None:
    pipelines.take(a_tiktok())
    pipelines.close()
    (line,) = lines(tmp_path)
    assert list(line) == list(FIELDS)
    known = {name: value for name, value in line.items() if value is not None}
    assert known == {
        "url": f"https://www.tiktok.com/@someone/video/{ID}",
        "likes": 12300,
        "comments": 456,
        "username": "https://www.tiktok.com/@someone",
        "user_followers": 340700,
        "likes_step": 100,
        "comments_step": 1,
        "user_followers_step": 100,
        "user_followers_shown": "340.7K",
        "id": ID,
        "source": "json",
        "user_source": "card",
        "simulated": True,
        "schema": 2,
    }


def test_the_run_is_told_what_was_appended(pipelines: Pipelines, tmp_path: Path) -> None:
    (tmp_path / "tiktoks.jsonlines").write_text('{"simulated":true}\n')
    pipelines.take(a_tiktok(), a_tiktok("2"))
    pipelines.close()
    stats = pipelines.stats.get_stats()
    size = (tmp_path / "tiktoks.jsonlines").stat().st_size
    assert (stats["tiktok/bytes_from"], stats["tiktok/bytes_to"]) == (19, size)
    ran = subprocess.run(
        f"tail -c +20 {tmp_path}/tiktoks.jsonlines | sha256sum", shell=True, capture_output=True, text=True, check=True
    )
    assert ran.stdout.split()[0] == stats["tiktok/sha256"]
    assert stats["tiktok/written"] == 2


def test_what_is_missing_is_counted_for_the_verdict(pipelines: Pipelines) -> None:
    pipelines.take(a_tiktok(ad=True), a_tiktok("2", told={}))
    stats = pipelines.stats.get_stats()
    assert stats["tiktok/ads"] == 1
    assert stats["tiktok/null/likes"] == 1
    assert stats["tiktok/null/user_likes"] == 2
    assert "tiktok/null/url" not in stats
    assert (stats["tiktok/source/json"], stats["tiktok/source/none"]) == (1, 1)
    assert (stats["tiktok/user_source/card"], stats["tiktok/user_source/none"]) == (1, 1)


def test_counts_that_a_spider_left_as_text_are_read(pipelines: Pipelines, tmp_path: Path) -> None:
    pipelines.take(a_tiktok(told={}, likes="12.3K", user_likes="-1934013585"))
    (line,) = lines(tmp_path)
    assert (line["likes"], line["likes_shown"], line["source"]) == (12300, "12.3K", "page")
    assert (line["user_likes"], line["user_likes_repair"], line["user_source"]) == (2360953711, "minimum", "card")
    assert pipelines.stats.get_value("tiktok/repaired") == 1


def test_counts_that_failed_are_null_and_counted_by_their_line_or_their_whole_reply(
    pipelines: Pipelines, tmp_path: Path
) -> None:
    failed = {"likes": "0", "comments": "6258", "shares": "0", "views": "0", "saves": "0"}
    nothing = {**failed, "comments": "0"}
    pipelines.take(
        a_tiktok(told={"stats": failed}),
        a_tiktok("7126812345678901235", told={"stats": nothing}, zeroed=True),
        a_tiktok("7126812345678901236", told={"stats": nothing}),
    )
    written = lines(tmp_path)
    assert [line["likes"] for line in written] == [None, None, 0]
    assert [line["views_shown"] for line in written] == ["0", "0", None]
    assert [line["comments"] for line in written] == [6258, 0, 0]
    assert "zeroed" not in written[0]
    assert pipelines.stats.get_value("tiktok/zeroed") == 2


def test_an_unreadable_count_is_null_and_kept_and_counted(
    pipelines: Pipelines, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    pipelines.take(a_tiktok(told={"page": {"likes": "12,3 Mio.", "comments": "456"}}))
    (line,) = lines(tmp_path)
    assert (line["likes"], line["likes_step"], line["likes_shown"]) == (None, None, "12,3 Mio.")
    assert line["comments"] == 456
    assert pipelines.stats.get_value("tiktok/unreadable/likes") == 1
    assert "likes of page can't be read" in caplog.text


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"url": None}, "url None"),
        ({"id": None}, "id None"),
        ({"id": ""}, "id ''"),
        ({"id": "live_12"}, "id 'live_12'"),
    ],
)
def test_without_url_or_id_there_is_no_line_but_a_rejected_one(
    pipelines: Pipelines, tmp_path: Path, fields: dict[str, Any], reason: str
) -> None:
    pipelines.stats.set_value("tiktok/run", "20261122T220700Z-3fa9")
    pipelines.take(a_tiktok(**fields), a_tiktok("2"))
    pipelines.close()
    assert [line["id"] for line in lines(tmp_path)] == ["2"]
    (rejected,) = lines(tmp_path, "rejected.jsonlines")
    assert list(rejected) == ["run", "at", "reason", "item"]
    assert rejected["run"] == "20261122T220700Z-3fa9"
    assert reason in rejected["reason"]
    assert rejected["item"]["told"]["stats"] == {"likes": "12300", "comments": "456"}
    assert pipelines.stats.get_value("tiktok/rejected") == 1


def test_a_second_line_of_one_id_is_an_error(
    pipelines: Pipelines, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    pipelines.take(a_tiktok(likes="1"), a_tiktok())
    assert len(lines(tmp_path)) == 1
    assert len(lines(tmp_path, "rejected.jsonlines")) == 1
    assert pipelines.stats.get_value("tiktok/second_line") == 1
    assert [record.levelname for record in caplog.records] == ["ERROR"]


def test_a_card_that_could_not_be_read_is_set_aside_as_it_came(pipelines: Pipelines, tmp_path: Path) -> None:
    pipelines.take(Unreadable("a card without an id", {"note": "\ud83d", "n": [1]}))
    (rejected,) = lines(tmp_path, "rejected.jsonlines")
    assert rejected["reason"] == "a card without an id"
    assert rejected["item"] == {"note": "\ufffd", "n": [1]}
    assert not (tmp_path / "tiktoks.jsonlines").exists()


def test_a_card_set_aside_tells_no_more_of_people_than_a_line(pipelines: Pipelines, tmp_path: Path) -> None:
    author = {"uniqueId": "ann", "nickname": "Ann B.", "signature": "my bio", "avatarThumb": "https://x/face.jpg"}
    card = {"desc": "my words", "author": author, "stats": {"diggCount": 7}, "challenges": [{"title": "my tag"}]}
    pipelines.take(Unreadable("no id", card), Unreadable("a viewer without an address", "<p>my words</p>"))
    first, second = lines(tmp_path, "rejected.jsonlines")
    assert first["item"] == {"author": {"uniqueId": "ann"}, "stats": {"diggCount": 7}}
    assert second["item"] == {"unreadable_characters": len("<p>my words</p>")}


@pytest.mark.parametrize("asked", ["", "caption", "caption,hashtags"])
def test_a_tiktok_set_aside_keeps_only_the_extras_asked_for(tmp_path: Path, asked: str) -> None:
    pipelines = Pipelines(get_crawler(settings_dict={"TIKTOK_DATA_DIR": str(tmp_path), "TIKTOK_EXTRA_FIELDS": asked}))
    pipelines.take(a_tiktok("", caption="my words", hashtags=("mine",)))
    (rejected,) = lines(tmp_path, "rejected.jsonlines")
    extras = {name: rejected["item"][name] for name in ("caption", "hashtags") if name in rejected["item"]}
    given = {"caption": "my words", "hashtags": ["mine"]}
    assert extras == {name: given[name] for name in asked.split(",") if name}
    assert rejected["item"]["username"] == "https://www.tiktok.com/@someone"


def test_items_of_other_spiders_pass_untouched(pipelines: Pipelines, tmp_path: Path) -> None:
    item = {"likes": "12.3K"}
    assert pipelines.lines.process_item(pipelines.counts.process_item(item)) is item
    assert item == {"likes": "12.3K"}
    assert list(tmp_path.iterdir()) == []


def test_extra_fields_are_written_where_asked_for(tmp_path: Path) -> None:
    settings = {"TIKTOK_DATA_DIR": str(tmp_path), "TIKTOK_EXTRA_FIELDS": "hashtags"}
    Pipelines(get_crawler(settings_dict=settings)).take(a_tiktok(caption="hi", hashtags=("a", "b")))
    (line,) = lines(tmp_path)
    assert line["hashtags"] == ["a", "b"]
    assert "caption" not in line


@pytest.mark.parametrize(
    "setting", [{"TIKTOK_SYNC_LINES": "0"}, {"TIKTOK_SYNC_LINES": "x"}, {"TIKTOK_EXTRA_FIELDS": "avatar"}], ids=str
)
def test_a_setting_that_cannot_be_used_is_named(setting: dict[str, str]) -> None:
    with pytest.raises(BadSetting, match=next(iter(setting))):
        LinesPipeline.from_crawler(get_crawler(settings_dict=setting))


def test_a_file_of_the_other_kind_ends_the_run(crawler: Crawler, tmp_path: Path) -> None:
    (tmp_path / "tiktoks.jsonlines").write_text('{"url":"x","simulated":false}\n')
    ended: list[str] = []
    pipeline = LinesPipeline(tmp_path, crawler.stats, end_run=ended.append)
    for id_ in ("1", "2"):
        with pytest.raises(DropItem, match="holds real lines"):
            pipeline.process_item(a_tiktok(id_))
    assert ended == ["mixed-lines"]
    assert "holds real lines" in crawler.stats.get_value("tiktok/usage_error")
    assert (tmp_path / "tiktoks.jsonlines").read_text() == '{"url":"x","simulated":false}\n'


def test_a_place_that_takes_no_lines_ends_the_run(crawler: Crawler, tmp_path: Path) -> None:
    ended: list[str] = []
    pipeline = LinesPipeline(tmp_path, crawler.stats, end_run=ended.append)
    (tmp_path / "tiktoks.jsonlines").mkdir()
    with pytest.raises(DropItem, match="can't be opened"):
        pipeline.process_item(a_tiktok())
    assert ended == ["could-not-write"]
    assert crawler.stats.get_value("tiktok/unwritten") == 1


def test_from_the_line_that_the_file_refuses_on_all_are_kept_for_the_next_run(
    pipelines: Pipelines, tmp_path: Path
) -> None:
    run, ended = "20261122T220700Z-3fa9", []
    pipelines.stats.set_value("tiktok/run", run)
    pipelines.lines._end_run = ended.append
    pipelines.take(a_tiktok("1"))
    (tmp_path / "tiktoks.jsonlines").rename(tmp_path / "away")
    (tmp_path / "tiktoks.jsonlines").mkdir()
    (tmp_path / "rejected.jsonlines").mkdir()
    pipelines.take(a_tiktok("2"), a_tiktok("3"), a_tiktok(url=None))
    pipelines.close()
    assert ended == ["could-not-write"]
    stats = pipelines.stats.get_stats()
    spooled = [tmp_path / "spool" / name for name in (f"{run}.jsonlines", f"{run}.rejected.jsonlines")]
    assert stats["tiktok/spooled"] == {"lines": 2, "rejected": 1, "where": [str(path) for path in spooled]}
    assert (stats["tiktok/written"], stats["tiktok/unwritten"], stats["tiktok/lost"]) == (1, 3, 0)
    assert stats["tiktok/usage_error"].count("\n") == 0
    assert "it is a folder where a file should be" in stats["tiktok/usage_error"]
    assert f"3 lines are kept in {spooled[0]} and {spooled[1]}; " in stats["tiktok/usage_error"]
    # The range and the hash stay those of the one line that is in the file.
    digest = hashlib.sha256((tmp_path / "away").read_bytes()).hexdigest()
    assert (stats["tiktok/bytes_from"], stats["tiktok/sha256"]) == (0, digest)
    assert exit_code(pipelines.crawler) == 2
    (tmp_path / "tiktoks.jsonlines").rmdir()
    (tmp_path / "away").rename(tmp_path / "tiktoks.jsonlines")
    (tmp_path / "rejected.jsonlines").rmdir()
    absorb(tmp_path)
    assert [line["id"] for line in lines(tmp_path)] == ["1", "2", "3"]
    assert [line["run"] for line in lines(tmp_path, "rejected.jsonlines")] == [run]


def test_a_file_that_cannot_be_opened_is_found_before_the_crawl(crawler: Crawler, tmp_path: Path) -> None:
    (tmp_path / "tiktoks.jsonlines").mkdir()
    with pytest.raises(CouldNotWrite, match="can't be opened"):
        LinesPipeline.from_crawler(crawler)


@pytest.mark.parametrize("name", ["tiktoks.jsonlines", "rejected.jsonlines"])
def test_a_file_of_another_kind_is_found_before_the_crawl_and_stays(
    crawler: Crawler, tmp_path: Path, name: str
) -> None:
    packed = gzip.compress(b'{"url":"x"}\n')
    (tmp_path / name).write_bytes(packed)
    with pytest.raises(NotLines, match=rf"{name} is gzip, no JSON lines, .*gunzip < "):
        LinesPipeline.from_crawler(crawler)
    assert (tmp_path / name).read_bytes() == packed


def test_a_link_to_a_disk_that_is_not_there_is_found_before_the_crawl(crawler: Crawler, tmp_path: Path) -> None:
    (tmp_path / "tiktoks.jsonlines").symlink_to(tmp_path / "unmounted" / "tiktoks.jsonlines")
    with pytest.raises(CouldNotWrite, match="a link to "):
        LinesPipeline.from_crawler(crawler)


def test_a_torn_tail_of_a_killed_run_is_moved_aside_and_counted(pipelines: Pipelines, tmp_path: Path) -> None:
    (tmp_path / "tiktoks.jsonlines").write_bytes(b'{"simulated":true}\n{"torn')
    pipelines.take(a_tiktok())
    assert len(lines(tmp_path)) == 2
    assert (tmp_path / "tiktoks.jsonlines.torn").read_bytes() == b'{"torn\n'
    assert pipelines.stats.get_value("tiktok/torn") == 1


def test_pages_counts_and_lines_need_no_scrapy() -> None:
    program = """
import sys
import tiktok_scraper.items, tiktok_scraper.lines, tiktok_scraper.counts.settling, tiktok_scraper.counts.wraps
print(sorted({name.partition(".")[0] for name in sys.modules} & {"scrapy", "twisted", "selenium"}))
"""
    root = ROOT
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=root)
    assert ran.stdout == "[]\n"
