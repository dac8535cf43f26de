"""The contact record: what the site and the browser were to each other in this run, enough to mend what failed. Pure.

Nothing of people is in it: of the page its kind, its signs and the site's own words; of replies status and size.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..pages.facts import FeedReply, PageFacts
from ..pages.state import Look, Page, recognise
from ..pages.unnamed import place, unnamed
from ..turn import Turn

# What these pages are told by is the site's own words; of the others it may be somebody's caption or name.
TELLING = {"captcha", "captcha-v1", "login-wall", "login-prompt", "covered", "error-page", "waf", "other", "shell"}
TELLING |= {"feed", "viewer", "interests", "shortcuts", "got-it", "floating-banner", "feed-ended"}
# Facts of a browser, by the names that turns tell them under.
BROWSER = ("agent", "webdriver", "h264", "visibility", "page_zone", "page_locale")
# The site's own titles; any other may be somebody's caption or name.
OWN_TITLES = {
    *("TikTok", "TikTok - Make Your Day", "TikTok - trends start here"),
    *("For You | TikTok", "Log in | TikTok", "Explore | TikTok"),
}


@dataclass(slots=True)
class Contact:
    """Gathers over the turns of a run. headless, zone and locale: as asked of the browser."""

    headless: str = ""
    zone: str = ""
    locale: str = ""
    look: Look | None = None
    facts: dict[str, str] = field(default_factory=dict)
    replies: dict[str, dict[int, list[int]]] = field(default_factory=dict)
    items: dict[str, int] = field(default_factory=dict)
    region: str | None = None

    def take(self, turn: Turn) -> None:
        """Take what a turn shows of the page, the browser and the replies."""
        if turn.look.url:
            self.look = turn.look
        self.facts |= {name: value for name, value in turn.facts.items() if value or name == "cover"}
        for event in turn.events:
            if event.kind in {"document", "feed"}:
                self.replies.setdefault(event.kind, {}).setdefault(event.status, []).append(event.bytes)

    def take_items(self, reply: FeedReply) -> None:
        """Count the flavours of a list's items: whether they tell their creator's counts, and their own exactly."""
        for item in reply.items:
            told = {
                "all": True,
                "creator_told": any(block.startswith("authorStats") for block in item.told),
                "exact": "statsV2" in item.told,
            }
            for name, so in told.items():
                self.items[name] = self.items.get(name, 0) + so

    def take_page(self, facts: PageFacts) -> None:
        """Take where the page says that the visitor is."""
        self.region = facts.region or self.region

    def told(self) -> dict[str, Any]:
        """The record, as runs.jsonlines holds it."""
        page = recognise(self.look) if self.look else Page("none", detail="no page was seen")
        return {
            "page": {"kind": page.kind, "era": page.era, "detail": _detail(page), **_of(self.look)},
            "view": self.facts.get("view"),
            "opener": self.facts.get("opener"),
            "stepper": self.facts.get("stepper"),
            "cover": unnamed(self.facts.get("cover", "")) or None,
            "errors": json.loads(self.facts["errors"]) if "errors" in self.facts else None,
            "replies": {kind: _sizes(by_status) for kind, by_status in self.replies.items()},
            "items": self.items,
            "browser": {
                **{name: self.facts.get(name) for name in BROWSER},
                "headless": self.headless,
                "wanted_zone": self.zone,
                "wanted_locale": self.locale,
            },
            "region": self.region,
        }


def _detail(page: Page) -> str:
    return unnamed(page.detail) if page.kind in TELLING else ""


def _of(look: Look | None) -> dict[str, Any]:
    """Its address without what names somebody, its title where that is the site's own, its signs, how much text."""
    if look is None:
        return {}
    return {
        "url": place(look.url),
        "title": look.title if look.title in OWN_TITLES else None,
        "signs": dict(sorted(look.counts.items())),
        "characters": len(look.text) or None,
    }


def _sizes(by_status: Mapping[int, list[int]]) -> dict[str, dict[str, int]]:
    return {str(status): {"replies": len(sizes), "bytes": sum(sizes)} for status, sizes in by_status.items()}
