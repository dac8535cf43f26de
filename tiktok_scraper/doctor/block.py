"""What a visit told, as a block for a bug report, with nothing of people in it. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from ..pages.signs import SIGNS, WORDED
from ..pages.unnamed import place, unnamed
from ..runs.choices import choices
from ..runs.record import versions
from ..walk.contact import TELLING
from .tally import Row
from .visit import STEPS, Visited

BEGIN, END = "--- copy from here ---", "--- to here ---"
WIDTH = 13
# Signs of what stands in the way; all others are of the pages themselves. An empty "modal" is on every page.
IN_THE_WAY = (
    *("captcha", "captcha-v1", "waf", "login", "login-close", "login-choice", "login-guest", "error", "error-refresh"),
    *("cookie-banner", "shortcuts", "shortcuts-close", "banner-close", "dialog", "launch-popup", "spinner"),
    *("interests", "interests-skip", "got-it"),
)
_ADDRESS = re.compile(r"\b[a-z]+://[^\s'\"()<>]+")


def report(visited: Visited, facts: dict[str, str], now: datetime) -> str:
    """Return the block. facts: of the browser, as a session tells them."""
    rows = [f"{name + ':':<{WIDTH}} {told}" for name, told in _rows(visited, facts, now)]
    names = [line for told in visited.names.told() for line in _names(told)]
    return "\n".join([BEGIN, *map(unnamed, rows), *names, END, ""])


def _rows(visited: Visited, facts: dict[str, str], now: datetime) -> Iterator[tuple[str, str]]:
    told = visited.contact.told()
    page = told["page"]
    yield "doctor", f"--site, {now:%Y-%m-%d %H:%M} UTC, {_joined(versions())}"
    yield "browser", f"{facts.get('browser')} {facts.get('browser_version')}, driver {facts.get('driver_version')}"
    yield "told", _joined({name: value for name, value in told["browser"].items() if value is not None})
    yield (
        "ended by",
        f"{visited.ended}{f' ({_reason(visited.why)})' if visited.why else ''}, after {visited.steps} of {STEPS} steps",
    )
    yield "robots.txt", visited.robots or "not read"
    yield "page", f"{page['kind']}, era {page['era'] or 'not known'}{_detail(page)} at {place(page.get('url', ''))}"
    yield "pages met", ", ".join(visited.pages) or "none"
    yield "signs", _signs(visited)
    yield (
        "view",
        f"{told['view'] or 'none'}, opened by {told['opener'] or 'nothing'}, stepped by {told['stepper'] or 'nothing'}",
    )
    if cover := told["cover"]:
        yield "covered by", _cover(cover)
    yield "oddities", _joined(visited.notes) or "none"
    yield "replies", "; ".join(_replies(told["replies"])) or "none"
    yield "items", _joined(told["items"]) or "none in any reply"
    yield "preview card", f"opened {visited.asks['card']} of {visited.asks.total()} times{_others(visited)}"
    yield "region", told["region"] or "not told"
    yield "names missed", "; ".join(visited.names.missed()) or "none"
    if helps := choices({"tiktok/reason": visited.ended, "tiktok/contact": told}):
        yield "what may help", helps


def _detail(page: dict[str, Any]) -> str:
    """The site's own words of a page that stands in the way; of a dialog nobody knows its role and label alone."""
    if page["kind"] not in TELLING or not page["detail"]:
        return ""
    return f" ({page['detail'].partition(': ')[0] if page['kind'] == 'covered' else page['detail']})"


def _cover(cover: str) -> str:
    """What lay over the target: its role and name; its words and label may be somebody's."""
    told = json.loads(cover)
    return f"{told.get('role') or 'an element'} {told.get('name', '')}, {len(told.get('words', ''))} characters of text"


def _replies(replies: dict[str, dict[str, dict[str, int]]]) -> Iterator[str]:
    for kind, by_status in replies.items():
        for status, sizes in by_status.items():
            yield f"{kind} {status}: {sizes['replies']} of {sizes['bytes']} bytes"


def _others(visited: Visited) -> str:
    rest = {name: count for name, count in visited.asks.items() if name != "card"}
    return f"; else {_joined(rest)}" if rest else ""


def _joined(told: Any) -> str:
    return ", ".join(f"{name} {value}" for name, value in dict(told).items())


def _reason(why: str) -> str:
    """The browser's own words of what it met, which may hold an address with all that follows it."""
    return _ADDRESS.sub(lambda found: place(found[0]), " ".join(why.split()))


def _signs(visited: Visited) -> str:
    """Which of pages/signs.py any look of the visit hit, and how many elements at most; what is in the way apart."""
    hit = {name: visited.signs[name] for name in (*SIGNS, *WORDED) if visited.signs[name]}
    pages = _joined({name: count for name, count in hit.items() if name not in IN_THE_WAY}) or "none"
    obstacles = _joined({name: count for name, count in hit.items() if name in IN_THE_WAY}) or "none"
    return f"{pages}; in the way: {obstacles}; not hit: {len(SIGNS) + len(WORDED) - len(hit)}"


def _names(told: str | tuple[str, list[Row]]) -> Iterator[str]:
    if isinstance(told, str):
        yield f"names of {told}"
        return
    title, rows = told
    yield f"names of {title}:"
    for row in rows:
        why = f" ({row.why})" if row.why else ""
        yield f"  {row.verdict:<10} {row.field:<12} {row.times} of {row.samples}  {row.css}{why}"
