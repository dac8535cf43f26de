"""scrapy crawl's exit codes, with a spider that needs no browser but walks through everything behind it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests import forks
from tests.project import ROOT
from tests.tiktok_scraper.runs.alerts.switch import switch

SETTINGS = """
from tiktok_scraper.settings import *
SPIDER_MODULES = ["canned_spiders"]
DOWNLOADER_MIDDLEWARES = {}
ITEM_PROCESSOR = "scrapy.pipelines.ItemPipelineManager"
"""

SPIDERS = '''
import asyncio
from scrapy import Request, Spider
from tiktok_scraper.errors import BadSetting
from tiktok_scraper.items import TikTok, creator_url, tiktok_url


class Canned(Spider):
    """Gives out so many TikToks from memory, then does what it is told."""

    name = "tiktok"

    def __init__(self, limit="10", items="10", then="", simulated="1", pace="0"):
        super().__init__()
        if not limit.isdigit():
            raise BadSetting(f"-a limit must be a whole number, not {limit!r}\\nor so")
        if then == "fault":
            raise KeyError("a fault of ours")
        self.limit, self.items, self.then = int(limit), int(items), then
        self.simulated, self.pace = simulated == "1", float(pace)

    async def start(self):
        yield Request("data:,1" if self.items else "data:,0")

    async def parse(self, response):
        number = int(response.text)
        if number:
            told = {"stats": {"likes": str(number), "comments": "1"}}
            yield TikTok(
                id=str(number), url=tiktok_url("a", str(number)), username=creator_url("a"), told=told,
                run=self.crawler.stats.get_value("tiktok/run"), simulated=self.simulated,
            )
        if number < self.items:
            await asyncio.sleep(self.pace)
            yield Request(f"data:,{number + 1}")
        elif self.then == "usage":
            self.crawler.stats.set_value("tiktok/usage_error", "there is no browser:\\n  install one")
            self.crawler.stats.set_value("tiktok/reason", "could-not-start")
        elif self.then != "nothing":
            self.crawler.stats.set_value("tiktok/reason", self.then or "limit")


class Stranger(Spider):
    name = "stranger"

    async def start(self):
        yield {"anything": 1}
'''

Crawl = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "canned_settings.py").write_text(SETTINGS)
    (tmp_path / "canned_spiders.py").write_text(SPIDERS)
    paths = os.pathsep.join([str(tmp_path), str(ROOT)])
    return {**os.environ, "PYTHONPATH": paths, "SCRAPY_SETTINGS_MODULE": "canned_settings"}


@pytest.fixture
def command(tmp_path: Path) -> list[str]:
    (tmp_path / "data").mkdir()
    return [*forks.PYTHON, "crawl", "-s", f"TIKTOK_DATA_DIR={tmp_path}/data"]


@pytest.fixture
def crawl(environment: dict[str, str], command: list[str]) -> Crawl:
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return forks.run([*command, *arguments], environment, 300)

    return run


def records(tmp_path: Path, name: str) -> list[dict[str, Any]]:
    path = tmp_path / "data" / name
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


def test_a_full_run_is_fit(crawl: Crawl, tmp_path: Path) -> None:
    ran = crawl("tiktok")
    assert ran.returncode == 0
    assert ran.stdout == ""
    lines = records(tmp_path, "tiktoks.jsonlines")
    start, end = records(tmp_path, "runs.jsonlines")
    assert [line["likes"] for line in lines] == list(range(1, 11))
    assert {line["run"] for line in lines} == {start["run"]} == {end["run"]}
    assert (end["verdict"], end["reason"], end["written"], end["asked"]) == ("fit", "limit", 10, 10)
    assert (end["bytes_from"], end["bytes_to"]) == (0, (tmp_path / "data" / "tiktoks.jsonlines").stat().st_size)
    summary = ran.stderr[ran.stderr.index("TikToks:") :]
    assert "most liked:      10 https://www.tiktok.com/@a/video/10\n" in summary
    assert "ended by:        limit\n" in summary
    assert "verdict:         fit\n" in summary
    assert f"file:            {tmp_path}/data/tiktoks.jsonlines\n" in summary
    assert ran.stderr == summary


def test_ended_early_with_enough_is_fit_and_the_reason_is_recorded(crawl: Crawl, tmp_path: Path) -> None:
    assert crawl("tiktok", "-a", "items=9", "-a", "then=captcha").returncode == 0
    assert records(tmp_path, "runs.jsonlines")[-1]["reason"] == "captcha"


def test_a_run_that_nobody_ended_does_not_claim_its_limit(crawl: Crawl, tmp_path: Path) -> None:
    ran = crawl("tiktok", "-a", "items=3", "-a", "then=nothing")
    assert ran.returncode == 2
    assert records(tmp_path, "runs.jsonlines")[-1]["reason"] == "request-dropped"
    assert "A turn of the walk was taken away by" in ran.stderr


def test_the_environment_says_where_the_data_go_as_it_does_to_the_notebooks(
    environment: dict[str, str], command: list[str], tmp_path: Path
) -> None:
    environment |= {"HOME": str(tmp_path), "TIKTOK_DATA_DIR": "~/mine"}
    program = command[: command.index("-s")]

    def run(*words: str) -> str:
        return forks.run(
            [*program, "tiktok", "-a", "limit=1", "-a", "items=1", *words], environment, 300, cwd=tmp_path
        ).stderr

    assert f"file:            {tmp_path}/mine/tiktoks.jsonlines\n" in run()
    assert f"file:            {tmp_path}/other/tiktoks.jsonlines\n" in run("-s", "TIKTOK_DATA_DIR=~/other")
    assert not (tmp_path / "~").exists()
    for folder in ("mine", "other"):
        assert len((tmp_path / folder / "tiktoks.jsonlines").read_text().splitlines()) == 1
        assert len((tmp_path / folder / "runs.jsonlines").read_text().splitlines()) == 2
        assert not (tmp_path / folder / "runs.jsonlines.torn").exists()
    told = subprocess.run(
        [sys.executable, "-m", "tiktok_scraper.runs"],
        env=environment, cwd=tmp_path, capture_output=True, text=True, timeout=300, check=True,
    )  # fmt: skip
    ran = json.loads((tmp_path / "mine" / "runs.jsonlines").read_text().splitlines()[0])["run"]
    assert ran in told.stdout


def test_too_few_is_exit_code_2_and_what_was_gathered_is_kept(crawl: Crawl, tmp_path: Path) -> None:
    ran = crawl("tiktok", "-a", "items=8")
    assert ran.returncode == 2
    assert "verdict:         unfit: 8 TikToks, fewer than 9\n" in ran.stderr
    assert len(records(tmp_path, "tiktoks.jsonlines")) == 8
    assert crawl("tiktok", "-a", "items=8", "-s", "TIKTOK_MIN_TIKTOKS=8").returncode == 0


def test_a_bad_verdict_is_exit_code_2(crawl: Crawl) -> None:
    assert crawl("tiktok", "-s", "TIKTOK_HEALTH_NULL_CREATORS=0.5").returncode == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("tiktok", "-a", "limit=many"), "-a limit must be a whole number, not 'many' or so"),
        (("tiktok", "-a", "colour=red"), "unexpected keyword argument 'colour'"),
        (("tiktok", "-a", "limit"), "Invalid -a value, use -a NAME=VALUE"),
        (("tiktok", "-s", "EXTENSIONS=5"), "'int' object is not iterable"),
        (("tiktok", "-s", "LOG_LEVEL=loud"), "LOG_LEVEL must be one of NOTSET, DEBUG"),
        (("tiktok", "-L", "loud"), "LOG_LEVEL must be one of NOTSET, DEBUG"),
        (("tiktok", "-s", "TIKTOK_SYNC_LINES=x"), "TIKTOK_SYNC_LINES must be a number, not 'x'"),
        (("tiktok", "-s", "TIKTOK_HEALTH_REJECTED=2"), "TIKTOK_HEALTH_REJECTED must be at least 0 and at most 1"),
        (("tiktok", "-s", "TIKTOK_DATA_DIR=/dev/null/x"), "/dev/null is a file where a folder should be"),
        (("tiktok", "-a", "items=0", "-a", "then=usage"), "there is no browser: install one"),
        ((), "give one spider, such as scrapy crawl tiktok; found none"),
        (("nosuch",), "there is no spider 'nosuch', but stranger, tiktok"),
    ],
    ids=str,
)
def test_what_the_user_can_mend_is_one_line_and_exit_code_1(
    crawl: Crawl, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    ran = crawl(*arguments)
    assert ran.returncode == 1
    line = ran.stderr.splitlines()[-1]
    assert line.startswith("scrapy crawl: ")
    assert said in line
    assert "Traceback" not in ran.stderr
    assert records(tmp_path, "tiktoks.jsonlines") == []
    assert ran.stderr == line + "\n"


@pytest.mark.parametrize("name", ["tiktoks.jsonlines", "runs.jsonlines"])
def test_a_bad_file_is_exit_code_1(crawl: Crawl, tmp_path: Path, name: str) -> None:
    (tmp_path / "data" / name).mkdir()
    ran = crawl("tiktok")
    assert ran.returncode == 1
    assert ran.stderr.count("\n") == 1
    assert f"data/{name} can't be opened" in ran.stderr


def test_a_file_of_the_other_kind_is_exit_code_1_and_stays_as_it_is(crawl: Crawl, tmp_path: Path) -> None:
    assert crawl("tiktok").returncode == 0
    before = (tmp_path / "data" / "tiktoks.jsonlines").read_bytes()
    ran = crawl("tiktok", "-a", "simulated=0")
    assert ran.returncode == 1
    assert "holds simulated lines and this run would add real ones" in ran.stderr.splitlines()[-1]
    assert (tmp_path / "data" / "tiktoks.jsonlines").read_bytes() == before
    assert records(tmp_path, "runs.jsonlines")[-1]["reason"] == "mixed-lines"


def test_a_fault_of_ours_shows_its_traceback(crawl: Crawl) -> None:
    ran = crawl("tiktok", "-a", "then=fault")
    assert ran.returncode == 1
    assert "Traceback" in ran.stderr
    assert ran.stderr.splitlines()[-1] == "scrapy crawl: a fault of this program: KeyError: 'a fault of ours'"


def test_other_spiders_keep_scrapys_codes_and_leave_no_files(crawl: Crawl, tmp_path: Path) -> None:
    ran = crawl("stranger", "-L", "INFO")
    assert ran.returncode == 0
    assert "Overridden settings" in ran.stderr
    assert list((tmp_path / "data").iterdir()) == []


@pytest.mark.parametrize(("after", "code"), [(9, 0), (2, 2)])
@pytest.mark.system
def test_a_stop_follows_the_same_rule(
    environment: dict[str, str], command: list[str], tmp_path: Path, after: int, code: int
) -> None:
    lines = tmp_path / "data" / "tiktoks.jsonlines"
    arguments = ["tiktok", "-a", "items=10000", "-a", "pace=0.3"]
    with subprocess.Popen([*command, *arguments], env=environment, cwd=ROOT, stderr=subprocess.PIPE) as crawling:
        try:
            while not lines.exists() or lines.read_bytes().count(b"\n") < after:
                assert crawling.poll() is None
                time.sleep(0.02)
            crawling.send_signal(signal.SIGTERM)
            _, said = crawling.communicate(timeout=300)
        finally:
            crawling.kill()
    assert crawling.returncode == code
    end = records(tmp_path, "runs.jsonlines")[-1]
    assert (end["event"], end["reason"]) == ("end", "stopped")
    assert end["written"] == len(records(tmp_path, "tiktoks.jsonlines")) >= after
    assert b"Traceback" not in said


def test_a_switch_is_told_in_order_and_a_command_finds_the_record(crawl: Crawl, tmp_path: Path) -> None:
    with switch() as told:
        unfit = (
            f"cp {tmp_path}/data/runs.jsonlines {tmp_path}/seen; cat > {tmp_path}/in; sleep 0.5; touch {tmp_path}/done"
        )
        ran = crawl(
            *("tiktok", "-a", "items=3", "-a", "then=captcha"),
            *("-s", f"TIKTOK_PING_URL={told.url}/u-secret?a=1", "-s", f"TIKTOK_ON_UNFIT={unfit}"),
        )
        (started, ended) = told.calls
    assert ran.returncode == 2
    assert started == ("GET", "/u-secret/start?a=1", "")
    run = records(tmp_path, "runs.jsonlines")[-1]["run"]
    assert ended[:2] == ("POST", "/u-secret/fail?a=1")
    assert ended[2] == f"unfit: 3 of 10 TikToks, ended by captcha, run {run}\n3 TikToks, fewer than 9"
    assert json.loads((tmp_path / "in").read_text())["because"] == ["3 TikToks, fewer than 9"]
    assert (tmp_path / "seen").read_text() == (tmp_path / "data" / "runs.jsonlines").read_text()
    assert (tmp_path / "done").exists(), "the command is waited for"
    assert "secret" not in ran.stderr + ran.stdout + (tmp_path / "seen").read_text()


def test_a_switch_that_never_answers_changes_no_exit_code(crawl: Crawl, tmp_path: Path) -> None:
    with (tmp_path / "canned_settings.py").open("a") as settings:
        settings.write("from tiktok_scraper.runs.alerts import ping\nping.TIMEOUT_S, ping.PAUSES_S = 0.3, (0, 0)\n")
    with switch("hang", "hang", "drop", "500", "hang", "hang") as told:
        ran = crawl("tiktok", "-s", f"TIKTOK_PING_URL={told.url}/u-secret")
    assert ran.returncode == 0
    assert records(tmp_path, "runs.jsonlines")[-1]["verdict"] == "fit"
    assert "The ping TIKTOK_PING_URL did not arrive" in ran.stderr
    assert "secret" not in ran.stderr


def test_a_crawl_that_cannot_begin_is_told_as_failed(crawl: Crawl) -> None:
    with switch() as told:
        ran = crawl("tiktok", "-s", f"TIKTOK_PING_URL={told.url}/u", "-s", "TIKTOK_HEALTH_LOST=2")
        assert told.calls == [
            ("POST", "/u/fail", "could not start: TIKTOK_HEALTH_LOST must be at least 0 and at most 1, not '2'")
        ]
    assert ran.returncode == 1
    refused = crawl("tiktok", "-s", "TIKTOK_PING_URL=u-secret")
    assert refused.returncode == 1
    assert "TIKTOK_PING_URL must be an address" in refused.stderr
    assert "u-secret" not in refused.stderr
