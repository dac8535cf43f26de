"""Other roads to what a name names: how the page shows that a thing is there though it is called otherwise. Pure.

Each returns how it is known, "" where nothing shows it. A road leans on no name of pages/names.py that it is to judge.
"""

from __future__ import annotations

import re

from parsel import Selector

# The words of a LIVE card's badge and button, and the end of the address of a broadcast (site.md 1.2b).
_LIVE = re.compile(r"\bLIVE\b")
# "Go to next video", "feed_nav_next"; not the next picture of a photo post.
_NEXT = re.compile(r"(?<![a-z])next(?![a-z])(?! (slide|image|photo|picture))", re.IGNORECASE)
# What tells a button by its purpose: data-key-interaction is that of the capture of 2026-10.
_TOLD_BY = ("aria-label", "data-e2e", "data-key-interaction", "title")
# Addresses hold the id of a post as well.
_ADDRESSES = {"href", "src", "poster", "srcset", "id"}


def to_menu(post: Selector, id: str) -> str:
    """Whether an element of *post* bears its *id* by itself, or is called its menu."""
    for element in post.css("*"):
        attributes = element.attrib
        if id and any(value == id for name, value in attributes.items() if name not in _ADDRESSES):
            return "an element bears the post's id"
        if "more-menu" in attributes.get("data-e2e", ""):
            return "a button of the post is called a menu"
    return ""


def to_live(post: Selector) -> str:
    """Whether *post*, in which there are no likes, says that it is a broadcast."""
    if any(_LIVE.search(text) for text in post.xpath(".//text()").getall()):
        return "a post without likes says LIVE"
    return ""


def to_next(view: Selector) -> str:
    """Whether a button of *view*, or what it stands in, says that it leads to the next post."""
    for button in view.css("button, [role=button]"):
        around = (button, *button.xpath(".."))
        if any(_NEXT.search(part.attrib.get(name, "")) for part in around for name in _TOLD_BY):
            return "a button says that it leads to the next"
    return ""


def to_label(links: list[Selector]) -> str:
    """Whether one of the *links* to the audio has a label at all."""
    return "the audio's link has a label" if any(link.attrib.get("aria-label") for link in links) else ""
