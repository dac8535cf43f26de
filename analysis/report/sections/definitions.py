"""How much the answer hangs on the definition of viral: 60 of them side by side, and what rounding leaves open."""

from __future__ import annotations

from analysis.plots import curve
from analysis.report.answers import viral
from analysis.report.context import Context, paragraph
from analysis.report.figures import BESIDE
from analysis.report.markup import Html, join
from analysis.report.tables import Ads, Column
from analysis.report.wording import share, short


def write(context: Context) -> Html:
    """The specification curve, how far definitions agree, how sure the ranks are."""
    return join(
        [
            context.attempt("Other definitions", lambda: paragraph(viral.definitions(context))),
            context.attempt("Ranks", lambda: paragraph(viral.rank_doubt(context))),
            context.attempt("The definitions", lambda: _definitions(context)),
            context.attempt("Specification curve", lambda: _specification(context)),
        ]
    )


def _specification(context: Context) -> Html:
    cells = context.study.specification
    answered = int(cells["overlap"].notna().sum())
    return context.figures(
        lambda ax, theme: curve.specification_curve(cells, ax, theme=theme),
        alt=f"Specification curve: {answered} of {len(cells)} definitions by how far they agree with the headline, "
        "with the choices each is made of below.",
        key="specification",
        caption="All 60 definitions of viral, by how many of their viral TikToks the headline shares; below, the "
        "count, window and threshold of each. Crosses are definitions the data cannot judge.",
        size=(BESIDE[0], 4.8),
    )


def _definitions(context: Context) -> Html:
    cells = context.study.specification
    columns = [
        Column("count", "count"),
        Column("window_h", "window, hours"),
        Column("level", "threshold", share),
        Column("n", "TikToks"),
        Column("threshold", "gain of", short),
        Column("viral", "viral"),
        Column("both", "shared with the headline"),
        Column("overlap", "overlap", share),
    ]
    return context.tables(cells, columns, name="definitions", caption="The 60 definitions", ads=Ads.OUT)
