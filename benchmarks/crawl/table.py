"""The bench's printed page: a table a part, then a line for each target. Pure."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Mapping, Sequence

from benchmarks.crawl.measures import Measured, Stopped, Timed, middle, ratio, saving, walk_ratio
from benchmarks.crawl.targets import Verdict, verdicts
from benchmarks.printed import aligned

METHODS = {
    "2022": "2022 method",
    "stays": "2022 method, pointer left on the name",
    "needed": "ours, needed (no card needed)",
    "always": "ours, always (every creator asked for)",
}


def page(measured: Measured, about: Mapping[str, str]) -> str:
    """All that one run of the bench found. *about*: the machine, the versions, the conditions, by name."""
    parts = [aligned([(f"{name}:", text) for name, text in about.items()])]
    parts.append(_speed(measured))
    parts.append(_pace(measured))
    parts.append(_stops(measured.stops))
    stalls = measured.stalls
    parts.append(
        f"Event loop of our crawls: a ticker of {stalls.every * 1000:.0f} ms, {stalls.ticks:,} ticks, "
        f"longest stall {stalls.longest * 1000:.0f} ms\n"
    )
    parts.append(_judged(verdicts(measured)))
    return "\n".join(parts)


def _speed(measured: Measured) -> str:
    head = ("method", "TikToks", "creators", "cards", "s whole", "s walk", "s/TikTok")
    rows = [(*head, "times faster", "without start"), _speed_row(METHODS["2022"], measured.peer, ("1", "1"))]
    if stays := measured.peer_stays:
        rows.append(_speed_row(METHODS["stays"], stays, _times(measured, stays)))
    for name, tries in (("needed", measured.needed), ("always", measured.always)):
        rows.append(_speed_row(METHODS[name], middle(tries), _times(measured, middle(tries))))
    return aligned(rows) + "".join(f"{note}\n" for note in _speed_notes(measured))


def _speed_row(name: str, timed: Timed, times: tuple[str, str]) -> tuple[str, ...]:
    return (
        name,
        f"{timed.tiktoks} of {timed.asked}",
        f"{timed.told} of {timed.creators}",
        str(timed.cards),
        f"{timed.whole:.1f}",
        f"{timed.walk:.1f}",
        f"{timed.whole_each:.3f}",
        *times,
    )


def _times(measured: Measured, other: Timed) -> tuple[str, str]:
    return f"{ratio(measured.peer, other):.1f}", f"{walk_ratio(measured.peer, other):.1f}"


def _speed_notes(measured: Measured) -> Iterator[str]:
    yield "whole: from starting the command to its end, Python's and the browser's start included."
    yield "walk: from the first TikTok on screen to the last one complete. Ratios are of seconds per TikTok."
    tried = {"needed": measured.needed, "always": measured.always}
    spread = (
        f"{name} {', '.join(f'{whole:.1f}' for whole in sorted(t.whole for t in tries))}"
        for name, tries in tried.items()
    )
    yield f"ours is the median of its tries; whole seconds of each: {'; '.join(spread)}"
    if stays := measured.peer_stays:
        against = [f"{ratio(stays, middle(tries)):.1f} ({name})" for name, tries in tried.items()]
        yield f"against the 2022 method with its pointer left on the name: {', '.join(against)} times faster"


def _pace(measured: Measured) -> str:
    rows = [("pace", "media", "TikToks", "mean s/step", "least", "bytes received", "per TikTok")]
    for media, paced in (("blocked", measured.blocked), ("loaded", measured.loaded)):
        rows.append(
            (
                f"{paced.pace:g} s",
                media,
                str(paced.tiktoks),
                f"{paced.mean:.3f}",
                f"{paced.least:.3f}",
                f"{paced.received:,}",
                f"{paced.received / max(1, paced.tiktoks):,.0f}",
            )
        )
    saved = measured.loaded.received - measured.blocked.received
    share = saving(measured.loaded.received, measured.blocked.received)
    return aligned(rows) + f"Blocking media saved {saved:,} bytes, {share:.0%}.\n"


def _stops(stops: Sequence[Stopped]) -> str:
    rows = [("SIGTERM", "tries", "s to the end", "median", "gathered", "lost", "fell as meant")]
    for where in dict.fromkeys(stop.where for stop in stops):
        tries = [stop for stop in stops if stop.where == where]
        times = sorted(stop.seconds for stop in tries)
        rows.append(
            (
                where,
                str(len(tries)),
                ", ".join(f"{time:.2f}" for time in times),
                f"{statistics.median(times):.2f}",
                str(sum(stop.gathered for stop in tries)),
                str(sum(stop.lost for stop in tries)),
                f"{sum(stop.as_meant for stop in tries)} of {len(tries)}",
            )
        )
    return aligned(rows)


def _judged(found: Sequence[Verdict]) -> str:
    rows = [("met" if verdict.met else "MISSED", verdict.promise, verdict.found) for verdict in found]
    missed = sum(not verdict.met for verdict in found)
    return aligned(rows) + (f"{missed} of {len(found)} targets missed\n" if missed else "every target met\n")
