"""The monitors: each holds one thing of a run against the last ones like it, and says what to look at. Pure.

A share is compared by Fisher's exact test, a median by Student's prediction (chance.py). All tests of a run together
are given TIKTOK_HEALTH_FALSE_ALARMS chances of a false alarm, in equal parts.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ...config import Thresholds
from .chance import Counted, as_far, fewer, more
from .measured import MEDIAN_AGE, Record, Share, language_share, median_age, shares_of, top_languages

FEWEST_RUNS = 5  # with fewer, what runs differ by is not known


@dataclass(frozen=True, slots=True)
class Finding:
    """What changed, in a sentence. fault: it makes the lines wrong or the run useless; else it only looks odd."""

    monitor: str
    says: str
    fault: bool = False


@dataclass(frozen=True, slots=True)
class _Tested:
    finding: Finding
    chance: float


def compared(run: Record, last: Sequence[Record], thresholds: Thresholds) -> list[Finding]:
    """Return what of *run* is not as in the *last* ones, all as the ends of runs.jsonlines tell them.

    Nothing where there are fewer than FEWEST_RUNS of them.
    """
    if len(last) < FEWEST_RUNS:
        return []
    tested = [*_shares(run, last, thresholds), *_age(run, last), *_languages(run, last)]
    return [one.finding for one in tested if one.chance < thresholds.false_alarms / len(tested)]


def _shares(run: Record, last: Sequence[Record], thresholds: Thresholds) -> Iterator[_Tested]:
    for share in shares_of(run):
        before = _told(share, last)
        if (now := share.of(run)) is None or len(before) < FEWEST_RUNS:
            continue
        most = thresholds.most_changed(share.limit)
        fault = most is not None and now[0] > most * now[1]
        yield _Tested(Finding(share.name, _says(share, now, before), fault), more(now, before))


def _told(share: Share, last: Sequence[Record]) -> list[Counted]:
    return [counted for record in last if (counted := share.of(record)) is not None]


def _says(share: Share, now: Counted, before: Sequence[Counted]) -> str:
    return f"{share.what}: {_spelled(now, before)}; {share.look}"


def _spelled(now: Counted, before: Sequence[Counted]) -> str:
    had, of = (sum(each) for each in zip(*before, strict=True))
    return f"{now[0]} of {now[1]} ({now[0] / now[1]:.1%}), but {had / of:.1%} in the last {len(before)} runs like it"


def _age(run: Record, last: Sequence[Record]) -> Iterator[_Tested]:
    before = [age for record in last if (age := median_age(record))]
    if (now := median_age(run)) is None or len(before) < FEWEST_RUNS:
        return
    usual = math.exp(sum(age.log_h for age in before) / len(before))
    says = (
        f"median age of the TikToks: {_spelled_age(math.exp(now.log_h))}, but {_spelled_age(usual)} in the last "
        f"{len(before)} runs like it; {MEDIAN_AGE}"
    )
    yield _Tested(Finding("age", says), as_far(now.log_h, [age.log_h for age in before], now.spread))


def _spelled_age(hours: float) -> str:
    return f"{hours:.0f} hours" if hours < 72 else f"{hours / 24:.0f} days"


def _languages(run: Record, last: Sequence[Record]) -> Iterator[_Tested]:
    """Each of the most frequent languages, of this run or of the last: more or less of it than it had."""
    for language in top_languages(run, last):
        now = language_share(run, language)
        before = [counted for record in last if (counted := language_share(record, language))]
        if now is None or len(before) < FEWEST_RUNS:
            continue
        says = (
            f"TikToks in {language}, of those that tell their language: {_spelled(now, before)}; see region, locale "
            "and zone, and whether another line is used"
        )
        yield _Tested(Finding("language", says), min(1.0, 2 * min(more(now, before), fewer(now, before))))


def split(findings: Sequence[Finding]) -> Mapping[bool, list[str]]:
    """Return the sentences of the faults, under True, and of what only looks odd, under False."""
    return {fault: [found.says for found in findings if found.fault is fault] for fault in (True, False)}
