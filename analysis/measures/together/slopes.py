"""As a video grows, do comments keep up with likes? The slope of log comments on log likes; 1 means a constant
ratio."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats
from statsmodels.regression.mixed_linear_model import MixedLM, MixedLMParams, VCSpec

from analysis.measures.ads import is_ad
from analysis.statistics.answer import SLOPE
from analysis.statistics.intervals import Estimate
from analysis.terms.definitions import (
    INTERVAL,
    RATIO_COMMENTS_AT_LEAST,
    SLOPE_CREATORS,
    SLOPE_CREATORS_AT_LEAST,
    SLOPE_GROWTH,
)

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

UNITS = (
    f"slope of log comments on log likes over sightings with comments >= {RATIO_COMMENTS_AT_LEAST} of TikToks whose "
    f"likes "
    f"grew by {SLOPE_GROWTH:g} widths of their rounding or more, ads out; n and of count TikToks; 1 means a constant "
    f"ratio. "
)
MIXED = UNITS + (
    "Linear mixed model (REML) with random intercepts of creators and TikToks; interval by Student's t, robust to "
    f"clusters of creators; fitted to at most {SLOPE_CREATORS} creators drawn by seed, so its n may be smaller"
)
WITHIN = UNITS + "Within TikToks (fixed effects); interval by Student's t, robust to clusters of creators"


@dataclass(frozen=True, slots=True)
class Slope:
    """Comments as a video grows: the slope of log comments on log likes; 1 means a constant ratio."""

    mixed: Estimate
    """statsmodels MixedLM, random creator and TikTok; not answerable where it did not converge."""
    within: Estimate
    """The same within TikToks only (fixed effects), interval by clusters of creators: needs no convergence."""
    converged: bool
    """Whether the mixed model was fitted and converged."""
    messages: tuple[str, ...]
    """What statsmodels said, verbatim, or why it was not asked."""


def slope_rows(bounded: pd.DataFrame) -> pd.DataFrame:
    """One row a sighting used, sorted by (creator, id, scraped_at), RangeIndex. Whole TikToks in.

    creator, id (str), scraped_at (datetime64[us, UTC]), log_likes, log_comments (Float64, natural, middle of the
    bounds). Chosen by growth of likes, not of comments: an error in the regressor, which rounding is, would flatten the
    slope.
    """
    enough = (bounded["comments"] >= RATIO_COMMENTS_AT_LEAST) & (bounded["likes_lo"] >= 1) & ~is_ad(bounded)
    use = bounded[enough.fillna(False) & bounded["creator"].notna() & bounded["id"].notna()]
    rows = use[["creator", "id", "scraped_at"]].copy()
    for count in ("likes", "comments"):
        rows[f"log_{count}"] = _logs((use[f"{count}_lo"] + use[f"{count}_hi"]) / 2)
    width = _logs(use["likes_hi"] + 0.5) - _logs((use["likes_lo"] - 0.5).clip(lower=0.5))
    width = width.mask(use["likes_lo"] == use["likes_hi"], 0.0)  # exact
    by_tiktok = [use["creator"], use["id"]]
    grown = rows["log_likes"].groupby(by_tiktok).transform("max") - rows["log_likes"].groupby(by_tiktok).transform(
        "min"
    )
    widest = width.groupby(by_tiktok).transform("max")
    kept = rows[(grown > 0) & (grown >= SLOPE_GROWTH * widest)]
    return kept.sort_values(["creator", "id", "scraped_at"], kind="stable", ignore_index=True)


def _logs(values: pd.Series) -> pd.Series:
    return pd.Series(np.log(values.to_numpy(dtype=float)), index=values.index).astype("Float64")


def comments_slope(bounded: pd.DataFrame, *, seed: int = 1) -> Slope:
    """Is the ratio of comments to likes constant as a video grows? By mixed model, and within TikToks beside it."""
    of = int(bounded["id"].nunique())
    rows = slope_rows(bounded)
    x, y = (rows[column].to_numpy(dtype=float) for column in ("log_likes", "log_comments"))
    creator = np.asarray(pd.factorize(rows["creator"])[0], dtype=np.int64)
    tiktok = np.asarray(rows.groupby(["creator", "id"]).ngroup(), dtype=np.int64)
    n = len(np.unique(tiktok))
    within = Estimate.not_answerable(WITHIN, n=n, of=of)
    if len(np.unique(creator)) >= SLOPE_CREATORS_AT_LEAST:
        estimate, low, high = (float(end) for end in within_slope(x, y, tiktok, creator, INTERVAL))
        within = _judged(Estimate(estimate, low, high, INTERVAL, n, of, WITHIN), creator)
    chosen = _draw(creator, seed)
    return _mixed(x[chosen], y[chosen], tiktok[chosen], creator[chosen], of=of, within=within)


def _judged(found: Estimate, creator: Ints) -> Estimate:
    """With what it lacks, if anything: creators, whom the interval is drawn by."""
    return found.judged(SLOPE, "creators", n=len(np.unique(creator))) if found.answerable else found


def within_slope(x: Floats, y: Floats, tiktok: Ints, creator: Ints, level: float) -> tuple[Floats, Floats, Floats]:
    """Fixed-effects slope with its cluster-robust interval, along the last axis: estimate, low, high.

    x, y (..., rows); tiktok, creator (rows,) numbered from 0. NaN with fewer than two creators or where x never varies.
    """
    clusters = int(creator.max(initial=-1)) + 1
    if clusters < 2:
        nothing = np.full(x.shape[:-1], np.nan)
        return nothing, nothing.copy(), nothing.copy()
    member = _sums(tiktok)
    away_x = x - (member(x) / member(np.ones_like(x)))[..., tiktok]
    away_y = y - (member(y) / member(np.ones_like(y)))[..., tiktok]
    spread = (away_x**2).sum(axis=-1)
    slope = (away_x * away_y).sum(axis=-1) / np.where(spread > 0, spread, np.nan)
    scores = _sums(creator)(away_x * (away_y - slope[..., None] * away_x))
    error = np.sqrt((scores**2).sum(axis=-1) * clusters / (clusters - 1)) / spread
    half = stats.t.ppf((1 + level) / 2, clusters - 1) * error
    return slope, slope - half, slope + half


def mixed_slope(fitted: Any, x: Floats, y: Floats, tiktok: Ints, creator: Ints) -> tuple[float, float, float]:
    """Slope of `fit_mixed` with an interval robust to clusters of creators (Liang & Zeger 1986): estimate, low, high.

    statsmodels' own interval takes the errors of one TikTok's sightings as independent, but a growing video's follow
    each other; with errors that remember 0.8 of the last it held the truth in 51 of 60 samples.
    """
    starts = np.flatnonzero(np.diff(creator)) + 1
    bread, meat = np.zeros((2, 2)), np.zeros((2, 2))
    away = x - x.mean()
    for rows in np.split(np.arange(len(x)), starts):
        fixed = np.column_stack([np.ones(len(rows)), away[rows]])
        same = tiktok[rows][:, None] == tiktok[rows]
        variance = fitted.scale * np.eye(len(rows)) + fitted.cov_re[0, 0] + fitted.vcomp[0] * same
        weighted = np.linalg.solve(variance, fixed)
        score = weighted.T @ (y[rows] - fixed @ fitted.fe_params)
        bread += weighted.T @ fixed
        meat += np.outer(score, score)
    clusters = len(starts) + 1
    covariance = np.linalg.solve(bread, np.linalg.solve(bread, meat).T) * clusters / (clusters - 1)
    half = float(stats.t.ppf((1 + INTERVAL) / 2, clusters - 1) * np.sqrt(covariance[1, 1]))
    slope = float(fitted.fe_params[1])
    return slope, slope - half, slope + half


def _sums(code: Ints) -> Callable[[Floats], Floats]:
    """A function that sums the last axis by *code*, numbered from 0 without a gap."""
    order = np.argsort(code, kind="stable")
    starts = np.flatnonzero(np.r_[True, np.diff(code[order]) > 0]) if len(code) else order
    return lambda values: np.asarray(np.add.reduceat(values[..., order], starts, axis=-1))


def _draw(creator: Ints, seed: int) -> Ints:
    """The rows of `SLOPE_CREATORS` creators at most, in their order."""
    everyone = np.unique(creator)
    if len(everyone) <= SLOPE_CREATORS:
        return np.arange(len(creator))
    drawn = np.random.default_rng(seed).choice(everyone, SLOPE_CREATORS, replace=False)
    return np.flatnonzero(np.isin(creator, drawn))


def _mixed(x: Floats, y: Floats, tiktok: Ints, creator: Ints, *, of: int, within: Estimate) -> Slope:
    n = len(np.unique(tiktok))
    unknown = Estimate.not_answerable(MIXED, n=n, of=of)
    if len(np.unique(creator)) < SLOPE_CREATORS_AT_LEAST:
        message = f"not fitted: expected {SLOPE_CREATORS_AT_LEAST} creators or more, found {len(np.unique(creator))}"
        return Slope(unknown, within, False, (message,))
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            fitted = fit_mixed(x, y, tiktok, creator)
        except (
            np.linalg.LinAlgError,
            ValueError,
        ) as error:  # singular designs: reported, the rest of the report stands
            return Slope(unknown, within, False, (f"{type(error).__name__}: {error}",))
    messages = tuple(dict.fromkeys(str(warning.message) for warning in caught))
    ends = mixed_slope(fitted, x, y, tiktok, creator)
    if not fitted.converged or not np.isfinite(ends).all():
        return Slope(unknown, within, False, messages or ("MixedLM did not converge",))
    return Slope(_judged(Estimate(*ends, INTERVAL, n, of, MIXED), creator), within, True, messages)


def fit_mixed(x: Floats, y: Floats, tiktok: Ints, creator: Ints) -> Any:
    """statsmodels' fit by REML: intercept and slope, random intercepts of creators, of TikToks within them.

    Rows sorted by creator. x is taken from its mean, which leaves the slope and makes the fit well conditioned.
    """
    labels, designs = [], []
    starts = np.flatnonzero(np.diff(creator)) + 1
    for part in np.split(tiktok, starts):
        names = np.unique(part)
        labels.append([str(name) for name in names])
        designs.append((part[:, None] == names).astype(float))
    fixed = np.column_stack([np.ones_like(x), x - x.mean()])
    model = MixedLM(y, fixed, creator, np.ones((len(x), 1)), VCSpec(["TikTok"], [labels], [designs]))
    return model.fit(start_params=_moments(x, y, tiktok, creator), reml=True)


def _moments(x: Floats, y: Floats, tiktok: Ints, creator: Ints) -> MixedLMParams | None:
    """Where the fit begins: the slope within TikToks, and variances by the moments of a nested analysis of variance.

    From there it is a tenth of the way from statsmodels' own start, and ends at the same place. None: there is no error
    within TikToks to divide by.
    """
    fixed_effects = within_slope(x, y, _numbered(tiktok), _numbered(creator), INTERVAL)
    slope = float(fixed_effects[0])
    rest = pd.DataFrame({"creator": creator, "tiktok": tiktok, "rest": y - slope * (x - x.mean())})
    tiktoks = rest.groupby(["creator", "tiktok"])["rest"].agg(["mean", "var", "count"])
    creators = tiktoks["mean"].groupby("creator").agg(["mean", "var", "count"])
    error = _pooled(tiktoks)
    if not error > 0:
        return None
    of_tiktoks = max(_pooled(creators) - error / tiktoks["count"].mean(), 0.01 * error)
    of_creators = max(float(creators["mean"].var()) - of_tiktoks / creators["count"].mean(), 0.01 * error)
    return MixedLMParams.from_components(
        fe_params=np.array([creators["mean"].mean(), slope]),
        cov_re=np.array([[of_creators / error]]),
        vcomp=np.array([of_tiktoks / error]),
    )


def _numbered(code: Ints) -> Ints:
    """*code* without gaps, from 0."""
    return np.asarray(np.unique(code, return_inverse=True)[1], dtype=np.int64)


def _pooled(groups: pd.DataFrame) -> float:
    """The variance within groups, of their `var` and `count`; 0 where all have one value."""
    free = groups["count"] - 1
    return float((groups["var"].fillna(0) * free).sum() / max(int(free.sum()), 1))
