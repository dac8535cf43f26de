"""How unequal likes are: what the top 1 % hold, and what the tail looks like."""

from __future__ import annotations

from analysis.report.answers.said import unanswered
from analysis.report.context import Context
from analysis.report.markup import Child
from analysis.report.wording import interval, missing, number, plural, share, short
from analysis.terms.definitions import INTERVAL, RANKED_AT_LEAST, TAIL_AT_LEAST


def concentration(context: Context) -> Child:
    """How much of all likes the top 1 % hold."""
    top = context.study.top_share
    if missing(top["share"]) or top["n"] < RANKED_AT_LEAST:
        found = f"{plural(int(top['n']), 'TikTok')} whose likes are told"
        raise unanswered(found, "share of the top 1 %", f"{RANKED_AT_LEAST} or more TikToks whose likes are told")
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
    if missing(fit["alpha"]):
        raise unanswered(
            f"{plural(int(fit['n']), 'TikTok')} with likes",
            "tail of likes",
            f"{TAIL_AT_LEAST} or more whose likes differ",
        )
    alpha = context.facts(
        number(fit["alpha"]),
        "exponent of the tail of likes",
        n=f"{int(fit['n_tail']):,} of {int(fit['n']):,} TikToks, those with {short(fit['xmin'])} likes or more",
        definition="power law by maximum likelihood, its start by the least Kolmogorov-Smirnov distance (Clauset, "
        "Shalizi & Newman 2009)",
        interval=f"none: its standard error is {number(fit['alpha_error'])} as if the start of the tail were known, "
        "which was chosen on the same likes, so it is larger than that",
    )
    p = context.facts(
        f"p = {number(fit['p'])}",
        "power law against lognormal",
        n=f"{int(fit['n_tail']):,} TikToks in the tail",
        definition="Vuong's test of the likelihood ratio, two-sided; R above 0 favours the power law",
        interval=f"none: it is a test; R = {number(fit['R'])}",
    )
    favoured = (
        "neither is favoured over the other"
        if fit["p"] >= 1 - INTERVAL
        else f"the {'power law' if fit['R'] > 0 else 'lognormal'} fits better"
    )
    return ["A power law fitted to the tail has exponent ", alpha, "; against a lognormal, ", favoured, " (", p, ")."]
