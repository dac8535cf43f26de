"""The likes that TikToks had when they were last seen, from the end of tiktoks.jsonlines."""

from __future__ import annotations

from pathlib import Path

from ...lines import Line, read_lines

# About 3,000 lines, which is a day of hourly runs of 100; reading them takes less than a tenth of a second.
TAIL_BYTES = 4 << 20


def earlier_likes(path: Path) -> dict[str, int]:
    """Return the fewest likes that each TikTok can have had at its last sighting, by id; empty without a file.

    The fewest, because a count of 12,300 with step 100 may have been 12,250. Of the last TAIL_BYTES of the file.
    """
    likes: dict[str, int] = {}
    try:
        for line in read_lines(path, max(0, path.stat().st_size - TAIL_BYTES)):
            if isinstance(line, Line) and isinstance(count := line.record.get("likes"), int):
                likes[str(line.record.get("id"))] = count - int(line.record.get("likes_step") or 1) // 2
    except (OSError, ValueError, TypeError):
        return likes
    return likes
