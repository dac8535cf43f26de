"""Likes to comments and likes to followers: the estimates behind the text, and how the ratios are spread."""

from __future__ import annotations

from collections.abc import Callable

from analysis.measures.together.ratios import likes_to_comments_percentiles
from analysis.plots import ratios as ratio_plots
from analysis.report.answers import together
from analysis.report.context import Context, beside, paragraph
from analysis.report.markup import Html
from analysis.report.sections import estimates
from analysis.statistics.intervals import estimates_frame


def write(context: Context) -> Html:
    """What is known of both, then three figures."""
    return beside(
        [
            context.attempt("Likes to comments per creator", lambda: paragraph(together.comments_constant(context))),
            context.attempt("Comments as videos grow", lambda: paragraph(together.comments_grow(context))),
            context.attempt("Likes to comments", lambda: _comments(context)),
            context.attempt("Likes to followers", lambda: paragraph(together.likes_to_followers(context))),
            context.attempt("Percentiles", lambda: _percentiles(context)),
        ],
        *(context.attempt("Spread of ratios", draw) for draw in _histograms(context)),
    )


def _comments(context: Context) -> Html:
    """Likes to comments per creator, and as a video grows: the estimates behind the text."""
    slope = context.study.slope
    rows = {
        "ICC of likes per comment": together.likes_to_comments(context),
        "slope of comments on likes": slope.mixed,
        "slope within TikToks": slope.within,
    }
    return estimates.table(
        context, estimates_frame(rows), what="estimate of", name="comments", caption="Likes to comments"
    )


def _histograms(context: Context) -> list[Callable[[], Html]]:
    return [lambda: _likes_per_comment(context), lambda: _of_tiktoks(context), lambda: _of_creators(context)]


def _of_tiktoks(context: Context) -> Html:
    percentiles, ratios = together.likes_to_followers_rows(context), context.study.ratios["likes_per_follower"]
    return context.figures(
        lambda ax, theme: ratio_plots.ratio_histogram(ratios, ax, percentiles=percentiles, theme=theme),
        alt="Histogram of likes per follower of TikToks on a log axis, with the 5th, 50th and 95th percentile.",
        key="likes-per-follower",
        caption="Likes of a TikTok per follower of its creator, with percentiles and their intervals.",
    )


def _of_creators(context: Context) -> Html:
    percentiles, ratios = together.likes_to_followers_rows(context), context.study.creators["likes_per_follower"]
    return context.figures(
        lambda ax, theme: ratio_plots.ratio_histogram(
            ratios, ax, percentiles=percentiles, prefix="creator", units="creators", theme=theme
        ),
        alt="Histogram of likes per follower of creators on a log axis, with the 5th, 50th and 95th percentile.",
        key="likes-per-follower-of-creators",
        caption="All likes of a creator per follower, with percentiles and their intervals.",
    )


def _likes_per_comment(context: Context) -> Html:
    ratios = context.study.ratios
    per_comment, spread = ratios["likes_per_comment"], likes_to_comments_percentiles(ratios)
    return context.figures(
        lambda ax, theme: ratio_plots.ratio_histogram(
            per_comment, ax, percentiles=spread, name="likes per comment", theme=theme
        ),
        alt="Histogram of likes per comment of TikToks on a log axis, with the 5th, 50th and 95th percentile.",
        key="likes-per-comment",
        caption="Likes of a TikTok per comment, those without comments left out, with percentiles and their intervals.",
    )


def _percentiles(context: Context) -> Html:
    return estimates.table(
        context,
        together.likes_to_followers_rows(context),
        what="percentile",
        name="likes-to-followers",
        caption="Likes to followers: percentiles",
    )
