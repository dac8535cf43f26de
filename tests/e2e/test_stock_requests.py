"""The code of a scrapy-selenium spider works here, on Selenium 4, without blocking the reactor."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from replica.options import Options
from replica.server import Replica
from tests.e2e.conftest import ROOT, environment

# The usage section of scrapy-selenium's own README, put into one spider; only the address is changed.
README_SPIDER = """
import scrapy
from scrapy_selenium import SeleniumRequest
from selenium.webdriver.common.by import By
from selenium.webdriver.support import expected_conditions as EC

class Readme(scrapy.Spider):
    name = "readme"

    async def start(self):
        yield SeleniumRequest(url="{url}", callback=self.parse_result)
        yield SeleniumRequest(
            url="{url}",
            callback=self.parse_result,
            wait_time=10,
            wait_until=EC.element_to_be_clickable((By.CSS_SELECTOR, "[data-e2e=feed-video]")),
            dont_filter=True,
        )
        yield SeleniumRequest(url="{url}", callback=self.parse_shot, screenshot=True, dont_filter=True)
        yield SeleniumRequest(
            url="{url}", callback=self.parse_result, script="document.title = 'scripted'", dont_filter=True,
        )

    def parse_result(self, response):
        yield {{"title": response.selector.xpath("//title/text()").get(),
               "cards": len(response.css("[data-e2e=feed-video]"))}}

    def parse_shot(self, response):
        yield {{"png": response.meta["screenshot"][:4].hex()}}
"""
RETRY_SPIDER = """
import scrapy
from scrapy_selenium import SeleniumRequest as Stock
from tiktok_scraper.browser_requests import SeleniumRequest as Ours

class Retry(scrapy.Spider):
    name = "retry"
    script = "document.title = 'scripted ' + document.title.length"

    async def start(self):
        for kind in (Stock, Ours):
            yield kind(url="{url}", callback=self.parse, script=self.script, dont_filter=True)

    def parse(self, response):
        if not response.meta.get("again"):
            again = response.request.replace(dont_filter=True)
            again.meta["again"] = True
            yield again
        else:
            try:
                response.meta["driver"].title
                refused = ""
            except Exception as error:
                refused = f"{{type(error).__name__}}: {{error}}"
            yield {{"title": response.css("title::text").get(), "refused": refused}}
"""


def run_spider(source: str, folder: Path) -> list[dict[str, object]]:
    """Run a stranger's spider in this project, as `scrapy runspider` does, and return its items."""
    (folder / "spider.py").write_text(source)
    out = folder / "items.jsonl"
    done = subprocess.run(
        [sys.executable, "-m", "scrapy.cmdline", "runspider", str(folder / "spider.py"), "-O", str(out),
         "-s", f"TIKTOK_DATA_DIR={folder}", "-s", "TIKTOK_BLOCK_MEDIA=True"],
        cwd=ROOT, env=environment(), capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr, done.stderr
    return [json.loads(line) for line in out.read_text().splitlines()]


@pytest.mark.browser
def test_the_spider_of_scrapy_selenium_s_own_readme_runs(folder: Path) -> None:
    with Replica(Options(latency_ms=300)) as site:
        items = run_spider(README_SPIDER.format(url=site.url), folder)
    assert len(items) == 4
    assert {"png": b"\x89PNG".hex()} in items
    assert "scripted" in {item.get("title") for item in items}
    assert max(int(str(item.get("cards", 0))) for item in items) >= 1, "wait_until waited for the feed"
    assert not (folder / "runs.jsonlines").exists(), "another spider's crawl is no run of ours"


@pytest.mark.browser
def test_fields_survive_replace_and_the_driver_is_withheld(folder: Path) -> None:
    with Replica(Options()) as site:
        items = run_spider(RETRY_SPIDER.format(url=site.url), folder)
    assert len(items) == 2
    for item in items:
        assert str(item["title"]).startswith("scripted"), "the script was run again after replace()"
        assert "DriverWithheld" in str(item["refused"])
        assert "script=" in str(item["refused"])
