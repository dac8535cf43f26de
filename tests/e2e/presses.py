"""No blind press: every press that the replica took from a crawl was of what it was meant for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

# What opens a view and what steps it, by data-e2e or label.
OPENERS = {"feed-video", "cinema-mode-entry"}
NEXT = {"arrow-right", "feed-navigation-next", "Next video", "Go to next video"}
# What may stay while something else is pressed: banners that are left alone, and a notice that nothing closes, beside
# which the next button is free.
MAY_STAY = {"cookie-banner", "cookie-banner-light", "veil"}
# Of each obstacle, the button that the site offers: its text, its data-e2e, or its tag where it has no name at all.
CLOSED_BY = {
    "interests": {"Skip"},
    "got-it": {"Got it"},
    "shortcuts": {"svg", "div"},
    "floating-banner": {"svg", "div"},
    "login-prompt": {
        "modal-close-inner-button",
        "Continue as guest",
        "Continue without login",
        "Continue without log in",
        "Continue without signup",
        "Continue to video",
    },
}


def not_meant(presses: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The presses of a pointer that hit what no crawl means to press. Keys and wheels hit nothing."""
    return [press for press in presses if press["kind"] == "pointer" and not _is_meant(press)]


def _is_meant(press: Mapping[str, Any]) -> bool:
    names = {press["e2e"], press["label"], press["text"]}
    if press["inside"] == "obstacle":
        return bool(CLOSED_BY.get(press["obstacle"], set()) & (names | {press["tag"]}))
    if set(press["standing"]) - MAY_STAY:
        return False  # something lay over the page, and the press was not of its button
    if press["viewing"]:
        return bool(NEXT & names) and press["inside"] == "viewer"
    return bool((OPENERS | NEXT | {"Refresh"}) & names)
