"""What an honest operator can do after a run that ended early, by its reason. Pure.

The browser's agent is never changed and nothing is hidden: what is left is to come as a visitor at home would.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

WINDOW = "a window (TIKTOK_HEADLESS=virtual)"
LINE = "a home's line in place of a data centre's"
WAITING = "waiting some hours"
# Ends that the site may give to visitors it takes for machines; nothing tells that it did.
DOUBTED = {
    *("error-page", "empty-reply", "captcha", "captcha-v1", "never-drawn", "refused", "status-10000"),
    *("login-wall", "login-prompt", "waf"),
}
DOCTOR = "scrapy doctor --site says which names of the page are not found, in a block for a bug report"
PATIENT = "a longer TIKTOK_STEP_TIMEOUT, or a better line"
# What helps after the other ends that leave something to do.
OF_REASON = {
    "region": "a line of a region where the site is available; waiting does not help",
    "no-viewer": f"TIKTOK_VIEW=auto or feed, which walk the feed in place where no viewer opens; {DOCTOR}",
    "covered": f"to look at what lies there, in page.png; {DOCTOR}",
    "wrong-page": f"-a url=, if the address is not the feed's; {DOCTOR}",
    "unknown-layout": f"a newer tiktok_scraper: the site has changed; {DOCTOR}",
    "feed-stuck": f"{PATIENT}; {DOCTOR}",
    "slow": PATIENT,
    "dropped": "the address, the port and the network: nobody answered there",
    "robots": "nothing: robots.txt is always obeyed",
    "browser-died": "room in memory (journalctl -k tells of what was killed), and scrapy doctor",
    "repeats": WAITING,
    "feed-ended": WAITING,
}


def choices(stats: Mapping[str, Any]) -> str | None:
    """Return what may help after a run that ended so, in one line; None where there is nothing to do about its end.

    After a run against the replica it is told as of the site: there, an obstacle is an option.
    """
    told = _told(stats)
    return f"on the live site: {told}" if told and stats.get("tiktok/simulated") else told


def _told(stats: Mapping[str, Any]) -> str | None:
    reason = str(stats.get("tiktok/reason"))
    if reason not in DOUBTED:
        return OF_REASON.get(reason)
    contact = stats.get("tiktok/contact") or {}
    browser = contact.get("browser") or {}
    window = [WINDOW] if browser.get("headless") in {None, "True"} else []
    return "; ".join([*window, LINE, _place(browser, contact.get("region")), WAITING])


def _place(browser: Mapping[str, Any], region: str | None) -> str:
    """That zone and locale fit the line; with what they were, and where the page takes the visitor to be."""
    now = ", ".join(filter(None, (browser.get("wanted_zone"), browser.get("wanted_locale"))))
    told = "; ".join(filter(None, (f"now {now}" if now else "", f"the page says {region}" if region else "")))
    return f"TIKTOK_ZONE and TIKTOK_LOCALE of where that line is{f' ({told})' if told else ''}"
