"""How counts overflow: a creator's likes are a signed 32-bit number that wraps; what was sent, what it stands for."""

from __future__ import annotations

import pandas as pd

from analysis.report import ends
from analysis.report.answers import growing
from analysis.report.answers.said import NOT_ESTIMATED
from analysis.report.context import Context, paragraph
from analysis.report.evidence import Picture, pictures
from analysis.report.figures import address
from analysis.report.markup import Html, el, join, name_of
from analysis.report.sections import rankings
from analysis.report.tables import Ads, Column
from analysis.report.wording import plural, whole

KEY = "overflow"
TITLE = "How counts overflow"


def write(context: Context) -> Html:
    """The rule with the example of 2022, the creators it befell, the pictures kept."""
    return join(
        [
            paragraph(
                "The site sends the likes of all a creator's TikToks as a signed 32-bit number. Beyond 2,147,483,647 "
                "it wraps "
                "to a negative one, and beyond 4,294,967,295 to a positive one that looks plausible. In 2022 two "
                "creators stood "
                "there with -1934013585 and -2131727774 likes; adding 2^32 = 4,294,967,296 once makes 2,360,953,711 "
                "and "
                "2,163,239,522. One negative number says only that 2^32 has to be added at least once, so by itself "
                "it is a lower "
                "bound; another number of the same sighting, or the creator's history, may say how often."
            ),
            context.attempt("Overflow", lambda: _creators(context)),
            _pictures(context),
        ]
    )


def _creators(context: Context) -> Html:
    rows = context.study.overflowed
    told = paragraph(growing.overflow(context))
    rows = rankings.linked(rows, "creator").assign(sent=_as_shown(context, rows["creator"]))
    table = context.tables(
        rows,
        [
            rankings.creator(),
            Column("sightings", "sightings"),
            Column("sent", "as the site showed it last, where that differs", str),
            Column("wraps", "wraps, at least"),
            Column("known", "wraps known"),
            Column("lo", "total, least to most", ends.count, upto="hi"),
            Column("gained", "gained between first and last sighting", ends.count),
            Column("silent", "sightings that looked plausible", whole),
        ],
        name="overflowed",
        caption="Creators whose likes have overflowed",
        ads=Ads.IN,
    )
    return join([told, table])


def _as_shown(context: Context, creators: pd.Series) -> pd.Series:
    """The last text the site showed of each creator's likes, where it differed from the number; aligned."""
    shown = context.study.sightings.dropna(subset=["user_likes_shown", "creator"])
    last = shown.drop_duplicates("creator", keep="last").set_index("creator")["user_likes_shown"]
    return creators.map(last).astype("str")


def _pictures(context: Context) -> Html:
    shown, files = pictures(context.study.folder)
    if not files:
        return paragraph(
            "The crawl kept no pictures of the preview card; TIKTOK_EVIDENCE=True keeps one of each creator whose "
            "likes are negative.",
        )
    kept = context.facts(
        plural(files, "picture"),
        "pictures of preview cards",
        n=f"{files:,} files beside the data",
        definition="PNG files in evidence/<run>/",
        interval=NOT_ESTIMATED,
    )
    drawn = context.facts(
        plural(len(shown), "creator"),
        "creators whose picture is shown",
        n=f"{files:,} pictures",
        definition="the first picture of each creator, as far as there is room",
        interval=NOT_ESTIMATED,
    )
    told = paragraph(
        "The crawl kept ",
        kept,
        " of the preview card's line of counts, as the site showed it; ",
        drawn,
        f" {'is' if len(shown) == 1 else 'are'} shown here.",
    )
    return join([told, el("div", [_picture(picture, context.study.simulated) for picture in shown], cls="pictures")])


def _picture(picture: Picture, simulated: bool) -> Html:
    alt = f"The preview card's counts of {picture.creator} as shown in run {picture.run}"
    caption = [el("b", "Simulated: ") if simulated else None, name_of(picture.creator), f", run {picture.run}"]
    return el("figure", el("img", src=address("image/png", picture.data), alt=alt), el("figcaption", caption))
