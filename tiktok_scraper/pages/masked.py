"""A page's HTML with texts and names out and its structure in, so that a name that the site has changed can be seen.

Kept as they are: elements, nesting, classes, roles, data-e2e and the site's own short words; digits become 0, every
other letter x; scripts, styles and what they hold are left out.
"""

from __future__ import annotations

import re

from lxml import html as parser
from lxml.html import HtmlElement

KEPT = {"class", "role", "data-e2e", "type", "tabindex", "aria-hidden", "aria-modal", "aria-pressed", "disabled"}
SHAPED = {"id", "href", "aria-label", "data-scroll-index", "data-more-menu-item-id", "name", "for"}
DROPPED = ("script", "style", "noscript", "template", "link", "meta")
# The site's own words, which tell what a page is; anything longer or else is masked.
OWN = re.compile(
    r"refresh|something went wrong|skip|done|got it!?|close|log in|sign up|continue as guest|not now|share|volume|more"
    r"|choose your interests|continue without (log ?in|sign ?up)|continue to video|log in to tiktok|allow all"
    r"|accept all|decline( optional cookies| all)?|please wait\.*|next video|previous video|cinema mode|explore"
    r"|enter full screen|watch in full screen|introducing keyboard shortcuts!?|for you|following|live|upload|profile"
    r"|video progress",
    re.IGNORECASE,
)
# What stands before somebody's words in a label.
LED = re.compile(
    r"^(like video|read or add comments|add to favorites|share video|watch more videos with music)\b", re.IGNORECASE
)


def masked(source: str) -> str:
    """Return the page *source* as above; "" where there is none."""
    if not source.strip():
        return ""
    root: HtmlElement = parser.document_fromstring(source)
    for part in list(root.iter()):
        part.tail = _text(part.tail)  # what is dropped leaves its tail to its neighbour
        if not isinstance(part.tag, str) or part.tag in DROPPED:
            part.drop_tree()
            continue
        part.text = _text(part.text)
        for name, value in list(part.attrib.items()):
            if name in KEPT:
                continue
            if name in SHAPED:
                part.attrib[name] = _label(value)
            else:
                del part.attrib[name]
    told: str = parser.tostring(root, encoding="unicode", pretty_print=True)
    return told


def own_words(text: str) -> str:
    """Return *text* where it is the site's own, else its shape."""
    return _text(text) or ""


def _text(text: str | None) -> str | None:
    return None if text is None else text if OWN.fullmatch(" ".join(text.split())) else _shape(text)


def _label(text: str) -> str:
    led = LED.match(text)
    return f"{led[0]}{_shape(text[led.end() :])}" if led else _text(text) or ""


def _shape(text: str) -> str:
    """Digits as 0, anything else that is no space or address sign as x."""
    return re.sub(r"[^\s\d/@:#?&=.,_-]", "x", re.sub(r"\d", "0", text))
