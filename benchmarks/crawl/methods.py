"""What is measured beside what: the peers, ours, and for each way of ours its floor."""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from benchmarks.geckodriver import geckodriver

PEERS = "benchmarks.crawl.peers."
FLOOR = "benchmarks.crawl.floor"
OF_2022 = ("--era", "a", "--classes", "2022", "--profile", "2022")
TOLD = ("--era", "b", "--author-stats", "full")  # each TikTok tells its creator's counts
MIXED = ("--era", "b", "--author-stats", "mixed")  # some do
UNTOLD = ("--era", "b", "--author-stats", "none")
FIREFOX: Mapping[str, Any] = MappingProxyType({"SELENIUM_DRIVER_NAME": "firefox"})


@dataclass(frozen=True, slots=True)
class Method:
    """One row. name: for --only; says: what it is; site: options of the replica; share: of the TikToks, 0 to 1, where
    all would take too long.

    module, options: a process of its own that is told the address and how many; settings: of our crawl, if it has no
    module. floor: the name of the method that is its floor. collects: whether it is to obtain the creators' counts.
    needs: "playwright" or "firefox".
    """

    name: str
    says: str
    site: tuple[str, ...]
    share: float = 1.0
    module: str = ""
    options: tuple[str, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)
    floor: str = ""
    collects: bool = True
    needs: str = ""

    def tiktoks(self, of: int) -> int:
        """How many it walks, where the quick ones walk *of*."""
        return max(2, round(of * self.share))

    def lacks(self) -> str:
        """What it needs that is not here; "" where nothing is missing."""
        if self.needs == "playwright" and importlib.util.find_spec("scrapy_playwright") is None:
            return "scrapy-playwright is not installed (requirements-bench.txt)"
        if self.needs == "firefox" and not (geckodriver() and (shutil.which("firefox") or shutil.which("firefox-esr"))):
            return "Firefox or geckodriver is not installed"
        return ""


def ours(name: str, says: str, site: tuple[str, ...], floor: str, counts: str, **rest: Any) -> Method:
    """Our crawl at pace 0, media blocked."""
    settings = {"TIKTOK_CREATOR_COUNTS": counts, **rest.pop("settings", {})}
    return Method(name, f"ours, {says}", site, settings=settings, floor=floor, collects=counts != "never", **rest)


def floor(name: str, says: str, *options: str, rests: bool = False, **rest: Any) -> Method:
    """A browser that is only moved."""
    return Method(name, f"floor, {says}", MIXED, module=FLOOR, options=options, collects=rests, **rest)


def peer(name: str, says: str, site: tuple[str, ...], module: str, *options: str, **rest: Any) -> Method:
    """Another way to collect the same."""
    return Method(name, says, site, module=PEERS + module, options=options, **rest)


METHODS: tuple[Method, ...] = (
    peer("2022", "2022 method", OF_2022, "study2022", share=0.1),
    peer("2022-stays", "2022 method, pointer left on the name", OF_2022, "study2022", "--stays", share=0.1),
    peer("2022-no-sleep", "2022 method without its sleeps", OF_2022, "study2022", "--no-sleep", share=0.1),
    peer("scrapy-selenium", "scrapy-selenium, its middleware", MIXED, "scrapy_selenium_style", share=0.1),
    *(
        peer(f"playwright-{reads}", says, site, "scrapy_playwright_style", reads, needs="playwright", share=share)
        for reads, says, site, share in (
            ("page", "scrapy-playwright, locators and hover", MIXED, 0.3),
            ("replies", "scrapy-playwright, replies (told with the TikTok)", TOLD, 1.0),
            ("details", "scrapy-playwright, replies and each creator's", MIXED, 0.3),
        )
    ),
    ours("never", "never (no creator's counts)", UNTOLD, "floor", "never"),
    ours("needed", "needed (told with the TikTok)", TOLD, "floor", "needed"),
    ours("always", "always (every creator asked for)", MIXED, "floor-sent", "always"),
    ours("json", "needed, replies alone", TOLD, "floor", "needed", settings={"TIKTOK_SOURCE": "json"}),
    ours("page", "always, page alone", MIXED, "floor-card", "always", settings={"TIKTOK_SOURCE": "page"}, share=0.3),
    ours("feed", "needed, feed in place", TOLD, "floor-feed", "needed", settings={"TIKTOK_VIEW": "feed"}, share=0.2),
    ours("firefox", "needed, Firefox", TOLD, "floor-firefox", "needed", settings=FIREFOX, needs="firefox"),
    ours(
        "firefox-always",
        "always, Firefox",
        MIXED,
        "floor-firefox-sent",
        "always",
        settings=FIREFOX,
        needs="firefox",
        share=0.3,
    ),
    floor("floor", "stepped"),
    floor("floor-sent", "rests until the request is sent", "--rest", "sent", rests=True),
    floor("floor-card", "rests until the card is drawn", "--rest", "card", rests=True, share=0.3),
    floor("floor-feed", "feed in place, stepped", "--view", "feed", share=0.2),
    floor("floor-firefox", "Firefox, stepped", "--browser", "firefox", needs="firefox"),
    floor(
        "floor-firefox-sent",
        "Firefox, rests until the request is sent",
        "--browser",
        "firefox",
        "--rest",
        "sent",
        rests=True,
        needs="firefox",
        share=0.3,
    ),
)
BY_NAME: Mapping[str, Method] = MappingProxyType({method.name: method for method in METHODS})
# Who collects the same as whom, by the same means: ours, and scrapy-playwright.
ALIKE: Mapping[str, str] = MappingProxyType(
    {"needed": "playwright-replies", "always": "playwright-details", "page": "playwright-page"}
)
