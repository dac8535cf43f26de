"""Videos and covers load in both browsers, over http and from the https page as www.tiktok.com."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.options import Options as ChromeOptions
from selenium.webdriver.chrome.service import Service as ChromeService
from selenium.webdriver.firefox.options import Options as FirefoxOptions
from selenium.webdriver.firefox.service import Service as FirefoxService
from selenium.webdriver.remote.webdriver import WebDriver

from replica.options import Options
from replica.serving.server import Replica
from tests.e2e import geckodriver

# Asks for a list as the page does, plays a video of it, loads its cover; answers with what came of it.
PLAY = """
const done = arguments[0];
const seconds = (n) => new Promise((_, fail) => setTimeout(() => fail(new Error("too late")), n * 1000));
const play = (address) => new Promise((ok, fail) => {
  const video = Object.assign(document.createElement("video"), {muted: true, src: address});
  video.ontimeupdate = () => video.currentTime > 0 && ok(video.videoWidth);
  video.onerror = () => fail(new Error("video: " + video.error.message));
  document.body.append(video);
  video.play().catch(fail);
});
const load = (address) => new Promise((ok, fail) => {
  const image = new Image();
  image.onload = () => ok(image.naturalWidth);
  image.onerror = () => fail(new Error("cover"));
  image.src = address;
});
(async () => {
  const list = await (await fetch("/api/recommend/item_list/?count=9")).json();
  const item = list.itemList.find((each) => each.video && each.video.playAddr);
  const got = await Promise.race([Promise.all([play(item.video.playAddr), load(item.video.cover)]), seconds(15)]);
  return {origin: location.origin, media: new URL(item.video.playAddr).host, video: got[0], cover: got[1]};
})().then(done, (error) => done({error: String(error)}));
"""


@contextmanager
def chromium(profile: Path, port: int, *, tls: bool) -> Iterator[WebDriver]:
    options = ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"):
        options.add_argument(argument)
    for argument in ("--disable-background-networking", "--disable-component-update", "--disable-sync"):
        options.add_argument(argument)
    options.add_argument(f"--user-data-dir={profile}")
    if tls:
        options.add_argument(f"--host-resolver-rules=MAP www.tiktok.com 127.0.0.1:{port}")
        options.add_argument("--ignore-certificate-errors")
    driver = webdriver.Chrome(options, ChromeService("/usr/bin/chromedriver"))
    try:
        yield driver
    finally:
        driver.quit()


@contextmanager
def firefox(profile: Path, port: int, *, tls: bool) -> Iterator[WebDriver]:
    options = FirefoxOptions()
    options.binary_location = "/usr/bin/firefox-esr"
    options.add_argument("-headless")
    if tls:
        options.accept_insecure_certs = True
        options.set_preference("network.dns.localDomains", "www.tiktok.com")
        options.set_preference("network.socket.forcePort", f"443={port}")
    driver = webdriver.Firefox(options, FirefoxService(geckodriver.path()))
    try:
        yield driver
    finally:
        driver.quit()


BROWSERS = {"chromium": chromium, "firefox": firefox}


@pytest.mark.browser
@pytest.mark.parametrize("name", [pytest.param("chromium"), pytest.param("firefox", marks=pytest.mark.firefox)])
@pytest.mark.parametrize("tls", [False, True], ids=["http", "as-www.tiktok.com"])
def test_media_of_the_loopback_address_load(name: str, tls: bool, tmp_path: Path) -> None:
    with Replica(Options(latency_ms=0, tls=tls)) as site:
        port = urlsplit(site.base).port
        assert port is not None
        with BROWSERS[name](tmp_path, port, tls=tls) as driver:
            driver.set_script_timeout(30)
            driver.get("https://www.tiktok.com/robots.txt" if tls else f"{site.base}/robots.txt")
            told = driver.execute_async_script(PLAY)
    assert told == {
        "origin": "https://www.tiktok.com" if tls else site.base,
        "media": f"127.0.0.1:{port}",
        "video": 270,
        "cover": 540,
    }
