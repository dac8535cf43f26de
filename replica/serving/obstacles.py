"""The obstacles that the server puts up itself; the others are the page's (its config names them).

- waf: a page is answered with the firewall's page until the browser brings its cookie (site.md 6.2);
- error-page: the list request that would bring the K-th TikTok (the first, unless told) fails once;
- empty-reply: that request and every later one is answered with no bytes (site.md 5.3).
"""

from __future__ import annotations

from collections.abc import Mapping

from replica.feed.visits import Visitor
from replica.options import Options

WAF_COOKIE = "_wafchallengeid"
OF_LISTS = {"error-page": "error", "empty-reply": "empty"}


def waf_stands(options: Options, cookies: Mapping[str, str]) -> bool:
    """Whether a page request with these *cookies* meets the firewall."""
    return options.obstacle == "waf" and WAF_COOKIE not in cookies


def hindered(options: Options, visitor: Visitor) -> str | None:
    """What *visitor*'s next list request meets: "error", "empty" or None. The error is met once."""
    hindrance = OF_LISTS.get(options.obstacle or "")
    if hindrance is None or visitor.tiktoks + visitor.next_size(options) < (options.obstacle_at or 1):
        return None
    if hindrance == "error" and hindrance in visitor.met:
        return None
    visitor.met.add(hindrance)
    return hindrance


def embeddable(options: Options, visitor: Visitor) -> int:
    """How many cards a page may bring *visitor* itself: none that a hindered list request has to bring."""
    hindrance, size = OF_LISTS.get(options.obstacle or ""), visitor.next_size(options)
    if hindrance is None or (hindrance == "error" and hindrance in visitor.met):
        return size
    return max(0, min(size, (options.obstacle_at or 1) - 1 - visitor.tiktoks))
