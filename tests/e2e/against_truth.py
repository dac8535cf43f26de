"""Holds a crawl's lines against what the replica sent: value, step and text of every count, by a road of its own.

Each count is worked out here anew from the blocks as sent (the ledger's `sent`) or, for a creator's reply, from the
truth and the kind of the reply, by the display's rules (1 below 10,000, 100 to 1M, 100,000 to 1B, then
100,000,000), and compared for equality.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

OF_TIKTOK = ("likes", "comments", "shares", "views", "saves")
OF_CREATOR = ("user_followers", "user_likes", "user_videos")
EITHER_WAY = ("id", "url", "username", "kind", "audio", "audio_url", "audio_id")
FROM_JSON = ("creator_id", "language", "duration", "audio_original", "ad")
KEYS = {
    "likes": "diggCount",
    "comments": "commentCount",
    "shares": "shareCount",
    "views": "playCount",
    "saves": "collectCount",
    "user_followers": "followerCount",
    "user_likes": "heartCount",
    "user_videos": "videoCount",
}
# What the viewer of each layout draws (site.md 2.1 and 2.2): browse mode has no shares, 2022 no favourites either.
DRAWN = {"a": ("likes", "comments"), "b": ("likes", "comments", "saves"), "c": ("likes", "comments", "saves", "shares")}
LATEST_S = 5.0  # between a reply's sending and its receipt, on a busy machine
WRAP = 4_294_967_296


class Told(NamedTuple):
    """A count as the file should have it."""

    value: int | None = None
    step: int | None = None
    shown: str | None = None


Block = Mapping[str, int | str]
NOTHING = Told()


def differences(line: dict[str, Any], true: dict[str, Any], *, asks: bool = True) -> list[str]:
    """All that is wrong about one line, told in words.

    asks: whether the crawl asks for creators; else the page may, where the pointer lies, after the line is written.
    """
    page = line["source"] == "page"
    creator_told = reply_received(line, true)
    if not asks and line["user_source"] == "item" and sent_after(creator_told, line["shown_at"]):
        creator_told = None
    true = {**true, "creator": creator_told}
    expected: dict[str, Any] = {name: true[name] for name in EITHER_WAY}
    for name in FROM_JSON:
        expected[name] = None if page else true[name]
    if page and true["ad"]:
        expected["ad"] = True  # the page marks an ad, and says nothing of what is none
    counts = page_counts(true["sent"], line["era"]) if page else json_counts(true["sent"])
    creator, source = creator_counts(true, line["era"], page=page)
    expected["user_source"] = source
    expected["user_likes_repair"] = expected["user_likes_wraps"] = None
    likes = creator["user_likes"]
    if likes.value is not None and likes.value < 0:
        creator["user_likes"] = Told(likes.value + WRAP, 1, str(likes.value))
        expected["user_likes_repair"], expected["user_likes_wraps"] = "minimum", 1
    for name, told in (counts | creator).items():
        expected |= {name: told.value, f"{name}_step": told.step, f"{name}_shown": told.shown}
    wrong = [f"{name}: {line[name]!r}, not {told!r}" for name, told in expected.items() if line[name] != told]
    return wrong + times_wrong(line, true, page=page)


def reply_received(line: dict[str, Any], true: dict[str, Any]) -> dict[str, Any] | None:
    """The creator's reply that the line tells of: the last that was sent when it was received."""
    replies: list[dict[str, Any]] = true.get("creator_replies", [])
    at = line["user_scraped_at"]
    sent = [r for r in replies if at is None or (moment(r["sent_at"]) - moment(at)).total_seconds() <= 0.002]
    return sent[-1] if sent else true["creator"]


def sent_after(reply: dict[str, Any] | None, at: str | None) -> bool:
    return reply is not None and at is not None and moment(reply["sent_at"]) > moment(at)


def times_wrong(line: dict[str, Any], true: dict[str, Any], *, page: bool) -> list[str]:
    """What is wrong about the line's times."""
    id_second = datetime.fromtimestamp(int(line["id"]) >> 32, UTC)
    created = ("id", id_second) if page else ("page", moment(true["created_at"]))
    wrong = []
    if (line["created_from"], moment(line["created_at"])) != created:
        wrong.append(f"created: {line['created_from']} {line['created_at']}, not {created}")
    if page:  # what the viewer drew was received when it was shown
        if line["scraped_at"] != line["shown_at"] or moment(line["shown_at"]) < moment(true["sent_at"]):
            wrong.append(f"scraped_at {line['scraped_at']}, shown {line['shown_at']}, sent {true['sent_at']}")
    elif not received(line["scraped_at"], true["sent_at"]):
        wrong.append(f"scraped_at: {line['scraped_at']}, sent at {true['sent_at']}")
    asked = {"detail": (true["creator"] or {}).get("sent_at"), "card": (true["creator"] or {}).get("sent_at")}
    sent = {**asked, "item": true["sent_at"]}.get(line["user_source"])
    if sent and not received(line["user_scraped_at"], sent):
        wrong.append(f"user_scraped_at: {line['user_scraped_at']}, sent at {sent}")
    return wrong


def received(at: str | None, sent: str) -> bool:
    """Whether *at* is a moment after *sent*, and a short one; both are whole milliseconds."""
    return at is not None and -0.002 <= (moment(at) - moment(sent)).total_seconds() <= LATEST_S


def moment(text: str) -> datetime:
    """A time of the file, which must say that it is UTC."""
    read = datetime.fromisoformat(text)
    assert read.tzinfo is not None and not read.utcoffset(), text
    return read


def json_counts(sent: Mapping[str, Block]) -> dict[str, Told]:
    """A TikTok's counts out of its item: `statsV2` where it tells them, else `stats`."""
    return {
        name: first(name, [exact_or_rounded(sent.get("statsV2")), rounded(sent.get("stats"))]) for name in OF_TIKTOK
    }


def page_counts(sent: Mapping[str, Block], era: str) -> dict[str, Told]:
    """A TikTok's counts as its viewer prints them; null where it prints none."""
    told = printed(sent.get("stats"), sent.get("statsV2"), era)
    if told.get("shares", NOTHING).value == 0:
        told["shares"] = Told(0, 1, "Share")  # site.md 1.2c
    return {name: told.get(name, NOTHING) if name in DRAWN[era] else NOTHING for name in OF_TIKTOK}


def creator_counts(true: Mapping[str, Any], era: str, *, page: bool) -> tuple[dict[str, Told], str | None]:
    """A creator's counts, and which of item, detail and card told them."""
    stats, stats_v2 = reply_blocks(true["creator"])
    if page:
        told = printed(stats, stats_v2, era)
        card = {**dict.fromkeys(OF_CREATOR, NOTHING), **told, "user_videos": NOTHING}
        return card, "card" if told else None
    sent, ad = true["sent"], bool(true["ad"])
    blocks = [
        without_zeros(exact_or_rounded(stats_v2), ad=False),
        without_zeros(rounded(stats), ad=False),
        without_zeros(exact_or_rounded(sent.get("authorStatsV2")), ad=ad),
        without_zeros(rounded(sent.get("authorStats")), ad=ad),
    ]
    counts = {name: first(name, blocks) for name in OF_CREATOR}
    if stats:
        return counts, "detail"
    return counts, "item" if any(told.value is not None for told in counts.values()) else None


def reply_blocks(creator: Mapping[str, Any] | None) -> tuple[Block | None, Block | None]:
    """`stats` and `statsV2` of a detail reply, made of the truth: the first rounded and wrapped, the second exact."""
    if not creator or creator["reply"] not in ("stats", "statsV2"):
        return None, None
    followers, likes, videos = (creator[name] for name in OF_CREATOR)
    heart = nearest(likes) if likes < 2**31 else struct.unpack("<i", struct.pack("<I", likes % WRAP))[0]
    stats = {"followerCount": nearest(followers), "heartCount": heart, "videoCount": videos}
    exact = {"followerCount": followers, "heartCount": likes, "videoCount": videos}
    return stats, exact if creator["reply"] == "statsV2" else None


def first(name: str, blocks: list[dict[str, Told]]) -> Told:
    """The first of *blocks* with a number for *name*, else what was sent in place of one."""
    told = [block[name] for block in blocks if name in block]
    return next((t for t in told if t.value is not None), next(iter(told), NOTHING))


def numbers(block: Block | None) -> dict[str, int]:
    """The counts of *block* under the file's names."""
    return {name: int(block[key]) for name, key in KEYS.items() if key in block} if block else {}


def rounded(block: Block | None) -> dict[str, Told]:
    """A block on the grid; a number beside the grid (a wrapped one, say) is exact."""
    return {name: Told(n, grid(n) if on_grid(n) else 1) for name, n in numbers(block).items()}


def exact_or_rounded(block: Block | None) -> dict[str, Told]:
    """A V2 block: exact throughout if any count but saves lies beside the grid; saves exact in every one."""
    read = numbers(block)
    exact = any(not on_grid(n) for name, n in read.items() if name != "saves")
    return {name: Told(n, 1 if exact or name == "saves" else grid(n)) for name, n in read.items()}


def without_zeros(block: dict[str, Told], *, ad: bool) -> dict[str, Told]:
    """A creator's block: 0 means "not told" in an ad, and where all is 0."""
    silent = ad or not any(told.value for told in block.values())
    return {name: Told(None, None, "0") if silent and told.value == 0 else told for name, told in block.items()}


def printed(stats: Block | None, stats_v2: Block | None, era: str) -> dict[str, Told]:
    """The counts as the pages print them (site.md 7.1); 2022 had no `statsV2` and printed a wrapped total as is."""
    best = numbers(stats) | (numbers(stats_v2) if era != "a" else {})
    return {name: of_text(as_printed(n + WRAP if n < 0 and era != "a" else n)) for name, n in best.items()}


def as_printed(n: int) -> str:
    """*n* as the site prints it: "9949", "10K", "12.3K", "1000K", "1M", "2.4B"."""
    if n < 10_000:
        return str(n)
    unit, letter = (1_000, "K") if n < 999_999 else (1_000_000, "M") if n < 999_999_999 else (1_000_000_000, "B")
    return str((Decimal(n) / unit).quantize(Decimal("0.1"), ROUND_HALF_UP)).removesuffix(".0") + letter


def of_text(text: str) -> Told:
    """The number a printed text stands for, on the grid of its letter."""
    units = {"K": (1_000, 100), "M": (1_000_000, 100_000), "B": (1_000_000_000, 100_000_000)}
    if text[-1] not in units:
        return Told(int(text), 1)
    unit, step = units[text[-1]]
    return Told(int(Decimal(text[:-1]) * unit), step, text)


def grid(n: int) -> int:
    """The spacing of the display grid at *n*."""
    return 1 if n < 10_000 else 100 if n < 10**6 else 100_000 if n < 10**9 else 100_000_000


def on_grid(n: int) -> bool:
    """Whether *n* may be a rounded number."""
    return n >= 0 and n % grid(n) == 0


def nearest(n: int) -> int:
    """*n* as `stats` carry it: what its printed text stands for."""
    value = of_text(as_printed(n)).value
    assert value is not None
    return value
