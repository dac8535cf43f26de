"""One long crawl, looked at from outside: what its Python and its browser hold in memory as TikToks come in."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.endurance.parts import crawling, held, parts
from benchmarks.started import TIKTOKS, lines


@dataclass(frozen=True, slots=True)
class Held:
    """What is held when *lines* are written, MB: by Python, by the driver, by the browser's processes together.

    python: resident. browser: its proportional share (PSS), because its processes share much.
    """

    lines: int
    python: float
    driver: float
    browser: float


def crawled(tiktoks: int, every: int) -> list[Held]:
    """Crawl *tiktoks* at pace 0, every creator asked for; what was held each time *every* more were written.

    Raises:
        RuntimeError: the crawl ended with fewer, or with an exit code.
    """
    found: list[Held] = []
    with crawling(tiktoks, TIKTOK_PACE=0) as (folder, looks):
        for pid in looks:
            written = lines(folder / TIKTOKS)
            if written >= every * (len(found) + 1) and (now := held(parts(pid)))["browser"]:  # none is there as it ends
                found.append(Held(written, now["Python"], now["driver"], now["browser"]))
    return found


def growth(found: list[Held]) -> float:
    """MB by which Python grew a hundred TikToks, by least squares over the second half: the first fills what is kept.

    Raises:
        ValueError: fewer than two of that half.
    """
    late = found[len(found) // 2 :]
    mean = sum(held.lines for held in late) / len(late) if late else 0.0
    spread = sum((held.lines - mean) ** 2 for held in late)
    if not spread:
        raise ValueError(f"{len(found)} looks at the crawl tell no growth: ask for more TikToks")
    return 100 * sum((held.lines - mean) * held.python for held in late) / spread
