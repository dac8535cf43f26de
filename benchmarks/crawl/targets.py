"""What the crawl promises about its speed, and whether a measurement kept it."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.crawl.measures import Measured, Paced, Timed, ratio
from benchmarks.crawl.methods import ALIKE, METHODS
from benchmarks.verdicts import Verdict

STUDY = "2022"
FASTER = {"needed": 25.0, "always": 11.0}  # times faster than the 2022 method
OF_FLOOR = 1.25
STALL_S = 0.5
STOP_S = 2.0
# Steps are due one pace apart: one that begins late, because the machine is busy, is followed sooner, and the mean
# stays; a crawl that keeps up is not much slower either.
PACE_SHORTER_S = 0.05
MEAN_SHORTER_S = 0.01
PACE_LONGER = 1.15


def verdicts(measured: Measured) -> list[Verdict]:
    """Judge what was measured; what was not run is not judged."""
    found = [*_faster(measured), *_near_floors(measured), *_ahead(measured)]
    if measured.speeds:
        found.append(_all_obtained(measured))
    found += [_pace_holds(paced, " with media" * (media == "loaded")) for media, paced in measured.paced.items()]
    if measured.stalls.every:
        found.append(_reactor(measured))
    if measured.stops:
        found += _stops(measured)
    return [*found, *_saving(measured)]


def _faster(measured: Measured) -> Iterator[Verdict]:
    study = measured.middle(STUDY)
    for name, at_least in FASTER.items():
        if study and (ours := measured.middle(name)):
            times = ratio(study, ours)
            promise = f"{name}: at least {at_least:g} times faster than the 2022 method"
            yield Verdict(promise, f"{times:.1f} times", times >= at_least)


def _near_floors(measured: Measured) -> Iterator[Verdict]:
    for method in METHODS:
        ours, floor = measured.middle(method.name), measured.middle(method.floor)
        if ours and floor:
            times = ratio(ours, floor)
            promise = f"{method.name}: within {OF_FLOOR:g} of its floor"
            yield Verdict(promise, f"{times:.2f} of {method.floor}", times <= OF_FLOOR)


def _ahead(measured: Measured) -> Iterator[Verdict]:
    """In seconds, in the processors' time, and in memory."""
    for name, other in ALIKE.items():
        ours, theirs = measured.middle(name), measured.middle(other)
        if ours and theirs:
            pairs = {
                "s": (ours.whole_of(), theirs.whole_of()),
                "CPU ms/TikTok": (each(ours.cost.cpu, ours.tiktoks), each(theirs.cost.cpu, theirs.tiktoks)),
                "MB": (ours.cost.memory, theirs.cost.memory),
            }
            yield Verdict(
                f"{name}: ahead of scrapy-playwright ({other})",
                ", ".join(f"{what} {mine:,.0f} to {its:,.0f}" for what, (mine, its) in pairs.items()),
                all(mine < its for mine, its in pairs.values()),
            )


def each(seconds: float, tiktoks: int) -> float:
    """Milliseconds per TikTok."""
    return seconds * 1000 / max(1, tiktoks)


def _all_obtained(measured: Measured) -> Verdict:
    tries = list(_tries(measured))
    short = [name for name, timed in tries if not timed.complete]
    lacking = f"; not {', '.join(dict.fromkeys(short))}" if short else ""
    return Verdict(
        "every TikTok and every creator that was asked for obtained, on all sides",
        f"{len(tries) - len(short)} of {len(tries)} walks complete{lacking}",
        not short,
    )


def _tries(measured: Measured) -> Iterator[tuple[str, Timed]]:
    for name, tries in measured.speeds.items():
        for timed in tries:
            yield name, timed


def _saving(measured: Measured) -> Iterator[Verdict]:
    if {"blocked", "loaded"} <= measured.paced.keys():
        blocked, loaded = measured.paced["blocked"].received, measured.paced["loaded"].received
        yield Verdict("blocking media saves bytes", f"{blocked:,} of {loaded:,} bytes", blocked < loaded)


def _pace_holds(paced: Paced, how: str = "") -> Verdict:
    kept = paced.pace - MEAN_SHORTER_S <= paced.mean <= paced.pace * PACE_LONGER
    return Verdict(
        f"a pace of {paced.pace:g} s holds{how}",
        f"mean {paced.mean:.3f} s, least {paced.least:.3f} s",
        bool(paced.gaps) and kept and paced.least >= paced.pace - PACE_SHORTER_S,
    )


def _reactor(measured: Measured) -> Verdict:
    stalls = measured.stalls
    promise = f"the event loop never stalls for {STALL_S:g} s"
    return Verdict(promise, f"longest {stalls.longest:.3f} s", stalls.ticks > 0 and stalls.longest < STALL_S)


def _stops(measured: Measured) -> list[Verdict]:
    stops = [stop for stop in measured.stops if stop.as_meant]
    longest = max((stop.seconds for stop in stops), default=0.0)
    lost = sum(stop.lost for stop in stops)
    tried = f"{len(stops)} of {len(measured.stops)} signals fell where they were meant to"
    everywhere = {stop.where for stop in stops} == {stop.where for stop in measured.stops}
    in_time = bool(stops) and longest <= STOP_S
    return [
        Verdict(f"SIGTERM ends a run within {STOP_S:g} s", f"longest {longest:.2f} s", in_time),
        Verdict("SIGTERM loses no TikTok", f"{lost} lost; {tried}", bool(stops) and everywhere and not lost),
    ]
