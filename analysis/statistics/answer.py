"""When an interval is too wide to be an answer, and about how much more data would make it one.

One place decides this for every interval that is stated: `Scale` says what a number is and how wide its interval may
be (`definitions`, with the reasoning), `lacks` says in words what is missing, or None where the interval is an answer.

An interval's width falls as 1 / sqrt(n), on the scale on which it is even about its estimate: Fisher's z for
correlations, logarithms for ratios, the number itself else. So (width / widest)^2 times as many units give the widest
that is an answer (planning a sample by its interval's width: Kelley & Maxwell 2003, Psychological Methods 8:305).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from analysis.terms.definitions import (
    CHANGE_FACTOR_AT_MOST,
    CORRELATION_WIDTH_AT_MOST,
    EXPONENT_WIDTH_AT_MOST,
    INTERVAL,
    RATIO_FACTOR_AT_MOST,
    SHARE_WIDTH_AT_MOST,
    SLOPE_WIDTH_AT_MOST,
)

NEAREST_ONE = 0.995  # ends nearer to 1 count as this: a correlation of 1 has no z, and so near it none that tells of n


@dataclass(frozen=True, slots=True)
class Scale:
    """What kind of number an interval is of.

    widest: the widest interval that is an answer: a difference of its ends or, where *factor*, high over low. floor: a
    number below it is told apart from nothing, as half a second is where times are whole seconds (only with *factor*).
    because: what a wider one leaves open, in words.
    """

    widest: float
    because: str
    factor: bool = False
    z: bool = False
    floor: float = 0.0

    def at_least(self, floor: float) -> Scale:
        """The same for numbers that are told apart from *floor* on."""
        return Scale(self.widest, self.because, self.factor, self.z, floor)


CORRELATION = Scale(CORRELATION_WIDTH_AT_MOST, "more than half of all that a correlation can be", z=True)
SHARE = Scale(SHARE_WIDTH_AT_MOST, "more than half of all that a share can be")
RATIO = Scale(RATIO_FACTOR_AT_MOST, "more than a factor of ten, so not even the order of magnitude", factor=True)
CHANGE = Scale(math.log(CHANGE_FACTOR_AT_MOST), "more than what lies between halving and doubling")
SLOPE = Scale(SLOPE_WIDTH_AT_MOST, "more than what lies between not following at all and following in proportion")
EXPONENT = Scale(EXPONENT_WIDTH_AT_MOST, "more than what lies between a tail without a mean and one with a variance")


def too_wide(low: float, high: float, scale: Scale) -> bool:
    """Whether an interval is no answer: an end that is missing or infinite counts as infinitely far."""
    return _width(low, high, scale) > _widest(scale) + 1e-12


def times_as_many(low: float, high: float, scale: Scale) -> float:
    """How many times as many units would give an interval that is just an answer; infinite where no end tells."""
    if scale.z and math.isfinite(low + high):
        least, most = (math.atanh(max(-NEAREST_ONE, min(NEAREST_ONE, end))) for end in (low, high))
        return ((most - least) / _widest_z((least + most) / 2, scale.widest)) ** 2
    return (_width(low, high, scale) / _widest(scale)) ** 2


def needed(n: int, low: float, high: float, scale: Scale) -> int | None:
    """About how many units an answer needs in place of *n*, in two digits; None where no width tells."""
    times = times_as_many(low, high, scale)
    if not math.isfinite(times) or n < 1:
        return None
    many = math.ceil(n * times)
    unit = int(10 ** max(len(str(many)) - 2, 0))
    return math.ceil(many / unit) * unit


def lacks(n: int, low: float, high: float, scale: Scale, units: str) -> str | None:
    """What an answer lacks, as a clause; None where the interval is one. n: of *units*, a plural."""
    if not too_wide(low, high, scale):
        return None
    if not math.isfinite(low) or not math.isfinite(high) or (scale.factor and max(low, scale.floor) <= 0):
        return f"the {100 * INTERVAL:g} % interval has no end on one side; more {units} than {n:,} are needed"
    many = needed(n, low, high, scale)
    if many is None:
        return f"the {100 * INTERVAL:g} % interval covers {scale.because}"
    return f"the {100 * INTERVAL:g} % interval covers {scale.because}; about {many:,} {units} are needed, not {n:,}"


def lacks_of_quantile(quantile: float, ends: tuple[float, float], n: int, scale: Scale, units: str) -> str | None:
    """The same of a percentile, whose interval by order statistics has both ends only where enough values are there."""
    if math.isfinite(ends[0]) and math.isfinite(ends[1]):
        return lacks(n, *ends, scale, units)
    tail = (1 - INTERVAL) / 2
    least = math.ceil(math.log(tail) / math.log(max(quantile, 1 - quantile)))
    percent = f"{100 * quantile:g}th percentile"
    return f"{n:,} {units} do not bound the {percent} on both sides; {least:,} or more are needed"


def answers_only(frame: pd.DataFrame, low: str, high: str, scale: Scale) -> pd.DataFrame:
    """*frame* with both ends (columns *low*, *high*, Float64) NA where the interval is no answer: for a figure."""
    lows, highs = (frame[name].to_numpy(dtype=float, na_value=math.nan) for name in (low, high))
    ends = zip(lows, highs, strict=True)
    wide = pd.Series([too_wide(least, most, scale) for least, most in ends], index=frame.index, dtype=bool)
    return frame.assign(**{name: frame[name].mask(wide) for name in (low, high)})


def _width(low: float, high: float, scale: Scale) -> float:
    if not math.isfinite(low) or not math.isfinite(high):
        return math.inf
    if not scale.factor:
        return high - low
    if high <= scale.floor:  # both alike nothing
        return 0.0
    least = max(low, scale.floor)
    return math.log(high / least) if least > 0 else math.inf


def _widest(scale: Scale) -> float:
    return math.log(scale.widest) if scale.factor else scale.widest


def _widest_z(centre: float, width: float) -> float:
    """The width in z about *centre* that is *width* in correlations: tanh(c + h) - tanh(c - h) solved for 2h."""
    a, b = 1 - width / 2, width * math.cosh(2 * centre)
    return math.log((b + math.sqrt(b * b + 4 * a * (1 + width / 2))) / (2 * a))
