"""How much was seen, when, how evenly, and how much of what the feed could have shown."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.measures.ads import is_ad
from analysis.report.answers.middle import ends, middle
from analysis.report.answers.said import NOT_ESTIMATED, count, unanswered
from analysis.report.context import Context
from analysis.report.markup import Child, Html
from analysis.report.wording import day, interval, missing, moment, plural, share, whole
from analysis.statistics.answer import RATIO, SHARE, lacks
from analysis.statistics.intervals import quantile_estimate

THINGS = (
    ("runs", "run", "runs", "runs with at least one sighting"),
    ("sightings", "sighting", "sightings", "one TikTok shown to one run, the gates passed"),
    ("TikToks", "TikTok", "TikToks", "different ids, ads among them"),
    ("creators", "creator", "creators", "different creators: by creator_id where it is told, else by handle"),
    ("audios", "audio", "audios", "different audio ids; where none is told, the digits that end the audio's address"),
)


def scope(context: Context) -> Child:
    """How much was seen, and from when to when."""
    days = period(context)
    runs, sightings, tiktoks, creators, audios = (_things(context, *thing) for thing in THINGS)
    counts = [runs, " recorded ", sightings, " of ", tiktoks, " by ", creators, " with ", audios, "."]
    return [days, ", ", *counts, _advertised(context)]


def period(context: Context) -> Html:
    """From which day to which there are sightings."""
    at = context.study.sightings["scraped_at"]
    if at.empty:
        raise unanswered("no sighting", "the data", "at least one sighting", "crawl, then report again")
    first, last = day(at.min()), day(at.max())
    return context.facts(
        f"On {first} (UTC)" if first == last else f"From {first} to {last} (UTC)",
        "the time of the sightings",
        n=f"{len(at):,} sightings",
        definition=f"scraped_at of the first and the last of them: {moment(at.min())} to {moment(at.max())}",
        interval=NOT_ESTIMATED,
    )


def sightings(context: Context) -> Child:
    """How many sightings there are."""
    return _things(context, *THINGS[1])


def _advertised(context: Context) -> Child:
    """How many of the TikToks were ads: they are in these numbers, and in no ranking."""
    rows, untold = context.study.tiktoks, context.study.ads_untold
    if untold == len(rows):
        return " Which of them were ads nobody told, so none of them is left out."
    paid = int(is_ad(rows).sum())
    told = count(
        context,
        paid,
        f"{paid:,}",
        "TikToks seen as ads",
        definition="TikToks that were an ad in one sighting or more; they are counted here, and are in no ranking",
        of=len(rows),
    )
    said: list[Child] = [" Of these TikToks ", told, " was an ad" if paid == 1 else " were ads", " and in no ranking"]
    if untold:
        how_many = count(
            context,
            untold,
            f"{untold:,}",
            "TikToks that may be ads",
            definition="TikToks of which no sighting says whether they were ads; rankings hold them",
            of=len(rows),
        )
        said += ["; of ", how_many, " it is not told, so they are not left out"]
    return [*said, "."]


def _things(context: Context, quantity: str, one: str, many: str, definition: str) -> Child:
    n = context.study.totals[quantity]
    if missing(n):  # no sighting names one, which is not none
        return f"{many} not told"
    return count(context, int(n), plural(int(n), one, many), many, definition=definition)


def coverage(context: Context) -> Child:
    """In how many hours a healthy run looked, and in how many none did."""
    hours = context.study.loaded.coverage.hours
    if hours.empty:
        raise unanswered("no hour with a run", "coverage", "runs.jsonlines or lines with times")
    healthy = int(hours["healthy"].sum())
    told = context.facts(
        f"{healthy:,} of {plural(len(hours), 'hour')}",
        "hours in which a healthy run looked",
        n=f"{len(hours):,} hours from {moment(hours['hour'].min())} on",
        definition="an hour counts where a run that ended with enough lines began or saw a TikTok in it; of the "
        "others nothing is known, which is not zero",
        interval=NOT_ESTIMATED,
    )
    part = context.facts(
        share(healthy / len(hours)),
        "hours in which a healthy run looked, of all",
        n=f"{healthy:,} of {plural(len(hours), 'hour')}",
        definition="hours covered over hours from the first run to the last sighting",
        interval=NOT_ESTIMATED,
    )
    return ["A healthy run looked in ", told, " (", part, ").", _by_lines_only(context)]


def _by_lines_only(context: Context) -> Child:
    """What is not known of runs that runs.jsonlines does not tell of: they count as healthy, and may not have been."""
    runs = context.study.runs
    alone = int((runs["event_last"].isna() & runs["sightings"].gt(0)).sum())
    if not alone:
        return None
    told = count(
        context,
        alone,
        plural(alone, "run"),
        "runs known from their lines alone",
        definition="no line of runs.jsonlines tells of it, as none does of 2022; that its end was good is taken for "
        "granted, and a run that brought no line is not known at all",
        of=len(runs),
    )
    verb = " is" if alone == 1 else " are"
    return [" ", told, verb, " known from lines alone and counted as healthy: how they ended is not told."]


def pool(context: Context) -> Child:
    """What share of a day's choices of the feed fell on TikToks that were seen, and the least a day's pool held."""
    pools = context.study.pools
    known = pools[pools["coverage"].notna() & pools["pool"].notna()]
    if known.empty:
        raise unanswered("no day with two runs or more", "a day's pool", "a day with several runs")
    middle = known.sort_values(["coverage", "day"], kind="stable").iloc[len(known) // 2]
    days = quantile_estimate(
        known["coverage"].to_numpy(dtype=float), 0.5, of=len(pools), definition="", scale=SHARE, units="days"
    )
    # The feed's pool of one day: what is told of it is a lower bound, and its interval may be no answer.
    unbounded = lacks(int(middle["runs"]), float(middle["pool_lo"]), float(middle["pool_hi"]), RATIO, "runs a day")
    covered = context.facts(
        share(middle["coverage"]) + _unless(days.lacks),
        "sample coverage of the median day",
        n=f"{int(middle['runs'])} runs of {day(middle['day'])}; {len(known)} days known",
        definition="Good-Turing: the share of the feed's choices of that day that fall on TikToks seen that day "
        "(Chao & Jost 2012)",
        interval=f"{_over(known['coverage'], 'days')}; the days range from {share(known['coverage'].min())} to "
        f"{share(known['coverage'].max())}",
    )
    said: list[Child] = ["On the median day, what was seen covers ", covered, " of what the feed chose"]
    if unbounded is not None:
        why = context.facts(
            f"not answerable ({unbounded})",
            "TikToks in that day's pool, at least",
            n=f"{int(middle['tiktoks'])} TikToks seen that day, {int(middle['once'])} of them in one run",
            definition="Chao2, a lower bound of how many different TikToks the feed drew from that day",
            interval=f"{interval(middle['pool_lo'], middle['pool_hi'], whole)}, which is no answer",
        )
        return [*said, "; how many TikToks it chose from is ", why, "."]
    least = context.facts(
        whole(middle["pool"]),
        "TikToks in that day's pool, at least",
        n=f"{int(middle['tiktoks'])} TikToks seen that day, {int(middle['once'])} of them in one run",
        definition="Chao2, a lower bound of how many different TikToks the feed drew from that day; no total beyond "
        "a day is estimated",
        interval=interval(middle["pool_lo"], middle["pool_hi"], whole),
    )
    return [*said, ", out of a pool of at least ", least, " TikToks."]


def likeness(context: Context) -> Child:
    """How alike consecutive runs are."""
    alike = context.study.similarity
    if alike.empty:
        raise unanswered("fewer than two runs", "similarity of runs", "two runs or more")
    told = middle(
        context,
        alike["jaccard"],
        "TikToks that consecutive runs share (median)",
        "Jaccard: ids in both runs over ids in either",
        "pairs of consecutive runs",
        form=share,
        scale=SHARE,
    )
    return ["By the median pair, consecutive runs share ", told, " of their TikToks."]


def _unless(missing: str | None) -> str:
    """What stands behind a number of one day, where the median over days is no answer."""
    return "" if missing is None else f" (the median over days is not answerable: {missing})"


def _over(values: pd.Series, units: str) -> str:
    """The interval of the median of *values* over *units*."""
    known = values.dropna().to_numpy(dtype=float)
    estimate = quantile_estimate(known, 0.5, of=len(values), definition="")
    how = f"order statistics over {units}" if np.isfinite([estimate.low, estimate.high]).any() else f"too few {units}"
    return f"{ends(estimate, share)} ({how})"
