"""What answers share: who is linked, what a count rests on, how "not answerable" is raised."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pandas as pd

from analysis.reading.identity import handle_of
from analysis.report.context import Context
from analysis.report.markup import SITE, Child, Html, join, link
from analysis.report.wording import missing, whole
from analysis.terms.errors import NotEnoughData

NOT_ESTIMATED = "none: counted in the file, nothing is estimated"
BOUNDS = "what rounding leaves open; no sampling error is in it"


def unanswered(found: str, where: str, expected: str, next_step: str = "gather more runs") -> NotEnoughData:
    """The error by which an answer says that the data do not give it."""
    return NotEnoughData(expected=expected, found=found, where=where, next_step=next_step)


def creator_url(creator: str) -> str:
    """The address of a creator's page; a name that is no handle is percent-encoded, as in the file.

    The id behind a handle that somebody else took over (`analysis.reading.identity`) is no part of it.
    """
    return f"{SITE}@{quote(handle_of(creator), safe='')}"


def creator_link(creator: Any, username: Any = None) -> Html:
    """A creator's handle with a link to the creator's page."""
    if missing(creator):
        return join(["a creator not named"])
    return link(creator_url(str(creator)) if missing(username) else str(username), f"@{creator}")


def count(context: Context, n: int, shown: str, what: str, *, definition: str, of: int | None = None) -> Html:
    """A counted number; of: how many there were to count among, else all sightings."""
    rests = f"{len(context.study.sightings):,} sightings" if of is None else f"{n:,} of {of:,}"
    return context.facts(shown, what, n=rests, definition=definition, interval=NOT_ESTIMATED)


def bounds(low: Any, high: Any) -> str:
    """The interval that rounding leaves of one count."""
    if missing(low) and missing(high):
        return "not told"
    if missing(high):
        return f"at least {whole(low)}: {BOUNDS}"
    told = "exact" if low == high else f"{whole(low)} to {whole(high)}"
    return f"{told}: {BOUNDS}" if low != high else "exact: the site told the whole number"


def tied(context: Context, frame: pd.DataFrame, by: str, best: pd.Series, things: str) -> Child:
    """How many others have as much as the one that is named; None where none has, and the name is no accident."""
    others = int((frame[by] == best[by]).sum()) - 1
    if not others:
        return None
    told = count(
        context,
        others,
        f"{others:,}",
        f"other {things} with as much",
        definition=f"{things} that share the greatest number; the one named is the first by name",
        of=len(frame),
    )
    return [" (as ", "has " if others == 1 else "have ", told, " other" if others == 1 else " others", ")"]


def first(frame: pd.DataFrame, by: str, *, needs: str, name: str = "creator") -> pd.Series:
    """The row with the greatest *by*, ties by name; raises, saying what it *needs*, where no row tells it."""
    known = frame[frame[by].notna()]
    if known.empty:
        raise unanswered(f"none of {len(frame):,}", by, needs)
    order = [by, name] if name in known else [by]
    return known.sort_values(order, ascending=[False, True][: len(order)], kind="stable").iloc[0]
