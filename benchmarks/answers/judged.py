"""Who said the same, and whether what is promised was kept. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.answers.measured import Ran
from benchmarks.answers.run import OURS
from benchmarks.verdicts import Verdict

WITHIN_BYTES = 8 << 30  # what the largest file may take
DASK_WITHIN = 1.5  # times the seconds of buckets
MEMORY, BUCKETS, DASK = OURS


def verdicts(ran: Sequence[Ran]) -> list[Verdict]:
    """Judge all sizes."""
    found = []
    for sightings in sorted({each.sightings for each in ran}):
        of_it = [each for each in ran if each.sightings == sightings]
        found += [_right(of_it, sightings), _no_slower(of_it, sightings), *_dask(of_it, sightings)]
    return [*found, *_memory(ran)]


def _right(of_it: Sequence[Ran], sightings: int) -> Verdict:
    """Ours says what is true, by every engine, and in memory tells each bad line."""
    ours = [each for each in of_it if each.tool in OURS]
    wrong = [each.tool for each in ours if not each.right]
    wrong += [f"{each.tool}: bad lines" for each in ours if each.tool == MEMORY and not each.counts_bad]
    promise = f"{sightings:,} sightings: ours says what is true, and tells each bad line"
    return Verdict(promise, ", ".join(wrong) or "it does", bool(ours) and not wrong)


def _no_slower(of_it: Sequence[Ran], sightings: int) -> Verdict:
    """The fastest of ours against the fastest other that read the lines as they are and is right."""
    ours = min((each for each in of_it if each.tool in OURS and each.right), key=lambda it: it.median, default=None)
    peers = [each for each in of_it if each.tool not in OURS and not each.failed and each.right]
    peer = min(peers, key=lambda each: each.median, default=None)
    promise = f"{sightings:,} sightings: no slower than the fastest other that reads them"
    if ours is None or peer is None:
        return Verdict(promise, "nothing to compare", met=False)
    said = f"{ours.tool} {ours.median:.1f} s, {peer.tool} {peer.median:.1f} s"
    return Verdict(promise, said, ours.median <= peer.median)


def _dask(of_it: Sequence[Ran], sightings: int) -> list[Verdict]:
    by = {each.tool: each.median for each in of_it}
    if not {BUCKETS, DASK} <= by.keys() or sightings < 1_000_000:  # a cluster's start is not what is asked about
        return []
    ratio = by[DASK] / by[BUCKETS]
    return [
        Verdict(f"{sightings:,} sightings: Dask within {DASK_WITHIN} of buckets", f"{ratio:.2f}", ratio <= DASK_WITHIN)
    ]


def _memory(ran: Sequence[Ran]) -> list[Verdict]:
    """Of the largest file, the engine that is there for files beyond memory."""
    of_it = [each for each in ran if each.tool == BUCKETS and each.right]
    if not of_it:
        return []
    largest = max(of_it, key=lambda each: each.sightings)
    promise = f"{largest.sightings:,} sightings within 8 GB, over buckets"
    return [Verdict(promise, f"{largest.peak / 1e9:.1f} GB", largest.peak <= WITHIN_BYTES)]
