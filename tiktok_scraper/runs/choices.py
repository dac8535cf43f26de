"""What an honest operator can choose after the site has shown this visitor nothing, or asked who it is. Pure.

The browser's agent is never changed and nothing is hidden: what is left is to come as a visitor at home would.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# Ends that the site may give to visitors it takes for machines; nothing tells that it did.
DOUBTED = {"error-page", "empty-reply", "captcha", "captcha-v1", "never-drawn", "refused", "status-10000"}
WINDOW = "a window (TIKTOK_HEADLESS=virtual)"
LINE = "a home's line in place of a data centre's"
WAITING = "waiting some hours"


def choices(stats: Mapping[str, Any]) -> str | None:
    """Return what may help after a run that ended so, in one line; None where its end is none of these."""
    if stats.get("tiktok/reason") not in DOUBTED:
        return None
    contact = stats.get("tiktok/contact") or {}
    browser = contact.get("browser") or {}
    window = [WINDOW] if browser.get("headless") in {None, "True"} else []
    return "; ".join([*window, LINE, _place(browser, contact.get("region")), WAITING])


def _place(browser: Mapping[str, Any], region: str | None) -> str:
    """That zone and locale fit the line; with what they were, and where the page takes the visitor to be."""
    now = ", ".join(filter(None, (browser.get("wanted_zone"), browser.get("wanted_locale"))))
    told = "; ".join(filter(None, (f"now {now}" if now else "", f"the page says {region}" if region else "")))
    return f"TIKTOK_ZONE and TIKTOK_LOCALE of where that line is{f' ({told})' if told else ''}"
