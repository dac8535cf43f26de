"""Holds a crawl's lines against what the replica says it sent and what is true, by a road of its own."""

from __future__ import annotations

from typing import Any

TOLD_EXACTLY = ("id", "url", "username", "kind")
FROM_JSON = ("audio", "audio_url", "audio_id", "creator_id", "language", "duration")
OF_TIKTOK = ("likes", "comments", "shares", "views", "saves")
OF_CREATOR = ("user_followers", "user_likes", "user_videos")


def within_step(value: int, step: int, true: int) -> bool:
    """Whether a number rounded to *step* may stand for *true*.

    Half a step to each side; and below an edge of the display (999,950 prints as "1000K") the finer step's half.
    """
    return abs(value - true) <= step // 2 if step > 1 else value == true


def counts_wrong(line: dict[str, Any], true: dict[str, Any], names: tuple[str, ...]) -> list[str]:
    """The counts of *line* that don't fit *true*, told in words."""
    wrong = []
    for name in names:
        value, step, truth = line[name], line[f"{name}_step"], true.get(name)
        if value is None:
            assert step is None, f"{name}_step without {name}"
            continue
        if name == "user_likes" and line["user_likes_repair"] == "minimum":
            if (truth - value) % 2**32:
                wrong.append(f"{name}: {value} is not {truth} modulo 2^32")
        elif name == "user_likes" and true.get("reply") == "stats" and truth and not (truth - value) % 2**32:
            continue  # told by an int32 alone, which may wrap to a plausible positive: nobody can see that here
        elif truth is None or not within_step(value, step, truth):
            wrong.append(f"{name}: {value} in steps of {step}, truly {truth}")
    return wrong


def differences(line: dict[str, Any], true: dict[str, Any]) -> list[str]:
    """All that is wrong about one line."""
    wrong = [f"{name}: {line[name]!r}, truly {true[name]!r}" for name in TOLD_EXACTLY if line[name] != true[name]]
    if line["source"] != "page":
        wrong += [
            f"{name}: {line[name]!r}, truly {true.get(name)!r}"
            for name in FROM_JSON
            if name in true and line[name] != true[name]
        ]
        if bool(line["ad"]) != bool(true["ad"]):
            wrong.append(f"ad: {line['ad']}, truly {true['ad']}")
    creator = true.get("creator") or true
    return wrong + counts_wrong(line, true, OF_TIKTOK) + counts_wrong(line, {**true, **creator}, OF_CREATOR)
