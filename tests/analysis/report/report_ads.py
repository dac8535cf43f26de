"""A history in which ads would lead every ranking, were they in it."""

from __future__ import annotations

from typing import Any

ADVERTISER = "advertiser"
"""Shows nothing but ads."""

PAID = ("user_followers", "user_likes", "user_videos", "likes", "comments", "shares")


def with_ads(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """*lines*, and in each run three ads: twenty of an advertiser's own, and one of a creator who shows both.

    The TikTok of the last line of all was an ad in its first run only; there and after it gains more than any other.
    """
    firsts: dict[str, dict[str, Any]] = {}
    for line in lines:
        firsts.setdefault(line["run"], line)
    runs = list(firsts.values())
    both = _of_both(lines)
    ads = [
        _ad(at, which, run, (ADVERTISER, _id_of(ADVERTISER, lines)) if which < 20 else (both, _id_of(both, lines)))
        for run, at in enumerate(runs)
        for which in sorted({run % 20, (run + 1) % 20, 20})
    ]
    return [*_once(lines), *ads]


def organic(told: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The lines of TikToks never seen as ads."""
    ads = {line["id"] for line in told if line["ad"]}
    return [line for line in told if line["id"] not in ads]


def _of_both(lines: list[dict[str, Any]]) -> str:
    """A creator whose handle is plain and who shows TikToks that are no ads."""
    names = sorted({line["username"].rpartition("@")[2] for line in lines if not line["ad"]})
    return next(name for name in names if name.startswith("creator"))


def _id_of(creator: str, lines: list[dict[str, Any]]) -> str:
    """The creator_id that the lines tell of a handle, else one of nobody else's."""
    told = (line["creator_id"] for line in lines if line["username"].endswith(f"/@{creator}"))
    return str(next(told, "6999999999999999999"))


def _ad(at: dict[str, Any], which: int, run: int, creator: tuple[str, str]) -> dict[str, Any]:
    """An ad in the run of the line *at*; its counts, and those of its creator, are beyond all others and grow."""
    number, (handle, creator_id) = 7_612_000_000_001_000_000 + which, creator
    told = {
        "user_followers": 500_000_000 + 9_000_000 * run,
        "user_likes": 1_000_000_000,
        "user_videos": 900_000,
        "likes": 50_000_000 * (run + 1),
        "comments": 900_000 * (run + 1),
        "shares": 700_000 * (run + 1),
    }
    return {
        **at,
        **told,
        **{f"{name}_step": 100_000 for name in PAID},
        "id": str(number),
        "url": f"https://www.tiktok.com/@{handle}/video/{number}",
        "username": f"https://www.tiktok.com/@{handle}",
        "creator_id": creator_id,
        "position": 900 + which,
        "ad": True,
    }


def _once(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    key = lines[-1]["id"]
    its = sorted((line for line in lines if line["id"] == key), key=lambda line: str(line["scraped_at"]))
    changed = {
        id(line): {**line, "ad": at == 0, "likes": 90_000_000 * (at + 1), "likes_step": 100_000}
        for at, line in enumerate(its)
    }
    return [changed.get(id(line), line) for line in lines]
