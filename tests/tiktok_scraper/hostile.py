"""Payloads that mean harm: replies of the feed, one card each, drawn by a seed."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from typing import Any

COUNTS = {"diggCount": "likes", "commentCount": "comments", "shareCount": "shares", "playCount": "views"}
CREATOR = {"followerCount": "user_followers", "videoCount": "user_videos"}
TEXTS = (
    "../../etc/passwd",
    "..\\..\\windows",
    "/etc/cron.d/x",
    "a\0b",
    'x\n{"run":"forged","event":"end"}\n',
    '\u2028{"scraped_at":"forged"}\u2029',
    "\x1b[2J\x1b]0;owned\x07\x9b31m",
    "\r\x08\x7f\u202eevil\u2066\u200f\ufeff",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "]]><svg/onload=alert(1)>",
    "&lt;b&gt;&#60;i&#62;",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "[a](javascript:alert(1)) **b** `c` | d",
    '{"id":"1","stats":{"diggCount":9}}',
    "\ud800",
    "\udfff\ud800x",
    "%s %d {0} {run} $(touch x) `id` ; rm -rf .",
    "undefined",
    "__proto__",
    "",
    " ",
    "é" * 1_000,
    "x" * 5_000,
    "🎵\u0301" * 40,
)
NUMBERS: tuple[Any, ...] = (
    0,
    -1,
    -(1 << 31),
    (1 << 31) - 1,
    1 << 32,
    1 << 53,
    (1 << 63) - 1,
    1 << 64,
    10**30,
    10**400,
    -(10**20),
    3.5,
    1e308,
    -0.0,
    12_300.0,
    7,
    123_456,
    True,
    False,
    None,
)
SHOWN = ("9949", "12.3K", "1.2M", "4.3B", "12,345", "1,2K", "12,3 Mio.", "-5", "\u22125", "1e9", "0x10", "١٢٣", "NaN")
SHOWN += ("Infinity", "Share", "Likes", "--", "999K", "1000K", "9" * 15, "9" * 16, "1 234", "12.34K", " 88 ", "1_000")


@dataclass(frozen=True, slots=True)
class Payload:
    """A reply to a request for the feed: its body, and its card as it was meant (None where the list has none)."""

    body: str
    card: Any


def payload(drawn: random.Random, number: int) -> Payload:
    """The *number*th payload; most get past the readers' first looks, and some none."""
    card = _item(drawn, number) if drawn.random() < 0.93 else _any(drawn, 3)
    sent: dict[str, Any] = {"statusCode": 0, "itemList": [card], "hasMore": True}
    if drawn.random() < 0.05:
        sent[drawn.choice(["statusCode", "hasMore", "itemList", "type"])] = _any(drawn, 2)
    body = json.dumps(sent, ensure_ascii=drawn.random() < 0.5)
    chance = drawn.random()
    if chance < 0.02:
        body = body[: drawn.randrange(1, len(body))]
    elif chance < 0.03:
        body = '{"itemList":' + "[" * 3_000 + "]" * 3_000 + "}"
    elif chance < 0.04:
        body = body.replace('"statusCode": 0', '"statusCode": NaN, "statusCode": 0, "statusCode": Infinity')
    return Payload(body, card)


def count(drawn: random.Random) -> Any:
    """What stands in place of a count."""
    chance = drawn.random()
    if chance < 0.5:
        return drawn.randrange(10 ** drawn.randrange(1, 10))
    return drawn.choice(NUMBERS if chance < 0.75 else SHOWN if chance < 0.95 else TEXTS)


def _item(drawn: random.Random, number: int) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": f"75{number:017}",
        "desc": drawn.choice(TEXTS),
        "createTime": drawn.choice([1_749_000_000, *NUMBERS]),
        "author": {"id": drawn.choice(["70", *TEXTS]), "uniqueId": drawn.choice(["maker", *TEXTS])},
        "music": {"id": drawn.choice(["75", *TEXTS]), "title": drawn.choice(TEXTS), "authorName": drawn.choice(TEXTS)},
        "video": {"duration": drawn.choice([9, *NUMBERS])},
        "textExtra": [{"hashtagName": drawn.choice(TEXTS)}],
        "textLanguage": drawn.choice(["en", *TEXTS]),
        "stats": {name: count(drawn) for name in COUNTS},
        "authorStats": {name: count(drawn) for name in CREATOR},
    }
    for _ in range(drawn.choice([0, 0, 0, 1, 2])):
        item[drawn.choice([*item, *TEXTS])] = _any(drawn, 3)
    if drawn.random() < 0.05:
        item["stats"] = {**_dict(item["stats"]), drawn.choice(TEXTS): _any(drawn, 1)}
    return item


def _dict(told: Any) -> dict[str, Any]:
    return told if isinstance(told, dict) else {}


def _any(drawn: random.Random, depth: int) -> Any:
    if depth and drawn.random() < 0.4:
        inner = [_any(drawn, depth - 1) for _ in range(drawn.randrange(4))]
        return inner if drawn.random() < 0.5 else {drawn.choice(TEXTS): value for value in inner}
    return drawn.choice([*TEXTS, *SHOWN, *NUMBERS])
