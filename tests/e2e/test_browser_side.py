"""What the browser is made to do, and in which thread."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import time
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.e2e.against_truth import as_printed
from tests.e2e.test_truth import check
from tiktok_scraper.settings import EXTENSIONS

WATCH = {"EXTENSIONS": json.dumps({**EXTENSIONS, "tests.e2e.thread_watch.ThreadWatch": 1})}


@pytest.mark.browser
def test_two_browsers_share_one_run_each_in_a_thread_of_its_own_that_is_not_the_reactors(crawl: Any) -> None:
    """With media, which is blocked only where that is asked for (test_truth.py)."""
    crawled = crawl(limit=16, settings={**WATCH, "TIKTOK_BLOCK_MEDIA": False}, more=("-a", "browsers=2"))
    assert crawled.exit_code == 0, crawled.printed
    assert len({line["id"] for line in crawled.lines}) == len(crawled.lines) >= 16
    assert {line["session"] for line in crawled.lines} == {1, 2}
    told = json.loads((crawled.folder / "threads.json").read_text())
    assert told["driver"] == ["browser-1_0", "browser-2_0"]
    assert told["reactor"] not in told["driver"]
    assert told["ticks"] > 20, "the reactor went on while the browsers worked"
    asked = {path.split("/")[1] for _, path, _ in crawled.requests}
    assert asked >= {"video", "obj"}, "clips and covers"


@pytest.mark.browser
def test_twelve_tiktoks_through_a_chromedriver_used_as_a_remote(crawl: Any, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    driver = shutil.which("chromedriver")
    assert driver
    with subprocess.Popen([driver, f"--port={port}"], stdout=subprocess.DEVNULL) as remote:
        try:
            wait_for_port(port)
            crawled = crawl(limit=12, settings={"SELENIUM_COMMAND_EXECUTOR": f"http://127.0.0.1:{port}"})
        finally:
            remote.terminate()
    check(crawled, 12, "b", "auto")


def wait_for_port(port: int) -> None:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/status", timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    pytest.fail("the remote chromedriver did not come up")


@pytest.mark.browser
def test_the_evidence_picture_shows_the_counts_line_of_the_page(crawl: Any) -> None:
    """Read back by OCR, at three times the size; the likes are printed as they overflowed, as in 2022."""
    if not shutil.which("tesseract"):
        pytest.skip("tesseract is not installed (apt-get install tesseract-ocr)")
    settings = {
        "TIKTOK_EVIDENCE": True,
        "SELENIUM_DRIVER_ARGUMENTS": "--force-device-scale-factor=3",
        "TIKTOK_BLOCK_MEDIA": False,
    }
    crawled = crawl(limit=14, era="a", settings=settings)
    overflowed = [line for line in crawled.lines if line["user_likes_repair"]]
    assert overflowed, "the replica's world has such creators among the first"
    for line in overflowed:
        name = line["username"].rpartition("/@")[2]
        (picture,) = (crawled.folder / "evidence").glob(f"*/{name}.png")
        with Image.open(picture) as image:
            assert image.width > image.height
        read = subprocess.run(
            ["tesseract", str(picture), "-", "--psm", "7"], capture_output=True, text=True, check=True
        ).stdout
        text = read.translate(str.maketrans("\u2014\u2013\u2212", "---", " ,"))
        assert line["user_likes_shown"] in text, (name, read)
        assert f"{as_printed(line['user_followers'])}Followers" in text.replace(" ", ""), (name, read)
        assert int(line["user_likes_shown"]) < 0


@pytest.mark.browser
@pytest.mark.parametrize("era", ["a", "b", "c"])
def test_a_site_slow_to_follow_its_address_is_not_run_over(crawl: Any, era: str) -> None:
    crawled = crawl(limit=6, era=era, swap_ms=1000)
    check(crawled, 6, era, "auto")
    assert "passed-over" not in crawled.end["note"]
