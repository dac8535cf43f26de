"""The answers, a sentence or two each, in the words and with the numbers that the frames give.

The introduction and the list of questions say the same because both ask here.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.errors import NotEnoughData
from analysis.report.context import Context
from analysis.report.markup import Child, Html, join, link
from analysis.report.wording import day, interval, missing, number, plural, share, short, whole

NOT_ESTIMATED = "none: counted, nothing is estimated"


def creator_link(creator: Any, username: Any = None) -> Html:
    """A creator's name with a link to the creator's page."""
    if missing(creator):
        return join(["a creator not named"])
    url = f"https://www.tiktok.com/@{creator}" if missing(username) else str(username)
    return link(url, f"@{creator}")


def count(context: Context, quantity: str, one: str, many: str, definition: str) -> Html:
    """How many of *quantity* there are, with its noun."""
    n = int(context.study.totals[quantity])
    lines = f"{len(context.study.sightings):,} sightings"
    return context.facts(plural(n, one, many), many, n=lines, definition=definition, interval=NOT_ESTIMATED)


def scope(context: Context) -> Child:
    """How much was seen, and when."""
    at = context.study.sightings["scraped_at"]
    if at.empty:
        raise NotEnoughData(expected="sightings", found="none", where="the data", next_step="crawl, then report again")
    return [
        f"From {day(at.min())} to {day(at.max())} (UTC), ",
        count(context, "runs", "run", "runs", "runs with at least one sighting"),
        " recorded ",
        count(context, "sightings", "sighting", "sightings", "one TikTok shown to one run, gates passed"),
        " of ",
        count(context, "TikToks", "TikTok", "TikToks", "different ids"),
        " by ",
        count(context, "creators", "creator", "creators", "different handles"),
        " with ",
        count(context, "audios", "audio", "audios", "different audio ids, else the digits that end the audio's address"),
        ".",
    ]
