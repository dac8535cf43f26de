"""What the blocks of one sighting said -> one number a count, its step, and where it is from.

Of a TikTok's own counts the page's data comes first (statsV2 before stats) and the page's text fills what it
lacks. Of the creator's, the page's own /api/user/detail/ reply comes first, the preview card's text next, the
item's own authorStats, rounded, last.

A block with 0 views of a TikTok of which anything else says that it has some, its comments, another count, what the
page displays or the whole reply, has failed (site.md 5.1c): its zeros are "not told", and so are the page's printings
of them. Comments, which are right in such replies, stay as sent.

A number that no count can be (-1) is refused, and so is the page's own printing of it: the site adds 2^32 to a
negative before it prints ("4.3B", site.md 7.1), so that text tells nothing more. Whatever else the page shows counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..errors import UnreadableCount
from ..items import OF_CREATOR, OF_TIKTOK
from ..pages.facts import HEART, Told
from .read import WRAP, Count, bounds, clipped, finer, read_count
from .wraps import LOWEST, unwrap
from .zeroed import untold_zero, without_failed

NOTHING = Count(None, None, None)
_TIKTOK_BLOCKS = {"statsV2": "json", "stats": "json", "page": "page"}
_CREATOR_BLOCKS = {
    "detailV2": "detail",
    "detail": "detail",
    "card": "card",
    "authorStatsV2": "item",
    "authorStats": "item",
}
_SENT_EXACT_OR_ROUNDED = ("statsV2", "detailV2", "authorStatsV2")  # site.md section 4.2
_ITEM_BLOCKS = ("authorStats", "authorStatsV2")
_PRINTED = ("page", "card")  # by the page itself, out of the same data


@dataclass(frozen=True, slots=True)
class Unread:
    """A text that is no count: which count of which block, the text, and why."""

    count: str
    block: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Settled:
    """counts: name -> Count, for every count of the file. source and user_source as the file has them."""

    counts: Mapping[str, Count]
    source: str | None
    user_source: str | None
    repair: str | None = None
    wraps: int | None = None
    unread: tuple[Unread, ...] = ()
    zeroed: bool = False  # a block of the TikTok's own counts had failed to 0


@dataclass(slots=True)
class _Reader:
    """Reads blocks, and keeps what it could not read."""

    told: Told
    ad: bool
    unread: list[Unread] = field(default_factory=list)
    refused: set[tuple[str, int]] = field(default_factory=set)  # (count, number) that data told and none can be

    def block(self, name: str) -> dict[str, Count]:
        """Read one block; a block's or an ad's zeros that mean "not told" come without a number."""
        counts = {count: self._count(count, name, text) for count, text in self.told.get(name, {}).items()}
        if name in _SENT_EXACT_OR_ROUNDED:
            counts = _with_exact_steps(counts)
        if name in _CREATOR_BLOCKS and name != "card":
            untold = (name in _ITEM_BLOCKS and self.ad) or not any(c.value for c in counts.values())
            counts = {k: untold_zero(c) for k, c in counts.items()} if untold else counts
        if HEART in counts and counts["user_likes"].value is None:
            counts["user_likes"] = counts[HEART]
        return counts

    def _count(self, count: str, block: str, text: str) -> Count:
        count = "user_likes" if count == HEART else count
        try:
            read = read_count(text)
            if read.value is not None and _is_none(count, read.value):
                self.refused.add((count, read.value))
                raise UnreadableCount(f"expected {count} of 0 or more, found {clipped(text)!r} in {block}")
            told = (count, -1) in self.refused  # by the data, and counted there
            if block == "page" and count in OF_TIKTOK and _prints(read, -1) and not told:
                raise UnreadableCount(f"expected {count}, found {clipped(text)!r}, which the site prints for -1")
        except UnreadableCount as error:
            self.unread.append(Unread(count, block, clipped(text), str(error)))
            return Count(None, None, clipped(text.strip()))
        return read

    def without_printings(self, name: str, block: Mapping[str, Count]) -> Mapping[str, Count]:
        """Return *block* without the numbers that are but the page's printing of what was refused in its data."""
        if name not in _PRINTED:
            return block
        refused = self.refused
        return {
            count: Count(None, None, told.shown) if any(c == count and _prints(told, n) for c, n in refused) else told
            for count, told in block.items()
        }


def settle(told: Told, *, ad: bool | None = None, zeroed: bool = False) -> Settled:
    """Settle a sighting's counts. *told*: see pages/facts.py; *ad*: the TikTok is paid, where known; *zeroed*: no
    TikTok of its reply came with views.

    Nothing raises: a text that is no count leaves its count to the next block, or null, and is in `unread`.
    """
    reader = _Reader(told, bool(ad))
    own, failed = without_failed({name: reader.block(name) for name in _TIKTOK_BLOCKS}, whole_reply=zeroed)
    creator = {name: reader.block(name) for name in _CREATOR_BLOCKS}
    counts: dict[str, Count] = {}
    origins: dict[str, str] = {}
    for names, blocks in ((OF_TIKTOK, own), (OF_CREATOR, creator)):
        true = {block: reader.without_printings(block, told) for block, told in blocks.items()}
        for name in names:
            counts[name], origins[name] = _first(name, true)
    likes, repair, wraps = _repaired(counts["user_likes"], origins["user_likes"], creator)
    counts["user_likes"] = likes
    used = {_TIKTOK_BLOCKS[origins[name]] for name in OF_TIKTOK if origins[name]}
    user_used = [_CREATOR_BLOCKS[origins[name]] for name in OF_CREATOR if origins[name]]
    return Settled(
        counts=counts,
        source="mixed" if len(used) > 1 else next(iter(used), None),
        user_source=next(iter(user_used), None),
        repair=repair,
        wraps=wraps,
        unread=tuple(reader.unread),
        zeroed=failed,
    )


def _first(name: str, blocks: Mapping[str, Mapping[str, Count]]) -> tuple[Count, str]:
    """Return the count and its block: the first block with a number, else what was shown in place of one."""
    told = {block: counts[name] for block, counts in blocks.items() if name in counts}
    for block, count in told.items():
        if count.value is not None:
            return count, block
    return next((count for count in told.values() if count.shown), NOTHING), ""


def _repaired(
    likes: Count, origin: str, blocks: Mapping[str, Mapping[str, Count]]
) -> tuple[Count, str | None, int | None]:
    """Undo the wraps of the creator's likes with what the other blocks say of them."""
    if likes.value is None or likes.step is None:
        return likes, None, None
    others = {name: counts["user_likes"] for name, counts in blocks.items() if "user_likes" in counts}
    others |= {f"{name}.{HEART}": counts[HEART] for name, counts in blocks.items() if HEART in counts}
    evidence = {
        name: (count.value, count.step)
        for name, count in others.items()
        if name != origin and count.value is not None and count.step is not None
    }
    total = unwrap(likes.value, likes.step, evidence)
    if total.repair is None:
        return likes, None, None
    return Count(total.value, likes.step, likes.shown or str(likes.value)), total.repair, total.wraps


def _is_none(count: str, value: int) -> bool:
    """Whether *value* can't be a number of *count*. A creator's likes may have wrapped; -1 says: not told."""
    return value == -1 or value < (LOWEST if count == "user_likes" else 0)


def _prints(printed: Count, refused: int) -> bool:
    """Whether a text of the page is what the site prints for *refused*, a negative: 2^32 more, rounded."""
    if printed.value is None or printed.step is None:
        return False
    low, high = bounds(printed.value, printed.step)
    return low <= refused + WRAP <= high


def _with_exact_steps(counts: dict[str, Count]) -> dict[str, Count]:
    """A V2 block with anything finer than the grid is exact throughout; saves are exact in every one.

    Saves say nothing of the rest, so they don't count as finer (site.md section 5.1b).
    """
    exact = any(c.value is not None and finer(c.value) for name, c in counts.items() if name != "saves")
    return {
        name: Count(c.value, 1, c.shown) if c.value is not None and (exact or name == "saves") else c
        for name, c in counts.items()
    }
