"""How likely chance alone would make a run differ so from the last ones. Pure.

Runs differ by more than counting does: the feed of a night is not that of a noon. How much more is estimated from the
last runs themselves, so that what they do every day is no finding.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import fmean, variance

Counted = tuple[int, int]  # so many, of so many
SURE = 0.9  # the confidence of the upper limit of how much runs differ


def more(run: Counted, last: Sequence[Counted]) -> float:
    """Return the chance of a share as large as *run*'s or larger, were it of the kind of the *last* ones.

    Fisher's exact test, one-sided, of counts divided by the design effect (Rao and Scott, Biometrics 48, 1992).
    """
    effect = design_effect(last)
    had, of = (round(sum(each) / effect) for each in zip(*last, strict=True))
    has, among = round(run[0] / effect), round(run[1] / effect)
    return _upper_tail(has, among, had + has, of + among)


def fewer(run: Counted, last: Sequence[Counted]) -> float:
    """Return the chance of a share as small as *run*'s or smaller; as `more` does."""
    return more(_others(run), [_others(one) for one in last])


def design_effect(last: Sequence[Counted]) -> float:
    """Return how much more the shares of these runs differ than by chance, at most, by SURE; 1 or more.

    Chi-square over its freedom estimates it; of few runs that is often too low, and would be a false alarm.
    """
    from scipy.special import chdtri  # noqa: PLC0415  half a second, which a crawl has at its end

    had, of = (sum(each) for each in zip(*last, strict=True))
    if not 0 < had < of or len(last) < 2:
        return 1.0
    share = had / of
    chi_square: float = sum((has - among * share) ** 2 / (among * share * (1 - share)) for has, among in last if among)
    return max(1.0, chi_square / float(chdtri(len(last) - 1, SURE)))


def as_far(value: float, last: Sequence[float], least_spread: float) -> float:
    """Return the chance of a value as far off as this, or farther, were it of the kind of the *last* ones.

    Student's prediction of one more value, two-sided. least_spread: the standard deviation that a value has by its
    own making, for when the last ones happen to lie closer together.
    """
    from scipy.special import stdtr  # noqa: PLC0415

    spread = max(math.sqrt(variance(last)), least_spread) * math.sqrt(1 + 1 / len(last))
    if not spread:
        return 1.0 if value == fmean(last) else 0.0
    return 2 * float(stdtr(len(last) - 1, -abs(value - fmean(last)) / spread))


def _others(counted: Counted) -> Counted:
    return counted[1] - counted[0], counted[1]


def _upper_tail(has: int, drawn: int, marked: int, of: int) -> float:
    """The chance of *has* marked ones or more among *drawn* of *of*, of which *marked* are."""
    return min(
        1.0,
        sum(
            math.exp(_choose(marked, k) + _choose(of - marked, drawn - k) - _choose(of, drawn))
            for k in range(max(has, drawn - (of - marked)), min(drawn, marked) + 1)
        ),
    )


def _choose(of: int, taken: int) -> float:
    """The logarithm of the binomial coefficient."""
    return math.lgamma(of + 1) - math.lgamma(taken + 1) - math.lgamma(of - taken + 1)
