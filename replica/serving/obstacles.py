"""The obstacles that the server puts up itself; the others are the page's (its config names them).

K is `obstacle_at`, the TikTok at which the obstacle comes; not told or 0: at load.

- waf: a page is answered with the firewall's page until the browser brings its cookie (site.md 6.2);
- refused-page: pages are answered 403 once K TikToks have been sent (site.md 5.1c);
- white-page, spinner, region, video-page: at load, what the feed's address gives is none; later the page itself goes;
- error-page: the list request that would bring the K-th TikTok (the first, unless told) fails, and `refreshes` more;
- empty-reply, refused-reply, verify-header, status-verify: that request and every later one is answered with no bytes,
  with 403 and a few, with an empty list and a header, or with the status that asks for a captcha (site.md 5.1c, 5.3);
- dropped, feed-ended: likewise the connection is closed without a reply, or an empty list says that there is no more;
- slow: that request and every later one is answered, and late, and so are creators' once K TikToks have been sent.
  At load: all of them.

What of repeats and one-account there is to serve is the feed's (feed/narrowed.py).
"""

from __future__ import annotations

from collections.abc import Mapping

from replica.feed.visits import Visitor
from replica.options import Options

WAF_COOKIE = "_wafchallengeid"
OF_LISTS = frozenset(("error-page", "empty-reply", "refused-reply", "verify-header", "status-verify"))
OF_LISTS |= {"dropped", "feed-ended"}
OF_LOADING = frozenset(("white-page", "spinner", "region", "video-page"))


def waf_stands(options: Options, cookies: Mapping[str, str]) -> bool:
    """Whether a page request with these *cookies* meets the firewall."""
    return options.obstacle == "waf" and WAF_COOKIE not in cookies


def page_refused(options: Options, sent: int) -> bool:
    """Whether a visitor who was *sent* so many TikToks is refused any page."""
    return options.obstacle == "refused-page" and sent >= (options.obstacle_at or 0)


def instead_of_feed(options: Options) -> str | None:
    """The obstacle that the feed's address gives in the feed's place; None: it gives the feed."""
    return options.obstacle if options.obstacle in OF_LOADING and not options.obstacle_at else None


def hindered(options: Options, visitor: Visitor) -> str | None:
    """The obstacle that *visitor*'s next list request meets, if any. An error is met once, and at each refresh told."""
    if options.obstacle not in OF_LISTS or not _reaches(options, visitor):
        return None
    if options.obstacle == "error-page":
        if visitor.errors > options.refreshes:
            return None
        visitor.errors += 1
    return options.obstacle


def embeddable(options: Options, visitor: Visitor) -> int:
    """How many cards a page may bring *visitor* itself: none that a hindered list request has to bring."""
    size = visitor.next_size(options)
    if options.obstacle not in OF_LISTS or (options.obstacle == "error-page" and visitor.errors > options.refreshes):
        return size
    return max(0, min(size, (options.obstacle_at or 1) - 1 - visitor.tiktoks))


def list_late_s(options: Options, visitor: Visitor) -> float:
    """How many seconds later than others *visitor*'s next list is sent."""
    return options.slow_ms / 1000 if options.obstacle == "slow" and _reaches(options, visitor) else 0


def creator_late_s(options: Options, sent: int) -> float:
    """The same of a creator's reply to a visitor who was *sent* so many TikToks."""
    return options.slow_ms / 1000 if options.obstacle == "slow" and sent >= (options.obstacle_at or 0) else 0


def _reaches(options: Options, visitor: Visitor) -> bool:
    """Whether the next list would bring the K-th TikTok, or comes after it."""
    return visitor.tiktoks + visitor.next_size(options) >= (options.obstacle_at or 1)
