"""The user's command after an unfit run: real shells, which get data and never a line made of it."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import psutil
import pytest
from scrapy import Spider
from scrapy.exceptions import NotConfigured
from scrapy.utils.test import get_crawler

from tiktok_scraper.errors import BadSetting
from tiktok_scraper.runs.alerts.on_unfit import OnUnfit, run_command

UNFIT = {"verdict": "unfit", "reason": "captcha", "run": "20261122T220700Z-3fa9", "asked": 9, "written": 3}
UNFIT |= {"because": ["3 TikToks, fewer than 9", "5 of 9 without likes"], "warnings": ["odd"], "simulated": False}


class OurSpider(Spider):
    name = "tiktok"


def ended(folder: Path, line: str, **stats: Any) -> OnUnfit:
    crawler = get_crawler(OurSpider, {"TIKTOK_ON_UNFIT": line, "TIKTOK_DATA_DIR": str(folder)})
    for name, value in stats.items():
        crawler.stats.set_value(f"tiktok/{name}", value)
    hook = OnUnfit.from_crawler(crawler)
    hook.spider_closed()
    assert hook.wait()
    return hook


def test_it_gets_the_verdict_by_stdin_and_the_environment(tmp_path: Path) -> None:
    ended(tmp_path, f"cat > {tmp_path}/in; env > {tmp_path}/env", **UNFIT)
    assert json.loads((tmp_path / "in").read_text()) == {**UNFIT, "data_dir": str(tmp_path)}
    around = dict(line.split("=", 1) for line in (tmp_path / "env").read_text().splitlines() if "=" in line)
    assert around["TIKTOK_RUN"] == "20261122T220700Z-3fa9"
    assert (around["TIKTOK_REASON"], around["TIKTOK_VERDICT"]) == ("captcha", "unfit")
    assert around["TIKTOK_BECAUSE"] == "3 TikToks, fewer than 9; 5 of 9 without likes"
    assert around["PATH"] == os.environ["PATH"]


def test_a_fit_run_calls_nobody(tmp_path: Path) -> None:
    ended(tmp_path, f"touch {tmp_path}/called", **{**UNFIT, "verdict": "fit"})
    assert not (tmp_path / "called").exists()


def test_what_a_page_says_is_never_read_as_a_command(tmp_path: Path) -> None:
    evil = f"x'; touch {tmp_path}/owned; $(touch {tmp_path}/owned) `touch {tmp_path}/owned`\0\n"
    ended(tmp_path, f'printf %s "$TIKTOK_BECAUSE" > {tmp_path}/told', **{**UNFIT, "because": [evil], "reason": evil})
    assert not (tmp_path / "owned").exists()
    assert (tmp_path / "told").read_text() == evil.replace("\0", "")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("exit 3", "TIKTOK_ON_UNFIT ended with exit code 3"),
        ("no-such-program-here 2>/dev/null", "TIKTOK_ON_UNFIT ended with exit code 127"),
    ],
)
def test_how_it_fails_is_logged(tmp_path: Path, line: str, said: str, caplog: pytest.LogCaptureFixture) -> None:
    ended(tmp_path, line, **UNFIT)
    assert [record.getMessage() for record in caplog.records] == [said]


def test_one_that_reads_nothing_gets_its_way(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    ended(tmp_path, "exec <&-; exit 0", **{**UNFIT, "because": ["x" * 100_000]})
    assert caplog.records == []


def test_one_that_hangs_is_killed_with_all_it_started(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    child = f"sh -c 'echo $$ > {tmp_path}/child; exec sleep 1000'"
    line = f"{child} & echo $$ > {tmp_path}/leader; trap '' TERM; wait; sleep 1000"
    run_command(line, {**UNFIT, "data_dir": str(tmp_path)}, limit=1.5)
    assert "had not ended after 1.5 s and was killed" in caplog.text
    pids = [int((tmp_path / name).read_text()) for name in ("child", "leader")]
    _, alive = psutil.wait_procs([psutil.Process(pid) for pid in pids if psutil.pid_exists(pid)], timeout=20)
    assert [process for process in alive if process.status() != psutil.STATUS_ZOMBIE] == []


def test_what_is_no_command_line_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="TIKTOK_ON_UNFIT"):
        ended(tmp_path, ["mail"], **UNFIT)  # type: ignore[arg-type]
    for line in ("", "  "):
        with pytest.raises(NotConfigured):
            ended(tmp_path, line, **UNFIT)
