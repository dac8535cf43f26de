"""What stood before a run when it ended early, in one line for a person: the contact record's first few words. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from typing import Any

# Reasons that leave nothing to find out: for any other, what the page looks like is kept.
EXPECTED = {"limit", "stopped", "deadline"}


def met(stats: Mapping[str, Any]) -> str | None:
    """Return the page, what lay over it and which replies were refused; None where the end was an expected one."""
    contact = stats.get("tiktok/contact") or {}
    page = contact.get("page") or {}
    if stats.get("tiktok/reason") in EXPECTED or page.get("kind", "none") == "none":
        return None
    return "; ".join([_told(page["kind"], page.get("detail")), *_cover(contact), *_refused(contact)])


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
            if int(status) >= HTTPStatus.BAD_REQUEST:
                yield f"{kind} {status}: {sizes['replies']} replies, {sizes['bytes']} bytes"
