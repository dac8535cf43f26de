"""What the crawl promises about its speed, and whether a measurement kept it."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.crawl.measures import Measured, Paced, Timed, middle, ratio

AT_LEAST_NEEDED = 20.0  # times faster than the 2022 method, where no card is needed
AT_LEAST_ALWAYS = 8.0  # where every creator is asked for
STALL_S = 0.5
STOP_S = 2.0
# Steps are due one pace apart: one that begins late, because the machine is busy, is followed sooner, and the mean
# stays; a crawl that keeps up is not much slower either.
PACE_SHORTER_S = 0.05
MEAN_SHORTER_S = 0.01
PACE_LONGER = 1.15


@dataclass(frozen=True, slots=True)
class Verdict:
    """One target: what was promised, what was found, and whether it was met."""

    promise: str
    found: str
    met: bool


def verdicts(measured: Measured) -> list[Verdict]:
    """Judge a whole run of the bench."""
    needed, always = middle(measured.needed), middle(measured.always)
    stays = [measured.peer_stays] if measured.peer_stays else []
    return [
        _faster("no card needed", ratio(measured.peer, needed), AT_LEAST_NEEDED),
        _faster("every creator asked for", ratio(measured.peer, always), AT_LEAST_ALWAYS),
        _all_obtained((measured.peer, *stays, *measured.needed, *measured.always)),
        _pace_holds(measured.blocked),
        _pace_holds(measured.loaded, " with media"),
        _reactor(measured),
        *_stops(measured),
        Verdict(
            "blocking media saves bytes",
            f"{measured.blocked.received:,} of {measured.loaded.received:,} bytes",
            measured.blocked.received < measured.loaded.received,
        ),
    ]


def _faster(where: str, times: float, at_least: float) -> Verdict:
    promise = f"{where}: at least {at_least:g} times faster"
    return Verdict(promise, f"{times:.1f} times", times >= at_least)


def _all_obtained(walks: tuple[Timed, ...]) -> Verdict:
    short = [walk for walk in walks if not walk.complete]
    return Verdict(
        "every TikTok and every creator obtained, on both sides",
        f"{len(walks) - len(short)} of {len(walks)} walks complete",
        not short,
    )


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
