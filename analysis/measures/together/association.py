"""Do followers, likes and posting go together? Pearson of logs and Spearman, clusters and rounding included.

Each interval rests on 200 bootstrap replicates that draw creators whole. Rounding would carry a coefficient towards 0;
each replicate's own draw of every count within its bounds tells by how much at most, and that is taken out; the
interval leaves open how much of it there was (`correlation`).
False discoveries are controlled over the family of tests (Benjamini & Hochberg 1995).
An association in what one feed showed; nothing here says what causes what.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from statsmodels.stats.multitest import multipletests

from analysis.counts.told import days_between
from analysis.measures.ads import is_ad
from analysis.measures.posting import BY_VIDEOS
from analysis.statistics.answer import CORRELATION, lacks
from analysis.statistics.bootstrap import Floats
from analysis.statistics.correlation import Correlation, Rounded, correlations
from analysis.terms.definitions import (
    ASSOCIATION_CREATORS_AT_LEAST,
    ASSOCIATION_REPLICATES,
    ASSOCIATION_TOLERANCE_H,
    CREATOR_DAYS_AT_LEAST,
    INTERVAL,
    ROUNDING_TAKES_AT_MOST,
)

LIKES_FOLLOWERS = "likes gain ~ follower gain"
POSTING_FOLLOWERS = "posting ~ follower growth"
POSTING_LIKES = "posting ~ likes"
METHODS = {"pearson": "pearson of logs", "spearman": "spearman"}

FREED = (
    "freed of rounding: divided by the root of both sides' reliabilities, as the bounds of the counts tell them "
    "(Spearman 1904, of ranks and of logs alike); the interval holds that of the coefficient as told, too, for less is "
    "to be given back where gains are far below the step; without an answer where rounding takes more than "
    f"{100 * ROUNDING_TAKES_AT_MOST:g} % of the coefficient away"
)

GAINS = ("likes_first", "likes_last", "followers_first", "followers_last")


def association_rows(bounded: pd.DataFrame) -> pd.DataFrame:
    """One row a TikTok, sorted by (creator, id), RangeIndex: the first and last sighting that tell likes and followers.

    So the TikTok's likes and its creator's followers are measured over one window. Ads are out. Whole creators in.

    creator, id (str); days (Float64, between the two); likes_first, likes_last, followers_first, followers_last, each
    with _lo and _hi (Int64).
    """
    both = bounded["likes"].notna() & bounded["user_followers"].notna() & ~is_ad(bounded)
    has = bounded[both & bounded["creator"].notna() & bounded["id"].notna()]
    groups = has.groupby(["creator", "id"], sort=True)
    ends = {"first": groups.nth(0), "last": groups.nth(-1)}
    keyed = {end: rows.set_index(["creator", "id"]).sort_index() for end, rows in ends.items()}
    days = days_between(keyed["first"]["scraped_at"], keyed["last"]["scraped_at"])
    columns = {"days": days}
    for name in GAINS:
        count, end = name.rsplit("_", 1)
        source = count if count == "likes" else f"user_{count}"
        for suffix in ("", "_lo", "_hi"):
            columns[name + suffix] = keyed[end][source + suffix]
    return pd.DataFrame(columns).reset_index().astype({"creator": "str", "id": "str"})


@dataclass(frozen=True)
class Side:
    """One side of a pair: counts known within bounds, and what is made of them."""

    lo: Floats
    """(counts, units), as hi."""
    hi: Floats
    values: Callable[[Floats], Floats]
    """(..., counts, units) -> (..., units)."""

    def middle(self) -> Floats:
        """(units,): every count at the middle of its bounds."""
        return self.values((self.lo + self.hi) / 2)

    def rounded(self) -> Rounded:
        """As a side of a correlation."""
        return Rounded(self.middle(), self.draw)

    def draw(self, rng: np.random.Generator, replicates: int) -> Floats:
        """(replicates, units): every count anywhere within its bounds."""
        return self.values(rng.uniform(self.lo, self.hi, size=(replicates, *self.lo.shape)))


@dataclass(frozen=True)
class _Pair:
    """One pair of the family: units (rows), both sides of each, and how many units there were."""

    units: pd.DataFrame
    x: Side
    y: Side
    of: int
    definition: str


def associations(rows: pd.DataFrame, posting: pd.DataFrame, creators: pd.DataFrame, *, seed: int = 1) -> pd.DataFrame:
    """The family of tests, six rows: three pairs by two methods.

    pair (str: "likes gain ~ follower gain", "posting ~ follower growth", "posting ~ likes"), method (str: "pearson of
    logs", "spearman"), answerable (boolean), estimate, low, high, level (Float64; NA where no number is to be had; they
    stand where the interval is too wide to be an answer, `analysis.statistics.answer`), p, p_adjusted (Float64,
    Benjamini-Hochberg over those that have a p), n (Int64: units used), of (Int64: units there were), clusters (Int64:
    creators used), rounding_x, rounding_y (Float64: the share of the variance of either side, of its values or its
    ranks, that rounding makes at most; NA where a side never varies or creators are too few), reason (str: why it is
    not answerable; NA where it is), definition (str: with the reason).
    rows: `association_rows`; posting: `posting.posting_rows`; creators: `creators.creator_rows`.
    """
    rng = np.random.default_rng(seed)
    found = []
    for name, pair in _pairs(rows, posting, creators).items():
        by_method, clusters = _correlations(pair, rng)
        for method, label in METHODS.items():
            told = _row(by_method[method], clusters, pair.definition)
            units = {"n": len(pair.units), "of": pair.of, "clusters": clusters}
            found.append({"pair": name, "method": label, "level": INTERVAL, **units, **told})
    frame = pd.DataFrame(found)[list(_TYPES)].astype(_TYPES)
    frame.insert(8, "p_adjusted", adjusted(frame["p"]))
    return frame


_TYPES = {
    "pair": "str",
    "method": "str",
    "answerable": "boolean",
    **dict.fromkeys(("estimate", "low", "high", "level", "p"), "Float64"),
    **dict.fromkeys(("n", "of", "clusters"), "Int64"),
    **dict.fromkeys(("rounding_x", "rounding_y"), "Float64"),
    **dict.fromkeys(("reason", "definition"), "str"),
}


def _row(r: Correlation, clusters: int, definition: str) -> dict[str, object]:
    """What one coefficient adds to its row: the number, or why there is none."""
    reason = _unanswered(r, clusters)
    numbers = dict.fromkeys(("estimate", "low", "high", "p"), np.nan)
    if reason is None:
        numbers = {name: getattr(r, name) for name in numbers}
        reason = lacks(clusters, r.low, r.high, CORRELATION, "creators")
    told = f"{definition}; {FREED}" + ("" if reason is None else f". Not answerable: {reason}")
    rounding_x, rounding_y = r.rounding
    return {
        **numbers,
        "answerable": reason is None,
        "rounding_x": rounding_x,
        "rounding_y": rounding_y,
        "reason": reason,
        "definition": told,
    }


def _unanswered(r: Correlation, clusters: int) -> str | None:
    if clusters < ASSOCIATION_CREATORS_AT_LEAST:
        return f"too few creators: {clusters:,} of the {ASSOCIATION_CREATORS_AT_LEAST} it takes"
    if r.taken > ROUNDING_TAKES_AT_MOST:
        x, y = (f"{100 * share:.0f} %" for share in r.rounding)
        return (
            f"rounding may make {x} of the variance of one side and {y} of the other's, which would take "
            f"{100 * r.taken:.0f} % of the coefficient away; more than {100 * ROUNDING_TAKES_AT_MOST:g} % cannot be "
            "given back"
        )
    return None if r.answerable else "one side is the same for all"


def adjusted(p: pd.Series) -> pd.Series:
    """Benjamini-Hochberg's p of each test in the family; NA stays NA and counts for none (Float64)."""
    known = p.notna()
    result = pd.Series(pd.NA, index=p.index, dtype="Float64")
    if known.any():
        result[known] = multipletests(p[known].to_numpy(dtype=float), method="fdr_bh")[1]
    return result


def pair_points(rows: pd.DataFrame, posting: pd.DataFrame, creators: pd.DataFrame, pair: str) -> pd.DataFrame:
    """The points behind one pair, at the middle of their bounds, for a plot: creator, id (str, NA for creators), x, y
    (Float64)."""
    chosen = _pairs(rows, posting, creators)[pair]
    units = chosen.units
    ids = units["id"] if "id" in units else pd.Series(pd.NA, index=units.index, dtype="str")
    points = {"creator": units["creator"], "id": ids, "x": chosen.x.middle(), "y": chosen.y.middle()}
    return pd.DataFrame(points).astype({"x": "Float64", "y": "Float64"}).reset_index(drop=True)


def _pairs(rows: pd.DataFrame, posting: pd.DataFrame, creators: pd.DataFrame) -> dict[str, _Pair]:
    gains = rows[(rows["days"] >= CREATOR_DAYS_AT_LEAST).fillna(False)]
    answered = posting[posting["basis"] == BY_VIDEOS].merge(creators[~creators["ad"]], on="creator", how="inner")
    grown = answered[_same_window(answered)]
    liked = answered[answered["likes_per_tiktok_seen"].notna()]
    return {
        LIKES_FOLLOWERS: _Pair(
            gains,
            _gain(gains, "likes", "days"),
            _gain(gains, "followers", "days"),
            len(rows),
            "natural log points a day that a TikTok's likes and its creator's followers gained between the first and "
            "last sighting that tell both, 24 h apart or more; creators drawn whole",
        ),
        POSTING_FOLLOWERS: _Pair(
            grown,
            _rate(grown),
            _gain(grown, "followers", "followers_days"),
            len(creators),
            "log(1 + posts a day, by the difference of videos told) and the natural log points a day that followers "
            "gained over the same window (ends at most 24 h apart), one row a creator",
        ),
        POSTING_LIKES: _Pair(
            liked,
            _rate(liked),
            _level(liked, "likes_per_tiktok_seen"),
            len(creators),
            "log(1 + posts a day, by the difference of videos told) and the log of mean likes per TikTok seen, one "
            "row a creator",
        ),
    }


def _same_window(answered: pd.DataFrame) -> pd.Series:
    """Whether followers and videos were told over the same window, and over a day or more."""
    same = (answered["followers_days"] >= CREATOR_DAYS_AT_LEAST).fillna(False)
    tolerance = pd.Timedelta(hours=ASSOCIATION_TOLERANCE_H)
    for end, other in (("followers_first_at", "from_at"), ("followers_last_at", "to_at")):
        same &= ((answered[end] - answered[other]).abs() <= tolerance).fillna(False)
    return same


def _gain(units: pd.DataFrame, count: str, days: str) -> Side:
    """Natural log points a day, a count below 1 taken as 1."""
    length = _array(units, days)

    def values(counts: Floats) -> Floats:
        logs = np.log(np.maximum(counts, 1))
        return np.asarray((logs[..., 1, :] - logs[..., 0, :]) / length)

    return Side(*_bounds(units, f"{count}_first", f"{count}_last"), values)


def _rate(units: pd.DataFrame) -> Side:
    days = _array(units, "days")
    lo, hi = (_array(units, f"posted_{end}")[None] for end in ("lo", "hi"))
    return Side(lo, hi, lambda posts: np.asarray(np.log1p(posts[..., 0, :] / days)))


def _level(units: pd.DataFrame, count: str) -> Side:
    return Side(*_bounds(units, count), lambda counts: np.asarray(np.log(np.maximum(counts[..., 0, :], 1))))


def _bounds(units: pd.DataFrame, *counts: str) -> tuple[Floats, Floats]:
    lo, hi = (np.stack([_array(units, f"{count}_{end}") for count in counts]) for end in ("lo", "hi"))
    return lo, hi


def _array(units: pd.DataFrame, column: str) -> Floats:
    return units[column].to_numpy(dtype=float, na_value=np.nan)


def _correlations(pair: _Pair, rng: np.random.Generator) -> tuple[dict[str, Correlation], int]:
    cluster, names = pd.factorize(pair.units["creator"], sort=True)
    if len(names) < ASSOCIATION_CREATORS_AT_LEAST:
        none = Correlation(np.nan, np.nan, np.nan, np.nan, (np.nan, np.nan))
        return dict.fromkeys(METHODS, none), len(names)
    codes = cluster.astype(np.int64)
    sides = pair.x.rounded(), pair.y.rounded()
    return correlations(*sides, codes, rng, replicates=ASSOCIATION_REPLICATES, level=INTERVAL), len(names)
