"""The most followed creator over time: of each day's creators, and of all that were seen so far."""

from __future__ import annotations

import pandas as pd

from analysis.terms.errors import need_columns

_COUNTS = ("user_followers", "user_followers_lo", "user_followers_hi")
_TIMES = "datetime64[us, UTC]"
_DAYS = {"creator": "str", "day": _TIMES, **dict.fromkeys(_COUNTS, "Int64")}
_FOLLOWED = {
    "day": _TIMES,
    "creator": "str",
    **dict.fromkeys(_COUNTS, "Int64"),
    "creators": "Int64",
    "tied": "Int64",
    "record_creator": "str",
    "record_followers": "Int64",
}


def creator_days(bounded: pd.DataFrame) -> pd.DataFrame:
    """Followers as last told on each UTC day, sorted by creator and day; partitionable by creator.

    creator (str), day (datetime64[us, UTC], midnight), user_followers, user_followers_lo, user_followers_hi (Int64).
    Days on which none was told have no row.
    """
    need_columns(bounded, ["creator", "scraped_at", *_COUNTS], "creator_days")
    told = bounded[bounded["creator"].notna() & bounded["user_followers"].notna()]
    ordered = told.sort_values(["creator", "scraped_at"], kind="stable")
    days = ordered.assign(day=ordered["scraped_at"].dt.floor("D")).drop_duplicates(["creator", "day"], keep="last")
    return days.reset_index(drop=True)[list(_DAYS)].astype(_DAYS)


def most_followed(days: pd.DataFrame) -> pd.DataFrame:
    """The most followed creator of each day with sightings, from `creator_days`, and the most followed so far.

    day (datetime64[us, UTC]), creator (str), user_followers, user_followers_lo, user_followers_hi (Int64), creators
    (Int64: seen that day with followers told), tied (Int64: others whose bounds reach it), record_creator (str),
    record_followers (Int64): the most followed by what each creator was last told to have, up to that day. Of equals
    the first by name. Most followed of those the feed showed that day, not of the platform: a creator that is not
    shown does not count.
    """
    need_columns(days, _DAYS, "most_followed")
    first = days.sort_values(["day", "user_followers", "creator"], ascending=[True, False, True], kind="stable")
    top = first.drop_duplicates("day").set_index("day")
    top["creators"] = days.groupby("day").size()
    least = top["user_followers_lo"].reindex(days["day"]).set_axis(days.index)
    reach = days["user_followers_hi"] >= least
    # Without an upper bound it may reach any number.
    top["tied"] = reach.fillna(True).astype("Int64").groupby(days["day"]).sum() - 1
    return top.join(_records(days)).reset_index()[list(_FOLLOWED)].astype(_FOLLOWED)


def _records(days: pd.DataFrame) -> pd.DataFrame:
    """record_creator, record_followers, by day."""
    latest: dict[str, int] = {}
    records = {}
    for day, told in days.groupby("day", sort=True):
        latest.update(zip(told["creator"], told["user_followers"], strict=True))
        name = min(latest, key=lambda creator: (-latest[creator], creator))
        records[day] = (name, latest[name])
    frame = pd.DataFrame.from_dict(records, orient="index", columns=["record_creator", "record_followers"])
    return frame.reindex(pd.DatetimeIndex(sorted(records), dtype=_TIMES))
