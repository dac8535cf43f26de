"""Every method once, then every method again: what else the machine does meanwhile hits all alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from benchmarks.crawl import peer
from benchmarks.crawl.measures import Timed
from benchmarks.crawl.methods import Method
from benchmarks.crawl.ours import Crawled, crawl
from benchmarks.crawl.site import served, traffic
from benchmarks.geckodriver import geckodriver
from benchmarks.printed import say


def rounds(
    methods: Sequence[Method], tries: int, tiktoks: int, seen: Callable[[Crawled], None]
) -> dict[str, tuple[Timed, ...]]:
    """Run each of *methods* *tries* times, in turns. seen: is given each crawl of ours."""
    found: dict[str, tuple[Timed, ...]] = {}
    for number in range(1, tries + 1):
        for method in methods:
            timed = once(method, method.tiktoks(tiktoks), seen)
            found[method.name] = (*found.get(method.name, ()), timed)
            say(f"{number}/{tries} {method.name}: {timed.tiktoks} in {timed.whole:.1f} s{complaint(timed)}")
    return found


def once(method: Method, tiktoks: int, seen: Callable[[Crawled], None]) -> Timed:
    """One run of a method against a replica of its own."""
    with served(*method.site) as url:
        if method.module:
            timed = peer.timed(method.module, url, tiktoks, method.options, collects=method.collects)
        else:
            crawled = crawl(url, tiktoks, settings_of(method))
            seen(crawled)
            timed = crawled.timed(tiktoks, collects=method.collects)
        requests, sent = traffic(url)
    return replace(timed, cost=replace(timed.cost, requests=requests, sent=sent))


def settings_of(method: Method) -> dict[str, Any]:
    """What our crawl is told: no pace, and where Firefox's driver is."""
    driver = geckodriver() if method.needs == "firefox" else None
    named = {"SELENIUM_DRIVER_EXECUTABLE_PATH": driver} if driver else {}
    return {"TIKTOK_PACE": 0, **named, **method.settings}


def complaint(timed: Timed) -> str:
    """What a run lacks."""
    if timed.complete:
        return ""
    return f", INCOMPLETE: {timed.tiktoks} of {timed.asked} TikToks, {timed.told} of {timed.creators} creators"
