"""The bench's printed page: a table a part, then a line for each target. Pure."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Mapping, Sequence

from benchmarks.crawl.measures import STANDARD, Measured, Paced, Stopped, Timed, ratio, saving, walk_ratio
from benchmarks.crawl.methods import BY_NAME, METHODS, PEERS, Method
from benchmarks.crawl.targets import each, verdicts
from benchmarks.printed import aligned
from benchmarks.verdicts import Verdict, judged

# By whom the rows are divided.
AGAINST = [method.name for method in METHODS if method.module.startswith(PEERS)]


def page(measured: Measured, about: Mapping[str, str]) -> str:
    """All that one run of the bench found. *about*: the machine, the versions, the conditions, by name."""
    parts = [aligned([(f"{name}:", text) for name, text in about.items()])]
    if measured.speeds:
        parts += [_speed(measured), _cost(measured), _ratios(measured)]
    if measured.left_out:
        parts.append("".join(f"left out: {BY_NAME[n].says}: {why}\n" for n, why in measured.left_out.items()))
    if measured.paced:
        parts.append(_pace(measured.paced))
    if measured.stops:
        parts.append(_stops(measured.stops))
    if (stalls := measured.stalls).every:
        parts.append(
            f"Event loop of our crawls: a ticker of {stalls.every * 1000:.0f} ms, {stalls.ticks:,} ticks, "
            f"longest stall {stalls.longest * 1000:.0f} ms\n"
        )
    parts.append(_judged(verdicts(measured)))
    return "\n".join(parts)


def _run(measured: Measured) -> Iterator[tuple[Method, Timed]]:
    """What was run, in the order of the list, each with its median try."""
    for method in METHODS:
        if middle := measured.middle(method.name):
            yield method, middle


def _speed(measured: Measured) -> str:
    rows = [("method", "", "TikToks", "creators told", "s whole", "of each try", "s walk", f"s for {STANDARD}")]
    for method, timed in _run(measured):
        rows.append(
            (
                method.name,
                method.says,
                f"{timed.tiktoks} of {timed.asked}",
                f"{timed.told} of {timed.creators}" if timed.collects else "-",
                f"{timed.whole:.1f}",
                ", ".join(f"{whole:.1f}" for whole in sorted(t.whole for t in measured.speeds[method.name])),
                f"{timed.walk:.1f}",
                f"{timed.whole_of():.1f}",
            )
        )
    notes = [
        "whole: from starting the command to its end, Python's and the browser's start included; of the median try.",
        "walk: from the first TikTok on screen to the last one complete.",
        f"for {STANDARD}: start and end as measured, the walk as long as it is for {STANDARD} TikToks.",
    ]
    return aligned(rows) + "".join(f"{note}\n" for note in notes)


def _cost(measured: Measured) -> str:
    rows = [("method", "trips/TikTok", "CPU s", "CPU ms/TikTok", "MB at most", "requests/TikTok", "kB/TikTok")]
    for method, timed in _run(measured):
        cost, among = timed.cost, max(1, timed.tiktoks)
        rows.append(
            (
                method.name,
                "-" if cost.trips is None else f"{cost.trips / among:.1f}",
                f"{cost.cpu:.1f}",
                f"{each(cost.cpu, timed.tiktoks):.0f}",
                f"{cost.memory:,.0f}",
                f"{cost.requests / among:.1f}",
                f"{cost.sent / among / 1000:,.0f}",
            )
        )
    notes = [
        "trips: questions to the browser or its driver, start and end among them; of scrapy-playwright those from "
        "Python to Playwright's own process, which asks the browser in its turn.",
        "CPU and memory: of all processes together, the browser's too; a run of fewer TikToks bears the whole start.",
        "requests and bytes: what the replica was asked for, and the bodies it sent.",
    ]
    return aligned(rows) + "".join(f"{note}\n" for note in notes)


def _ratios(measured: Measured) -> str:
    others = [name for name in AGAINST if name in measured.speeds]
    rows = [("times as long", "its floor", "its floor, walk", *others)]
    for method, timed in _run(measured):
        if method.module:
            continue
        floor = measured.middle(method.floor)
        against = [measured.middle(name) for name in others]
        rows.append(
            (
                method.name,
                f"{ratio(timed, floor):.2f}" if floor else "-",
                f"{walk_ratio(timed, floor):.2f}" if floor else "-",
                *(f"{ratio(other, timed):.1f}" if other else "-" for other in against),
            )
        )
    note = f"of its floor: ours over the floor; the others: theirs over ours; both of the seconds for {STANDARD}.\n"
    return aligned(rows) + note if len(rows) > 1 else ""


def _pace(found: Mapping[str, Paced]) -> str:
    rows = [("pace", "media", "TikToks", "mean s/step", "least", "bytes received", "per TikTok")]
    for media, paced in found.items():
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
    if not {"blocked", "loaded"} <= found.keys():
        return aligned(rows)
    blocked, loaded = found["blocked"].received, found["loaded"].received
    return aligned(rows) + f"Blocking media saved {loaded - blocked:,} bytes, {saving(loaded, blocked):.0%}.\n"


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
    missed = sum(not verdict.met for verdict in found)
    return judged(found) + (f"{missed} of {len(found)} targets missed\n" if missed else "every target met\n")
