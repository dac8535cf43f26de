"""Spiders that know nothing of this project: one as it was written in 2022, unchanged but for its sleeps."""

from __future__ import annotations

import json
import re
import shutil
import struct
import time
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from urllib.parse import unquote
from urllib.request import urlopen

import pytest
from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.support.wait import WebDriverWait

from replica.options import Options
from replica.serving.server import Replica
from tests.replica.site.site_watch import ARGUMENTS

pytestmark = pytest.mark.browser

SLEEP = 0.2  # a second or two in 2022


@dataclass
class Row:
    """What a spider of 2022 kept of a TikTok."""

    url: str
    audio: str
    audio_url: str
    likes: str
    comments: str
    username: str
    user_followers: str
    user_likes: str


class SpiderOf2022:
    """Clicks the first video, reads the right-hand side, hovers the name, presses the down arrow, and so on."""

    def __init__(self, driver: WebDriver, address: str) -> None:
        self.driver = driver
        self.driver.get(address)
        time.sleep(4 * SLEEP)
        self.driver.find_element(By.CLASS_NAME, "e1yey0rl0").click()
        time.sleep(2 * SLEEP)

    def read(self) -> Row:
        """The TikTok on screen."""
        viewer = self.driver.find_element(By.CLASS_NAME, "e1mecfx00")
        music = viewer.find_element(By.CLASS_NAME, "epjbyn0").find_element(By.TAG_NAME, "a")
        likes = viewer.find_element(By.CSS_SELECTOR, ".e1hk3hf90:nth-child(1) .e1hk3hf92").text
        comments = viewer.find_element(By.CSS_SELECTOR, ".e1hk3hf90:nth-child(2) .e1hk3hf92").text
        name = viewer.find_element(By.CLASS_NAME, "evv7pft1")
        ActionChains(self.driver, duration=0).move_to_element(name).perform()
        text = viewer.find_element(By.CLASS_NAME, "er095117").text
        while "--" in text:
            time.sleep(SLEEP / 4)
            text = viewer.find_element(By.CLASS_NAME, "er095117").text
        followers, rest = text.split("Followers")
        return Row(
            url=self.driver.current_url.split("?")[0],
            audio=music.text,
            audio_url=music.get_attribute("href") or "",
            likes=likes,
            comments=comments,
            username=name.text,
            user_followers=followers,
            user_likes=rest.split("Likes")[0],
        )

    def next(self) -> None:
        """On to the next TikTok."""
        shown = self.link()
        self.driver.find_element(By.TAG_NAME, "body").send_keys(Keys.ARROW_DOWN)
        # Where that spider slept for two seconds, this one waits for what changes last.
        WebDriverWait(self.driver, 10, SLEEP / 4).until(lambda _: self.link() != shown)

    def link(self) -> str:
        """The text of "Copy link"."""
        return str(self.driver.execute_script("return document.querySelector('.ehlq8k34').textContent"))


@pytest.fixture(scope="module")
def driver() -> Iterator[WebDriver]:
    chromium, chromedriver = shutil.which("chromium"), shutil.which("chromedriver")
    if not chromium or not chromedriver:
        pytest.skip("needs chromium and chromedriver on the path")
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for argument in ARGUMENTS:
        options.add_argument(argument)
    opened = webdriver.Chrome(options=options, service=webdriver.ChromeService(chromedriver))
    opened.implicitly_wait(5)
    yield opened
    opened.quit()


def test_a_spider_of_2022_collects_forty_tiktoks_unchanged(driver: WebDriver) -> None:
    options = Options(era="a", classes="2022", profile="2022", latency_ms=30, card_delay_ms=30, creator_failures=0)
    with Replica(options) as site:
        spider = SpiderOf2022(driver, site.url)
        rows = []
        for _ in range(40):
            rows.append(spider.read())
            spider.next()
        told = {line["id"]: line for line in site.truth()}

    assert len({row.url for row in rows}) == len(rows) == 40
    for row in rows:
        truth = told[row.url.rsplit("/", 1)[1]]
        assert unquote(row.url).endswith(f"/@{row.username}/{truth['kind']}/{truth['id']}")
        assert unquote(truth["username"]).endswith(f"/@{row.username}")
        assert row.audio == truth["audio"]
        assert row.audio_url.startswith(site.base + "/music/")
        assert row.audio_url.rsplit("-", 1)[1] == truth["audio_id"]
        assert row.likes == printed_in_2022(truth["likes"])
        assert row.comments == printed_in_2022(truth["comments"])
        creator = truth["creator"]
        assert row.user_followers == printed_in_2022(creator["user_followers"])
        assert row.user_likes == printed_in_2022(as_int32(creator["user_likes"]))


def as_int32(total: int) -> int:
    """What is left of a total in 32 bits with a sign."""
    return int(struct.unpack("<i", struct.pack("<I", total % 2**32))[0])


def test_a_feed_tool_of_2025_reads_the_column_without_opening_anything(driver: WebDriver) -> None:
    """As several do: the article on screen, the id in its player, the last of the round buttons for the next."""
    on_screen = """return [...document.querySelectorAll('article[data-e2e="recommend-list-item-container"]')]
      .find((a) => Math.abs(a.getBoundingClientRect().top) < innerHeight / 2)"""
    for era in ("b", "c"):
        with Replica(Options(era=era, latency_ms=30)) as site:
            driver.get(site.url)
            seen = {}
            for _ in range(8):
                time.sleep(3 * SLEEP)
                article = driver.execute_script(on_screen)
                if player := article.find_elements(By.XPATH, './/div[starts-with(@id, "xgwrapper-")]'):
                    name = article.find_element(By.CSS_SELECTOR, '[class*="DivCreatorInfoContainer"] a')
                    likes = article.find_elements(By.CSS_SELECTOR, 'strong[data-e2e="like-count"]')
                    id_ = (player[0].get_attribute("id") or "").rsplit("-", 1)[1]
                    seen[id_] = (name.get_attribute("href"), [count.text for count in likes])
                driver.find_elements(By.CSS_SELECTOR, '[class*="DivFeedNavigationContainer"] button')[-1].click()
            told = {line["id"]: line for line in site.truth()}

        assert len(seen) >= 5
        for id_, (href, likes) in seen.items():
            assert unquote(href or "").endswith("/@" + unquote(told[id_]["username"]).rsplit("/@", 1)[1])
            assert likes == ([] if told[id_]["likes"] is None else [printed_in_2022(told[id_]["likes"])])


@pytest.mark.parametrize(("era", "script"), [("a", "SIGI_STATE"), ("b", "__UNIVERSAL_DATA_FOR_REHYDRATION__")])
def test_a_page_reader_without_a_browser_finds_the_item_in_a_tiktoks_own_page(era: str, script: str) -> None:
    """As the download tools do: the script element by its exact text, then a few keys."""
    with Replica(Options(era=era, latency_ms=0)) as site:
        list_ = f"{site.base}/api/recommend/item_list/?count=9"
        items = json.load(urlopen(list_))["itemList"]
        wanted = next(item for item in items if item.get("video") and " " not in item["author"]["uniqueId"])
        handle, id_ = wanted["author"]["uniqueId"], wanted["id"]
        page = urlopen(f"{site.base}/@{handle}/video/{id_}").read().decode()

    found = re.search(rf'<script id="{script}" type="application/json">(.*?)</script>', page, re.DOTALL)
    assert found
    state = json.loads(found[1])
    if era == "a":
        item = state["ItemModule"][id_]
        author = {"uniqueId": item["author"], "nickname": item["nickname"], "secUid": item["authorSecId"]}
    else:
        detail = state["__DEFAULT_SCOPE__"]["webapp.video-detail"]
        assert detail["statusCode"] == 0
        item = detail["itemInfo"]["itemStruct"]
        author = item["author"]
    assert author["uniqueId"] == handle
    assert author["nickname"] and author["secUid"]
    assert item["id"] == id_
    assert int(item["createTime"]) == wanted["createTime"]
    assert {"duration", "cover"} <= item["video"].keys()
    assert item["desc"] == wanted["desc"]
    assert item["stats"]["diggCount"] >= 0


def printed_in_2022(count: int | None) -> str:
    """A count as the site printed it, by Python's own rounding of decimal text."""
    assert count is not None
    for unit, letter in ((10**9, "B"), (10**6, "M"), (10**3, "K")):
        if count >= unit - (1 if unit > 10**3 else 0) and count >= 10_000:
            tenths = (Decimal(count) / unit).quantize(Decimal("0.1"), ROUND_HALF_UP)
            return f"{tenths:f}".removesuffix(".0") + letter
    return str(count)
