"""How unequal likes are: what the top 1 % hold, and what the tail looks like."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from analysis.report.answers.said import unanswered
from analysis.report.context import Context
from analysis.report.markup import Child
from analysis.report.wording import interval, missing, number, plural, share, short, whole
from analysis.statistics.answer import EXPONENT, SHARE, lacks
from analysis.terms.definitions import (
    INTERVAL,
    RANKED_AT_LEAST,
    TAIL_AT_LEAST,
    TAIL_AT_MOST,
    TAIL_COMPARED,
    TAIL_DRAWS,
)

LEAST_P = 0.001  # smaller ones are told as such


def concentration(context: Context) -> Child:
    """How much of all likes the top 1 % hold."""
    top = context.study.top_share
    if missing(top["share"]) or top["n"] < RANKED_AT_LEAST:
        found = f"{plural(int(top['n']), 'TikTok')} whose likes are told"
        raise unanswered(found, "share of the top 1 %", f"{RANKED_AT_LEAST} or more TikToks whose likes are told")
    lacking = lacks(int(top["n"]), top["share_lo"], top["share_hi"], SHARE, "TikToks")
    if lacking is not None:
        found = f"{share(top['share'])} ({interval(top['share_lo'], top['share_hi'], share)}); {lacking}"
        raise unanswered(found, "share of the top 1 %", "more TikToks whose likes are told")
    told = context.facts(
        share(top["share"]),
        "likes held by the top 1 % of TikToks",
        n=f"{int(top['top']):,} of {int(top['n']):,} TikToks",
        definition="sum of the last told likes of the 1 % with most, over the sum of all seen",
        interval=interval(top["share_lo"], top["share_hi"], share) + " (bootstrap with a lognormal tail)",
    )
    return ["The top 1\u00a0% of the TikToks seen hold ", told, " of their likes."]


def tail(context: Context) -> Child:
    """Whether the tail of likes is a power law."""
    fit = context.study.tail_fit
    wanted = f"{TAIL_AT_LEAST} or more whose likes differ"
    if missing(fit["alpha"]):
        raise unanswered(f"{plural(int(fit['n']), 'TikTok')} with likes", "tail of likes", wanted)
    lacking = lacks(int(fit["n"]), fit["alpha_lo"], fit["alpha_hi"], EXPONENT, "TikToks")
    if lacking is not None:
        begins = f"the tail beginning somewhere from {_ends(fit, 'xmin', short)} likes"
        found = f"an exponent of {number(fit['alpha'])} ({_ends(fit, 'alpha', number)}), {begins}"
        raise unanswered(f"{found}; {lacking}", "tail of likes", f"{wanted}, and an exponent known to within one")
    drawn = (
        f"95 % of {TAIL_DRAWS:,} draws, each of TikToks drawn anew and of likes within their rounding, each with "
        "its own beginning"
    )
    alpha = context.facts(
        f"{number(fit['alpha'])} ({_ends(fit, 'alpha', number)})",
        "exponent of the tail of likes",
        n=f"{_ends(fit, 'n_tail', whole)} in the tail, of {int(fit['n']):,} TikToks",
        definition="power law by maximum likelihood, its start by the least Kolmogorov-Smirnov distance (Clauset, "
        "Shalizi & Newman 2009); the median over the draws",
        interval=f"{_ends(fit, 'alpha', number)}: {drawn}",
    )
    xmin = context.facts(
        f"{_ends(fit, 'xmin', short)} likes",
        "where the tail of likes begins",
        n=f"{_ends(fit, 'n_tail', whole)} in the tail, of {int(fit['n']):,} TikToks",
        definition="the start of least Kolmogorov-Smirnov distance between the tail and its fit, which leaves from "
        f"{TAIL_AT_LEAST} to {TAIL_AT_MOST:,} TikToks",
        interval=f"{_ends(fit, 'xmin', short)} likes: {drawn}",
    )
    return [
        "A power law fitted to the tail has exponent ",
        alpha,
        ", and the tail begins somewhere from ",
        xmin,
        "; against a lognormal, ",
        *_favoured(context, fit),
        ".",
    ]


def _favoured(context: Context, fit: dict[str, float]) -> list[Child]:
    """Whether the power law or the lognormal fits better, and whether that hangs on where the tail begins."""
    p = context.facts(
        f"p from {_ends(fit, 'p', _p)}",
        "power law against lognormal",
        n=f"{_ends(fit, 'n_tail', whole)} in the tail",
        definition="Vuong's test of the likelihood ratio, two-sided, with the tail begun at "
        f"{TAIL_COMPARED} places between the ends of where it may; R above 0 favours the power law",
        interval=f"none: a test; R from {_ends(fit, 'R', number)}",
    )
    chance = 1 - INTERVAL
    if fit["p_lo"] >= chance:
        return ["neither is favoured over the other wherever it begins (", p, ")"]
    better = f"the {'power law' if fit['R_hi'] > -fit['R_lo'] else 'lognormal'} fits better"
    if fit["p_hi"] < chance:
        return [better, " wherever it begins (", p, ")"]
    return [f"{better} or neither does, which hangs on where it begins (", p, ")"]


def _p(value: float) -> str:
    """A p value in two digits; small ones as such."""
    return number(value, 2) if value >= LEAST_P else f"below {LEAST_P}"


def _ends(fit: dict[str, float], name: str, form: Callable[[Any], str]) -> str:
    """Between which ends the draws lie."""
    return interval(fit[f"{name}_lo"], fit[f"{name}_hi"], form, "")
