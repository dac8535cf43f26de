"""The headline measure: gains faster than 99 % of TikToks of its age, whatever that age is."""

from __future__ import annotations

import numpy as np
import pandas as pd
from statsmodels.nonparametric.smoothers_lowess import lowess

from analysis.statistics.ranks import rank_bounds
from analysis.statistics.thresholds import Cut, rank
from analysis.terms.definitions import LOWESS_FRACTION, RANKED_AT_LEAST


def by_age(rows: pd.DataFrame, eligible: pd.Series) -> tuple[pd.DataFrame, Cut, pd.DataFrame]:
    """Gains faster than 99 % of TikToks of its age, by the rate at first sighting."""
    rate = rows["rate_log10"].where(eligible)
    expected = _expected(rows["age_h"].where(rate.notna()), rate)
    judged = pd.DataFrame({"expected": expected, "excess": rate - expected})
    judged["excess_lo"] = rows["rate_log10_lo"].where(eligible) - expected
    judged["excess_hi"] = rows["rate_log10_hi"].where(eligible) - expected
    judged["excess_rank"] = rank(judged["excess"])
    places = rank_bounds(judged["excess_lo"].where(judged["excess"].notna()), judged["excess_hi"])
    judged[["excess_rank_best", "excess_rank_worst"]] = places
    cut = Cut.of(judged["excess"])
    judged["viral_for_age"] = cut.passed(judged["excess"])
    told = judged["viral_for_age"].notna()
    # An end of the interval that is not known (nan) leaves doubt: nothing is surely above it, everything possibly.
    surely = judged["excess_lo"] >= (cut.high if not np.isnan(cut.high) else np.inf)
    possibly = judged["excess_hi"] >= (cut.low if not np.isnan(cut.low) else -np.inf)
    judged["viral_for_age_surely"], judged["viral_for_age_possibly"] = surely.where(told), possibly.where(told)
    line = pd.DataFrame({"age_h": rows["age_h"], "rate_log10": expected}).dropna().drop_duplicates("age_h")
    return judged, cut, line.sort_values("age_h", ignore_index=True)


def _expected(age_h: pd.Series, rate: pd.Series) -> pd.Series:
    """What the LOWESS of *rate* on log10 age gives at each age (Float64; NA where either is, or there are too few)."""
    known = rate.notna()
    expected = pd.Series(pd.NA, index=rate.index, dtype="Float64")
    if known.sum() < RANKED_AT_LEAST:
        return expected
    x, y = np.log10(age_h[known].to_numpy(dtype=float)), rate[known].to_numpy(dtype=float)
    with np.errstate(invalid="ignore", divide="ignore"):
        # Between points 1 % of the range apart it interpolates, or the time would grow with the square of the TikToks.
        fitted = lowess(y, x, frac=LOWESS_FRACTION, delta=0.01 * np.ptp(x), return_sorted=False)
    # Where all TikToks a line would weigh have one age, it cannot be drawn: their median stands for it.
    alike = pd.Series(y).groupby(x).transform("median").to_numpy()
    expected[known] = np.where(np.isnan(fitted), alike, fitted)
    return expected
