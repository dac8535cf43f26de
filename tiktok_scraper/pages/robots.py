"""robots.txt, judged for the browser's own User-Agent with Protego, Scrapy's own parser.

Scrapy's ROBOTSTXT_OBEY would fetch it past the browser, so it is read through the browser and judged here.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from protego import Protego


@dataclass(frozen=True, slots=True)
class Verdict:
    """allowed: whether the feed may be opened; decision: why, for the run record; digest: SHA-256 of the text."""

    allowed: bool
    decision: str
    digest: str | None


def judge(text: str, *, status: int, url: str, agent: str, kind: str = "text/plain") -> Verdict:
    """Judge whether *agent* may open *url*; status: HTTP's, 0 where it is not known; kind: the reply's content type.

    As RFC 9309 has it: a missing file (4xx) allows all, a server that fails (5xx) or does not answer allows nothing.
    """
    if not status:
        return Verdict(False, "disallowed: robots.txt could not be read", None)
    if 400 <= status < 500:
        return Verdict(True, f"allowed: no robots.txt ({status})", None)
    if status >= 500:
        return Verdict(False, f"disallowed: robots.txt failed ({status})", None)
    if kind.partition(";")[0].strip().lower() in {"text/html", "application/xhtml+xml"}:
        return Verdict(False, "disallowed: a page came in place of robots.txt", None)
    digest = hashlib.sha256(text.encode()).hexdigest()
    allowed = Protego.parse(text).can_fetch(url, agent)
    return Verdict(allowed, "allowed" if allowed else "disallowed", digest)
