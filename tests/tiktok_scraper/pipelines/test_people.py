"""At collection: pseudonyms alone where they are wanted, and nothing of whom to leave out."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import pytest
from itemadapter import ItemAdapter
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem
from scrapy.utils.test import get_crawler

from tests.tiktok_scraper.pipelines.test_lines import ID, a_tiktok, lines
from tests.tiktok_scraper.privacy.people import KEY, bytes_below, read, write
from tiktok_scraper.config import CrawlConfig
from tiktok_scraper.errors import BadSetting, MixedLines
from tiktok_scraper.lines import check_names, encode
from tiktok_scraper.lines.__main__ import main
from tiktok_scraper.lines.spool.keep import append_to
from tiktok_scraper.lines.spool.places import places
from tiktok_scraper.pages.facts import Unreadable
from tiktok_scraper.pipelines import CountsPipeline, LinesPipeline, PeoplePipeline
from tiktok_scraper.privacy.folder import Folder
from tiktok_scraper.privacy.forget import forget
from tiktok_scraper.privacy.person import Person
from tiktok_scraper.privacy.pseudonymise import pseudonymise
from tiktok_scraper.privacy.pseudonyms import Pseudonyms

PSEUDONYMS = Pseudonyms(KEY)
CARD = {"author": {"id": "69", "uniqueId": "someone"}, "stats": {"diggCount": 1}}
OF_ANOTHER = {"url": f"https://www.tiktok.com/@someone/video/{ID}", "likes": 5, "username": "someone"}


@pytest.fixture
def key(tmp_path: Path) -> Path:
    path = tmp_path / "key"
    path.write_bytes(KEY)
    path.chmod(0o600)
    return path


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


class All:
    """The three pipelines, as Scrapy chains them."""

    def __init__(self, data: Path, key: Path, **settings: Any) -> None:
        told = {"TIKTOK_DATA_DIR": str(data), "TIKTOK_PSEUDONYM_KEY": str(key)}
        self.crawler: Crawler = get_crawler(settings_dict=told | settings)
        self.stats = self.crawler.stats
        self.ended: list[str] = []
        self.lines = LinesPipeline.from_crawler(self.crawler)
        self.lines._end_run = self.ended.append
        self.parts = [PeoplePipeline.from_crawler(self.crawler), CountsPipeline.from_crawler(self.crawler), self.lines]

    def take(self, *items: Any) -> list[Any]:
        came = []
        for given in items:
            item = given
            try:
                for part in self.parts:
                    item = part.process_item(item)
                came.append(item)
            except DropItem:
                continue
        return came


def test_only_pseudonyms_are_written_exported_and_logged(
    data: Path, key: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    pipelines = All(data, key, TIKTOK_PSEUDONYMISE="True")
    given = {"creator_id": "69", "audio": "original sound - someone", "caption": "someone"}
    odd = a_tiktok("2", likes="many", **given), a_tiktok("", **given), Unreadable("no id: someone", CARD)
    came = pipelines.take(a_tiktok(**given), dict(OF_ANOTHER, url=OF_ANOTHER["url"][:-1] + "9"), *odd)
    assert [line["username"] for line in lines(data)] == [f"https://www.tiktok.com/@{PSEUDONYMS.handle('someone')}"] * 3
    assert [line["url"] for line in lines(data)[:1]] == [f"https://www.tiktok.com/@/video/{ID}"]
    assert len(lines(data, "rejected.jsonlines")) == 2
    assert b"someone" not in bytes_below(data)
    assert "someone" not in caplog.text
    assert all("someone" not in str(dict(ItemAdapter(item))) for item in came)


def test_who_is_to_be_left_out_is_only_counted_from_the_moment_on(data: Path, key: Path) -> None:
    for settings in ({}, {"TIKTOK_PSEUDONYMISE": True}):
        write(data / "tiktoks.jsonlines", [])
        (data / "forgotten.jsonlines").unlink(missing_ok=True)
        pipelines = All(data, key, **settings)
        pipelines.take(
            a_tiktok("1", creator_id="69"), a_tiktok("2", creator_id="70", username="https://www.tiktok.com/@b")
        )
        forget(Folder.at(data), Person({"69", PSEUDONYMS.creator("69")}, {"someone"}), PSEUDONYMS)
        assert [line["id"] for line in lines(data)] == ["2"]
        pipelines.take(
            a_tiktok("3", creator_id="69"), a_tiktok("4", username=None), dict(OF_ANOTHER), Unreadable("x", CARD)
        )
        assert [line["id"] for line in lines(data)] == ["2"]
        assert pipelines.stats.get_value("tiktok/forgotten") == 4
        assert not (data / "rejected.jsonlines").exists()


def test_a_line_that_waited_for_the_lock_is_judged_again(data: Path, key: Path) -> None:
    pipelines = All(data, key)
    item = a_tiktok("1", creator_id="69")
    for part in pipelines.parts[:2]:
        item = part.process_item(item)
    write(data / "tiktoks.jsonlines", [])
    forget(Folder.at(data), Person({"69"}), PSEUDONYMS)
    with pytest.raises(DropItem, match="left out"):
        pipelines.lines.process_item(item)
    assert lines(data) == []


def test_a_run_whose_file_was_pseudonymised_meanwhile_ends(data: Path, key: Path) -> None:
    pipelines = All(data, key)
    pipelines.take(a_tiktok("1", creator_id="69"))
    pseudonymise(Folder.at(data), PSEUDONYMS)
    pipelines.take(a_tiktok("2", creator_id="69"))
    assert pipelines.ended == ["mixed-lines"]
    assert len(lines(data)) == 1
    check_names(data / "tiktoks.jsonlines", PSEUDONYMS.name)


def test_kinds_are_not_mixed_and_the_visit_is_not_made(data: Path, key: Path) -> None:
    write(data / "tiktoks.jsonlines", [{"url": "https://www.tiktok.com/@someone/video/1", "username": None}])
    with pytest.raises(MixedLines, match="pseudonymise it first"):
        All(data, key, TIKTOK_PSEUDONYMISE=True)
    pseudonymise(Folder.at(data), PSEUDONYMS)
    All(data, key, TIKTOK_PSEUDONYMISE=True)


def test_the_first_run_makes_a_key_and_says_so(data: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    key = tmp_path / "config" / "key"
    All(data, key, TIKTOK_PSEUDONYMISE=True).take(a_tiktok())
    assert f"in {key}: keep it apart" in caplog.text
    key.unlink()
    with pytest.raises(BadSetting, match="no key of pseudonyms"):
        All(data, key, TIKTOK_PSEUDONYMISE=True)
    assert not key.exists()
    write(data / "tiktoks.jsonlines", [{"url": "https://www.tiktok.com/@someone/video/1"}])
    with pytest.raises(MixedLines, match="pseudonymise it first"):
        All(data, key, TIKTOK_PSEUDONYMISE=True)
    assert not key.exists()


def test_without_the_key_nobody_could_be_left_out_so_no_run_begins(data: Path, key: Path) -> None:
    write(data / "tiktoks.jsonlines", [])
    forget(Folder.at(data), Person({"69"}), PSEUDONYMS)
    key.unlink()
    with pytest.raises(BadSetting, match="no key of pseudonyms"):
        All(data, key)
    assert read(data / "tiktoks.jsonlines") == []


@pytest.mark.parametrize(
    "other", [{"TIKTOK_KEEP_RAW": True}, {"TIKTOK_EVIDENCE": 1}, {"TIKTOK_EXTRA_FIELDS": "caption"}]
)
def test_what_keeps_names_does_not_go_with_it(other: dict[str, Any]) -> None:
    with pytest.raises(BadSetting, match=f"TIKTOK_PSEUDONYMISE does not go with {next(iter(other))}"):
        CrawlConfig.from_settings({"TIKTOK_PSEUDONYMISE": True, **other})


def test_what_waits_in_a_spool_is_appended_without_whom_to_leave_out(
    data: Path, key: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    write(data / "tiktoks.jsonlines", [])
    forget(Folder.at(data), Person({"69"}, {"someone"}), PSEUDONYMS)
    elsewhere = places(data)[1]  # where no forgetting looks
    for number, creator in (("1", "69"), ("2", "70"), ("3", "someone")):
        told = {"id": number, "url": f"https://www.tiktok.com/@x{number}/video/{number}", "simulated": False}
        named = {"username": f"https://www.tiktok.com/@{creator}"} if creator == "someone" else {"creator_id": creator}
        append_to(elsewhere, "20261122T220700Z-3fa9.jsonlines", encode({**told, **named}))
    assert main(["repair", str(data / "tiktoks.jsonlines")]) == 1  # it has no key to tell whom
    assert lines(data) == []
    pipelines = All(data, key)
    assert [line["id"] for line in lines(data)] == ["2"]
    assert not elsewhere.path.exists()
    (absorbed,) = pipelines.stats.get_value("tiktok/absorbed")
    assert (absorbed["lines"], absorbed["forgotten"]) == (1, 2)


def test_a_spool_of_names_is_no_part_of_a_file_of_pseudonyms(data: Path, key: Path) -> None:
    write(data / "tiktoks.jsonlines", [{"url": "https://www.tiktok.com/@someone/video/1", "creator_id": "69"}])
    pseudonymise(Folder.at(data), PSEUDONYMS)
    append_to(places(data)[0], "20261122T220700Z-3fa9.jsonlines", encode({"url": "https://www.tiktok.com/@b/video/2"}))
    pipelines = All(data, key, TIKTOK_PSEUDONYMISE=True)
    assert len(lines(data)) == 1
    assert pipelines.stats.get_value("tiktok/absorbed") is None
    assert (data / "spool" / "20261122T220700Z-3fa9.jsonlines").exists()
