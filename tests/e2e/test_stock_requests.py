"""The code of a scrapy-selenium spider works here, on Selenium 4, without blocking the reactor."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from replica.options import Options
from replica.serving.server import Replica
from tests import forks
from tests.e2e.conftest import run_to_end

# The usage section of scrapy-selenium's own README in one spider: its address, its condition and its script are those
# of this page, and async start is Scrapy 2.19's. What it reads of meta["driver"] is refused, see below.
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
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy_selenium import SeleniumRequest as Stock
from selenium.webdriver.common.by import By
from selenium.webdriver.support import expected_conditions as EC
from tiktok_scraper.browser_requests import SeleniumRequest as Ours

class Retry(scrapy.Spider):
    name = "retry"
    told = dict(
        wait_time=10,
        wait_until=EC.presence_of_element_located((By.CSS_SELECTOR, "[data-e2e=feed-video]")),
        screenshot=True,
        script="document.title = 'scripted ' + document.title.length",
    )

    async def start(self):
        for kind in (Stock, Ours):
            yield kind(url="{url}", callback=self.parse, dont_filter=True, **self.told)

    def parse(self, response):
        turn = response.meta.get("turn", 0)
        yield {{"turn": turn, "title": response.css("title::text").get(), "refused": self.refusal(response),
               "cards": len(response.css("[data-e2e=feed-video]")), "png": response.meta["screenshot"][:4].hex()}}
        again = [get_retry_request(response.request, spider=self), response.request.replace(dont_filter=True), None]
        if again[turn]:
            again[turn].meta.pop("screenshot")
            again[turn].meta["turn"] = turn + 1
            yield again[turn]

    def refusal(self, response):
        try:
            return response.meta["driver"].title
        except Exception as error:
            return f"{{type(error).__name__}}: {{error}}"
"""
ERRBACK_SPIDER = """
import scrapy
from scrapy_selenium import SeleniumRequest
from selenium.common.exceptions import TimeoutException
from selenium.webdriver.common.by import By
from selenium.webdriver.support import expected_conditions as EC

class Errback(scrapy.Spider):
    name = "errback"

    async def start(self):
        yield SeleniumRequest(
            url="{url}", wait_time=1, wait_until=EC.presence_of_element_located((By.ID, "never")), errback=self.err,
            meta={{"selenium": True}},
        )

    def parse(self, response):
        yield {{"page": response.url}}

    def err(self, failure):
        yield {{"type": failure.type.__name__, "caught": bool(failure.check(TimeoutException)),
               "said": failure.getErrorMessage(), "mine": failure.request.meta["selenium"]}}
"""


def run_spider(source: str, folder: Path) -> list[dict[str, object]]:
    """Run a stranger's spider in this project, as `scrapy runspider` does, and return its items."""
    (folder / "spider.py").write_text(source)
    out = folder / "items.jsonl"
    words = ["runspider", str(folder / "spider.py"), "-O", str(out), "-s", f"TIKTOK_DATA_DIR={folder}"]
    done = run_to_end([*forks.PYTHON, *words, "-s", "TIKTOK_BLOCK_MEDIA=True"])
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
def test_fields_survive_a_retry_and_a_replace_and_the_driver_is_withheld(folder: Path) -> None:
    with Replica(Options()) as site:
        items = run_spider(RETRY_SPIDER.format(url=site.url), folder)
    assert sorted(str(item["turn"]) for item in items) == ["0", "0", "1", "1", "2", "2"]
    for item in items:
        assert str(item["title"]).startswith("scripted"), "script"
        assert int(str(item["cards"])) >= 1, "wait_time and wait_until"
        assert item["png"] == b"\x89PNG".hex(), "screenshot"
        assert "DriverWithheld" in str(item["refused"])
        assert "script=" in str(item["refused"])


@pytest.mark.browser
def test_a_wait_that_is_not_fulfilled_reaches_the_errback_as_selenium_s_timeout(folder: Path) -> None:
    with Replica(Options()) as site:
        (item,) = run_spider(ERRBACK_SPIDER.format(url=site.url), folder)
    said = f"wait_until was not fulfilled within 1 s on {site.url}: presence_of_element_located(('id', 'never'))"
    assert item["caught"] is True
    assert (item["type"], str(item["said"]).strip()) == ("TimeoutException", f"Message: {said}")
    assert item["mine"] is True, "a spider's own meta stays its own"
