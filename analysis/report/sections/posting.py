"""Posting frequency against follower growth and against likes; likes to comments; likes to followers."""

from __future__ import annotations

from collections.abc import Callable

from analysis.measures import overview
from analysis.measures.posting import gap_summary
from analysis.measures.together.association import pair_points
from analysis.plots import density, pairs, uploads
from analysis.report.answers import people, together, uploaded
from analysis.report.context import Context, beside, paragraph
from analysis.report.markup import Html, el, join
from analysis.report.sections import estimates, rankings, ratios
from analysis.report.tables import Ads, Column
from analysis.report.wording import number, plural, share, short
from analysis.statistics.answer import RATIO, answers_only

KEY = "posting"
TITLE = "Posting frequency, follower growth and likes"


def write(context: Context) -> Html:
    """How often creators post, what goes with it, and the ratios of likes."""
    return join(
        [
            paragraph(
                "The 2022 study left its correlations blank. Here they stand: Pearson's r of log gains and "
                "Spearman's rho, over one "
                "window for both sides, their intervals by a bootstrap of whole creators in which every replicate "
                "draws each count "
                "anew within its rounding bounds, and p values adjusted for the number of tests (false discovery rate)."
            ),
            beside(
                [
                    context.attempt("Posting rate", lambda: paragraph(people.posting_rate(context))),
                    context.attempt(
                        "Posting and follower growth", lambda: paragraph(together.posting_and_followers(context))
                    ),
                    context.attempt("Posting and likes", lambda: paragraph(together.posting_and_likes(context))),
                    context.attempt("Likes and followers", lambda: paragraph(together.likes_and_followers(context))),
                    context.attempt("The tests", lambda: _tests(context)),
                    context.attempt("Posting", lambda: _posting(context)),
                ],
                *(context.attempt("The points behind them", _drawn(context, pair)) for pair in together.PAIRS.values()),
            ),
            context.attempt("Likes and followers of TikToks", lambda: _densities(context)),
            el("h3", "When they upload"),
            context.attempt("Upload times", lambda: _uploads(context)),
            context.attempt("Days since the previous upload", lambda: _gaps(context)),
            el("h3", "Likes to comments and to followers"),
            ratios.write(context),
        ]
    )


def _tests(context: Context) -> Html:
    # The definitions are long and stand where the numbers open; the download has them.
    columns = [
        Column("pair", "pair"),
        Column("method", "method"),
        Column("estimate", "estimate", together.two),
        Column("low", "from", together.two),
        Column("high", "to", together.two),
        Column("p", "p"),
        Column("p_adjusted", "p, adjusted"),
        Column("n", "n"),
        Column("of", "of"),
        Column("clusters", "creators"),
        Column("answerable", "an answer"),
        Column("reason", "why there is none"),
    ]
    return context.tables(
        context.study.associations,
        columns,
        name="associations",
        caption="What goes together: the family of tests",
        ads=Ads.OUT,
    )


def _drawn(context: Context, pair: str) -> Callable[[], Html]:
    return lambda: _pair(context, pair)


def _pair(context: Context, pair: str) -> Html:
    study = context.study
    points = pair_points(study.association_rows, study.posting, study.creators, pair)
    n = int(points[["x", "y"]].notna().all(axis=1).sum())
    what = pair.replace(" ~ ", " and ")
    if not n:
        return paragraph(f"{what[:1].upper()}{what[1:]}: no creator tells both, so there is nothing to draw.")
    told = together.spearman(context, pair)
    return context.figures(
        lambda ax, theme: pairs.association(points, ax, pair=pair, told=told, theme=theme),
        alt=f"{what[:1].upper()}{what[1:]}: {n:,} points, with Spearman's rho and its interval.",
        key=pair,
        caption=f"{what[:1].upper()}{what[1:]}, natural logs, each count at the middle of its bounds; points far from "
        "all others stand at the edge.",
    )


def _posting(context: Context) -> Html:
    rows = context.study.posting
    order = rows.sort_values(["rate", "posted_lo", "creator"], ascending=[False, False, True], kind="stable")
    columns = [
        rankings.creator(),
        Column("basis", "told by"),
        Column("rate", "posts a day, 95 % Poisson interval", number, within=("rate_low", "rate_high")),
        Column("rate_answerable", "that rate is an answer"),
        Column.guaranteed("posted", "posts, least to most"),
        Column("days", "days"),
    ]
    return context.tables(
        rankings.linked(order, "creator"),
        columns,
        name="posting",
        caption="How often creators post, most often first",
        ads=Ads.OUT,
    )


def _densities(context: Context) -> Html:
    tiktoks = context.study.organic_tiktoks.rename(
        columns={"likes_last": "likes", "comments_last": "comments", "user_followers_last": "user_followers"}
    )
    likes = context.figures(
        lambda ax, theme: density.followers_and_likes(tiktoks, ax, theme=theme),
        alt="Likes of TikToks over the followers of their creators, on log axes, darker where there are more.",
        caption="Likes of TikToks and followers of their creators, as last told.",
    )
    comments = context.figures(
        lambda ax, theme: density.comments_per_like_and_followers(tiktoks, ax, theme=theme),
        alt="Comments per like of TikToks over the followers of their creators, on log axes, darker where there are "
        "more.",
        caption="Comments per like of TikToks and followers of their creators, as last told.",
    )
    return beside(likes, comments)


def _uploads(context: Context) -> Html:
    hours, days = overview.upload_hours(context.study.tiktoks), overview.upload_weekdays(context.study.tiktoks)
    n = int(hours["tiktoks"].sum())
    told = paragraph(uploaded.uploads(context))
    by_hour = context.figures(
        lambda ax, theme: uploads.upload_times(
            answers_only(hours, "share_lo", "share_hi", RATIO), ax, by="hour", theme=theme
        ),
        alt=f"Share of {plural(n, 'TikTok')} uploaded in each hour of the day, UTC, with intervals.",
        key="upload-hours",
        caption="Upload hour (UTC) of the TikToks seen, with Wilson intervals that hold for all at once; the dashed "
        "line is an even spread.",
    )
    by_day = context.figures(
        lambda ax, theme: uploads.upload_times(
            answers_only(days, "share_lo", "share_hi", RATIO), ax, by="weekday", theme=theme
        ),
        alt=f"Share of {plural(n, 'TikTok')} uploaded on each weekday, UTC, with intervals.",
        key="upload-weekdays",
        caption="Upload weekday (UTC) of the TikToks seen, with Wilson intervals that hold for all at once.",
    )
    tables = [
        context.tables(
            frame,
            [
                Column(unit, f"{unit} (UTC)"),
                Column("tiktoks", "TikToks"),
                Column.bounded("share", "share, 95 % Wilson interval (all at once)", share),
                Column("likes_median", "likes (median)", short),
            ],
            name=f"upload-{unit}s",
            caption=f"Uploads by {unit} of the TikToks seen",
            ads=Ads.OUT,
            rows=len(frame),
        )
        for unit, frame in (("hour", hours), ("weekday", days))
    ]
    return join([told, beside(by_hour, by_day), tables])


def _gaps(context: Context) -> Html:
    told = paragraph(people.uploads_apart(context))
    summary = gap_summary(context.study.upload_gaps)
    table = estimates.table(
        context,
        summary,
        what="percentile",
        name="upload-gaps",
        caption="Days since the creator's previous upload that was seen",
    )
    return join([told, table])
