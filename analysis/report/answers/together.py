"""What goes together: a viral video and followers, likes and followers, posting and growth, likes and comments."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from analysis.measures.together import ratios, shortfall
from analysis.report.answers.middle import percentile_told
from analysis.report.answers.said import NOT_ESTIMATED, unanswered
from analysis.report.context import Context
from analysis.report.markup import Child, Html, join
from analysis.report.wording import interval, missing, number, plural, share
from analysis.statistics.intervals import LEVEL, Estimate
from analysis.terms.definitions import ASSOCIATION_CREATORS_AT_LEAST, CORRELATION_WIDTH_AT_MOST

METHODS = {"pearson of logs": "Pearson's r of logarithms", "spearman": "Spearman's rho"}
PAIRS = {
    "likes and followers": "likes gain ~ follower gain",
    "posting and followers": "posting ~ follower growth",
    "posting and likes": "posting ~ likes",
}


def event(context: Context) -> Child:
    """Whether a viral video brings followers."""
    study = context.study.event_study
    if not study.gain.answerable:
        reasons = study.unusable[study.unusable["creators"] > 0]
        why = "; ".join(f"{reason} ({n:,})" for reason, n in zip(reasons["reason"], reasons["creators"], strict=True))
        found = f"{study.gain.n:,} usable of {study.gain.of:,} creators with an onset" + (f": {why}" if why else "")
        if study.gain.lacks is not None:
            found += f"; by them, a change of {interval(study.gain.low, study.gain.high, _log_points)}"
        raise unanswered(found, "event study", shortfall.in_words(study))
    told = context.estimate(
        study.gain, "followers gained around the onset of an outbreak, against matched creators", _log_points
    )
    return [
        "In the week after a video's outbreak began, its creator's followers changed by ",
        told,
        ", against the week before and against matched creators without one",
        _doubt(study.gain.low, study.gain.high),
        ".",
    ]


def _log_points(value: Any) -> str:
    """Natural log points as the growth they stand for."""
    if missing(value) or math.isinf(float(value)):
        return number(value)
    percent = math.expm1(float(value)) * 100
    return f"{percent:+.2g} %" if abs(percent) < 100 else f"{percent:+,.0f} %"


def _doubt(low: Any, high: Any) -> str:
    if missing(low) or missing(high):
        return " (no interval could be formed)"
    return (
        " (the interval holds zero, so chance may do as much)"
        if low <= 0 <= high
        else " (the interval leaves zero out)"
    )


def likes_and_followers(context: Context) -> Child:
    """Whether gains of likes and of followers go together."""
    return ["Gains of likes and of followers over one window: ", _pair(context, "likes and followers")]


def posting_and_followers(context: Context) -> Child:
    """Whether posting often goes with follower growth."""
    return ["Posting frequency and follower growth: ", _pair(context, "posting and followers")]


def posting_and_likes(context: Context) -> Child:
    """Whether posting often goes with likes."""
    return ["Posting frequency and likes: ", _pair(context, "posting and likes")]


def two(value: Any) -> str:
    """A coefficient with two decimals; what rounds to zero has no sign."""
    return f"{round(float(value), 2) + 0.0:.2f}"


def _pair(context: Context, name: str) -> Html:
    rows = context.study.associations
    rows = rows[rows["pair"] == PAIRS[name]]
    known = rows[rows["answerable"]]
    if known.empty:
        reasons = "; ".join(str(reason) for reason in rows["reason"].dropna().unique())
        found = f"{_compared(rows.iloc[0])}: {reasons}"
        wanted = (
            f"{ASSOCIATION_CREATORS_AT_LEAST} creators or more that tell both, by values that rounding leaves apart, "
            f"and an interval from end to end no wider than {number(CORRELATION_WIDTH_AT_MOST)}"
        )
        raise unanswered(found, name, wanted)
    told = join([_one(context, row) for _, row in rows.iterrows()], ", ")
    given = int(context.study.associations["p"].notna().sum())
    tests = context.facts(
        plural(given, "test"),
        "tests that p values are adjusted for",
        n=f"{given:,} of {len(context.study.associations):,} gave a p value",
        definition="three pairs by two methods; false discovery rate (Benjamini & Hochberg 1995) over those with a p "
        f"value; beyond chance: adjusted p below {number(1 - LEVEL)}",
        interval=NOT_ESTIMATED,
    )
    return join([told, f": {_verdict(known)} (adjusted for ", tests, ")."])


def _compared(row: pd.Series) -> str:
    """How many of which units a pair was compared over."""
    if row["pair"] == PAIRS["likes and followers"]:
        return (
            f"{int(row['n']):,} of {int(row['of']):,} TikToks that tell both, {plural(int(row['clusters']), 'creator')}"
        )
    return f"{int(row['n']):,} of {plural(int(row['of']), 'creator')}"


def _verdict(known: pd.DataFrame) -> str:
    """Which of the methods leave chance behind; that one does and the other not is said as such."""
    beyond = (known["p_adjusted"] < 1 - LEVEL).fillna(False).astype(bool)
    if not beyond.any():
        return "chance alone may give as much"
    if beyond.all():
        return "both more than chance would give" if len(known) > 1 else "more than chance would give"
    sure, unsure = (
        " and ".join(METHODS.get(name, name) for name in known.loc[chosen, "method"].astype(str))
        for chosen in (beyond, ~beyond)
    )
    return f"by {sure} more than chance would give, by {unsure} chance alone may give as much, so the two disagree"


def _one(context: Context, row: pd.Series) -> Html:
    label = METHODS.get(str(row["method"]), str(row["method"]))
    if not row["answerable"]:
        why = context.facts(
            "not answerable",
            f"{label}: {row['pair']}",
            n=_compared(row),
            definition=str(row["definition"]),
            interval=f"{interval(row['low'], row['high'], two)}, which is no answer",
        )
        return join([f"{label} ", why])
    adjusted = ""
    if not missing(row["p_adjusted"]):
        adjusted = f"; p = {number(row['p'])}, adjusted {number(row['p_adjusted'])} (false discovery rate)"
    button = context.facts(
        f"{two(row['estimate'])} ({interval(row['low'], row['high'], two, '')})",
        f"{label}: {row['pair']}",
        n=_compared(row),
        definition=str(row["definition"]),
        interval=interval(row["low"], row["high"], two) + adjusted,
    )
    return join([f"{label} ", button])


def spearman(context: Context, pair: str) -> str:
    """Spearman's rho of a pair with its interval, in words, from the family of tests; that it is no answer, where it is
    none."""
    rows = context.study.associations
    row = rows[(rows["pair"] == pair) & (rows["method"] == "spearman")].iloc[0]
    if not row["answerable"]:
        return "rho not answerable"
    return f"rho = {two(row['estimate'])} ({interval(row['low'], row['high'], two, '')})"


def comments_constant(context: Context) -> Child:
    """Whether likes to comments is constant per creator."""
    icc = likes_to_comments(context)
    if not icc.answerable:
        raise unanswered(
            f"{icc.n:,} of {icc.of:,} TikToks{_lacking(icc)}",
            "likes to comments",
            "creators seen with several TikToks of 20 comments or more",
        )
    told = context.estimate(icc, "variance of likes to comments that lies between creators (ICC)", share)
    return [
        "Of the variance of likes per comment, ",
        told,
        " lies between creators (100 % would be a ratio constant for each).",
    ]


def _lacking(told: Estimate) -> str:
    """The interval that is no answer, and what it lacks; nothing where there is no number at all."""
    return "" if told.lacks is None else f", {interval(told.low, told.high)}: {told.lacks}"


def likes_to_comments(context: Context) -> Estimate:
    """`ratios.likes_to_comments_icc`, computed once."""
    study = context.study
    return study.once("likes to comments per creator", lambda: ratios.likes_to_comments_icc(study.ratios))


def comments_grow(context: Context) -> Child:
    """Whether likes to comments stays constant as a video grows."""
    slope = context.study.slope
    chosen = slope.mixed if slope.mixed.answerable else slope.within
    if not chosen.answerable:
        raise unanswered(
            f"{chosen.n:,} of {chosen.of:,} TikToks{_lacking(chosen)}",
            "comments as a video grows",
            "TikToks seen twice or more with 20 comments or more",
        )
    told = [context.estimate(chosen, "slope of log comments on log likes as a video grows")]
    if slope.mixed.answerable and slope.within.answerable:
        told.append(context.estimate(slope.within, "the same within TikToks only"))
    said = [
        "As a video's likes grow by 1 %, its comments grow by ",
        told[0],
        " % (mixed model)" if slope.mixed.answerable else " % (within TikToks)",
    ]
    more: list[Child] = [", ", told[1], " % within TikToks only"] if len(told) > 1 else []
    warned = "" if slope.converged else " The mixed model did not converge."
    return [*said, *more, "; 1 would be a constant ratio.", warned]


def likes_to_followers(context: Context) -> Child:
    """Percentiles of likes to followers."""
    rows = likes_to_followers_rows(context)
    known = rows[rows["estimate"].notna() & rows["name"].str.startswith("tiktok")]
    if known.empty:
        raise unanswered("none that tells both", "likes to followers", "likes and followers of the same sighting")
    told = [
        join(
            [
                f"the {str(name).removeprefix('tiktok p')}th percentile is ",
                percentile_told(context, row, f"likes per follower, {name}"),
            ]
        )
        for name, row in known.set_index("name").iterrows()
    ]
    return ["Of a TikTok's likes over its creator's followers, ", join(told, ", "), "."]


def likes_to_followers_rows(context: Context) -> pd.DataFrame:
    """`ratios.likes_to_followers_percentiles`, computed once."""
    study = context.study
    return study.once("likes to followers", lambda: ratios.likes_to_followers_percentiles(study.ratios, study.creators))
