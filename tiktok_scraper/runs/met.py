"""What stood before a run when it ended early, in one line for a person: the contact record's first few words. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

_LANGUAGE = re.compile(r"[a-z]{2}(?:-[A-Za-z]+)*")
# Reasons that leave nothing to find out: for any other, what the page looks like is kept.
EXPECTED = {"limit", "stopped", "deadline"}


def met(stats: Mapping[str, Any]) -> str | None:
    """Return the page, what lay over it, which replies were refused or empty; None where the end was expected."""
    contact = stats.get("tiktok/contact") or {}
    page = contact.get("page") or {}
    if stats.get("tiktok/reason") in EXPECTED or page.get("kind", "none") == "none":
        return None
    what = _told(page["kind"], page.get("detail") or _elsewhere(page))
    return "; ".join([what, *_cover(contact), *_refused(contact)])


def _elsewhere(page: Mapping[str, Any]) -> str | None:
    """The path that the site led to, where that is not the feed's."""
    path = urlsplit(str(page.get("url") or "")).path
    words = [word for word in path.split("/") if word]
    # A feed may stand behind a language, and a viewer has the address of its TikTok.
    of_a_feed = not words or words[-1] == "foryou" or (len(words) == 1 and _LANGUAGE.fullmatch(words[0]))
    return None if of_a_feed or {"video", "photo"} & set(words) else path


def _told(kind: str, detail: str | None) -> str:
    return f"{kind} ({detail})" if detail else kind


def _cover(contact: Mapping[str, Any]) -> Iterator[str]:
    if contact.get("cover"):
        told = json.loads(contact["cover"])
        what = [told.get("role"), told.get("label") and repr(told["label"]), told.get("name")]
        yield f"beneath {_told(' '.join(filter(None, what)), told.get('words'))}"


def _refused(contact: Mapping[str, Any]) -> Iterator[str]:
    for kind, by_status in (contact.get("replies") or {}).items():
        for status, sizes in by_status.items():
            if int(status) >= HTTPStatus.BAD_REQUEST or (sizes["replies"] and not sizes["bytes"]):
                yield f"{kind} {status}: {sizes['replies']} replies, {sizes['bytes']} bytes"
