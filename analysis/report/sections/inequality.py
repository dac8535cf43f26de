"""How unequal likes are among videos: what the top holds, what the tail looks like, how rates are spread."""

from __future__ import annotations

import pandas as pd

from analysis.measures import tails
from analysis.plots import tails as tail_plots
from analysis.report.answers import unequal, viral
from analysis.report.context import Context, paragraph
from analysis.report.markup import Html, join
from analysis.report.tables import Ads, Column
from analysis.report.wording import missing, number
from analysis.statistics.answer import EXPONENT, SHARE, too_wide
from analysis.terms.definitions import VIRAL_LEVEL

_TOP = {
    "share": "share of the likes that the top 1 % hold",
    "share_lo": "the same, lower end of 95 %",
    "share_hi": "the same, upper end of 95 %",
    "top": "TikToks in the top 1 %",
    "n": "TikToks whose likes are told",
}
_TAIL = {
    "alpha": "exponent of the tail, as a power law: median over draws",
    "alpha_lo": "the same, lower end of 95 % of the draws",
    "alpha_hi": "the same, upper end of 95 % of the draws",
    "xmin_lo": "likes at which the tail begins, lower end of 95 % of the draws",
    "xmin_hi": "the same, upper end",
    "n_tail_lo": "TikToks in the tail, lower end of 95 % of the draws",
    "n_tail_hi": "the same, upper end",
    "R_lo": "R of Vuong's test, below 0 for the lognormal: least over where the tail may begin",
    "R_hi": "the same, most",
    "p_lo": "p of Vuong's test, two-sided: least over where the tail may begin",
    "p_hi": "the same, most",
}
# Whose intervals are judged, and as what; the others are counts, ranges and tests.
_JUDGED = {"share": SHARE, "alpha": EXPONENT}


def write(context: Context) -> Html:
    """The share of the top, the tail, the spread of rates."""
    return join(
        [
            context.attempt("The top 1 %", lambda: paragraph(unequal.concentration(context))),
            context.attempt("The tail", lambda: paragraph(unequal.tail(context))),
            context.attempt("How unequal likes are", lambda: _table(context)),
            context.attempt("Distribution of rates", lambda: _ccdf(context)),
        ]
    )


def _table(context: Context) -> Html:
    top, fit = context.study.top_share, context.study.tail_fit
    told = [(what, top[name]) for name, what in _TOP.items()] + [(what, fit[name]) for name, what in _TAIL.items()]
    rows = pd.DataFrame(told, columns=["what", "value"]).astype({"what": "str", "value": "Float64"})
    judged = {
        f"{name}{end}": not too_wide(found[f"{name}_lo"], found[f"{name}_hi"], scale)
        for (name, scale), found in zip(_JUDGED.items(), (top, fit), strict=True)
        for end in ("", "_lo", "_hi")
    }
    rows["answerable"] = pd.Series([judged.get(name) for name in (*_TOP, *_TAIL)], dtype="boolean")
    return context.tables(
        rows,
        [Column("what", "what"), Column("value", "value", number), Column("answerable", "an answer")],
        name="inequality",
        rows=len(rows),
        caption="How unequal likes are: the share of the top and the fit of the tail",
        ads=Ads.OUT,
    )


def _ccdf(context: Context) -> Html:
    row = viral.measure(context, "outbreak")
    rows = context.study.verdicts.rows
    values = rows.loc[rows["outbreak_rank"].notna(), "outbreak_lo"]
    threshold, low, high = (
        float("nan") if missing(row[name]) else float(row[name])
        for name in ("threshold", "threshold_lo", "threshold_hi")
    )
    table = tails.ccdf(values)
    return context.figures(
        lambda ax, theme: tail_plots.ccdf_with_threshold(
            table, ax, threshold=threshold, threshold_lo=low, threshold_hi=high, theme=theme
        ),
        alt=f"Share of {len(values):,} TikToks that gained at least so many likes in a day, on log axes, with the "
        f"{number(VIRAL_LEVEL * 100)} % threshold.",
        key="rates",
        caption="Share of TikToks with at least so large a guaranteed gain of likes in a day, with the threshold and "
        "its interval.",
    )
