"""Who a sighting's creator is: the `creator_id` where it is known, since handles change and are taken over by others.

A line without one belongs to the id that its handle had nearest in time; where two ids were equally near, nobody knows
whose it is. Of a handle that no id ever had, as in all lines of 2022, nothing more than the handle is known.

In `creator` stands what the creator is shown as, one name for each: the latest handle. Who had it before somebody else
took it, and has not been seen under another since, is shown as "handle (id)"; an id seen without any as "_ (id)".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

NAMELESS = "_"
_LISTED = 20  # handles that a sentence names
# What a creator is called in lines that python -m tiktok_scraper.privacy pseudonymise made: of an id, of a handle.
_PSEUDONYM = r"p-[a-z2-7]{4}-[a-z2-7]{16}"
_WITH_ID = re.compile(rf" \((?:\d{{6,}}|{_PSEUDONYM})\)$")
_IN_TIME = ["scraped_at", "line_from"]
_PAIR = ["creator", "creator_id"]
ASKED = [*_PAIR, *_IN_TIME]
"""The columns that `identities` asks for."""


@dataclass(frozen=True, slots=True)
class Told:
    """When a handle was told with an id: times (Unix microseconds, sorted), ids beside them."""

    times: npt.NDArray[np.int64]
    ids: npt.NDArray[np.object_]

    def nearest(self, time: int) -> str | None:
        """The id told nearest to *time*; None where several were equally near."""
        away = np.abs(self.times - time)
        ids = set(self.ids[away == away.min()])
        return str(ids.pop()) if len(ids) == 1 else None


@dataclass(frozen=True, slots=True)
class Identities:
    """Who is who in a file.

    names: id -> what it is shown as, of those of whom some line shows another name. owners: handle -> the one id that
    had it, of those ids. contested: handle -> when it was told with which of several ids.
    """

    names: dict[str, str] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)
    contested: dict[str, Told] = field(default_factory=dict)
    # The same to look many up at once: pandas would make these anew of the dicts for each block of a file.
    _names: pd.Series = field(init=False, repr=False, compare=False)
    _owners: pd.Series = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_names", pd.Series(self.names, dtype="str"))
        object.__setattr__(self, "_owners", pd.Series(self.owners, dtype="str"))

    def of(self, sightings: pd.DataFrame) -> pd.DataFrame:
        """Return *sightings* with `creator` as this module says; as they come it is the line's own handle."""
        if not self.names and not self.contested:
            return sightings
        known, handles = _ids(sightings), sightings["creator"]
        unknown = known.isna()
        named = known.where(~unknown, handles.map(self._owners)).map(self._names)
        creator = np.where(named.notna(), named, handles).astype(object)
        asked = unknown & handles.isin(self.contested.keys()) if unknown.any() else unknown
        rows = np.flatnonzero(asked.to_numpy(dtype=bool))
        for row, time in zip(rows, _microseconds(sightings.iloc[rows]), strict=True):
            handle = handles.iloc[row]
            id_ = self.contested[handle].nearest(int(time))
            creator[row] = None if id_ is None else self.names.get(id_, handle)
        return sightings.assign(creator=pd.Series(creator, sightings.index, dtype=handles.dtype))


def told_of(before: pd.DataFrame, after: pd.DataFrame) -> tuple[str, ...]:
    """Sentences of what `Identities.of` made of a file's sightings; none where every handle is one creator's for ever.

    before, after: the same rows, as they came and as they are.
    """
    known = before[before["creator"].notna() & _ids(before).notna()]
    pairs = known[_PAIR].drop_duplicates()
    changed = int(pairs["creator_id"].value_counts().gt(1).sum())
    holders = pairs["creator"].value_counts()
    taken = sorted(holders.index[holders.gt(1)])
    nobodys = int((before["creator"].notna() & after["creator"].isna()).sum())
    sentences = {
        f"Creators who changed their handle, by their creator_id: {changed:,}; handles of several creators: "
        f"{len(taken):,}{_listed(taken)}. Each creator counts once, under the latest handle.": changed or taken,
        f"Lines that tell no creator_id, and whose handle several creators had equally near in time: {nobodys:,}. They "
        "count for no creator.": nobodys,
    }
    return tuple(sentence for sentence, true in sentences.items() if true)


def _listed(handles: list[str]) -> str:
    if not handles:
        return ""
    more = f" and {len(handles) - _LISTED:,} more, which an export lists" if len(handles) > _LISTED else ""
    return f" ({', '.join(f'@{handle}' for handle in handles[:_LISTED])}{more})"


def handle_of(creator: str) -> str:
    """The handle in what a creator is shown as."""
    return _WITH_ID.sub("", creator)


def identities(blocks: Callable[[], Iterable[pd.DataFrame]]) -> Identities:
    """Find out who is who in the sightings that *blocks* gives, each time it is called: twice where handles changed
    hands, else once. The order of the blocks makes no difference.
    """
    pairs = _pairs(blocks())
    latest = pairs[pairs["creator"].notna()].drop_duplicates("creator_id", keep="last")
    several = pairs[pairs["creator"].notna()].groupby("creator")["creator_id"].nunique()
    disputed = set(several[several > 1].index)
    names = _names(pairs, latest)
    owned = pairs[pairs["creator"].notna() & ~pairs["creator"].isin(disputed) & pairs["creator_id"].isin(names.keys())]
    return Identities(
        names=names,
        owners=dict(zip(owned["creator"], owned["creator_id"], strict=True)),
        contested=_contested(blocks(), disputed) if disputed else {},
    )


def _pairs(blocks: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Handles (NA: none told) with the ids they had, each with the last time that they were seen so; in that order."""
    found = [pd.DataFrame({name: pd.Series(dtype="str") for name in _PAIR} | {"scraped_at": [], "line_from": []})]
    for block in blocks:
        known = block[_PAIR + _IN_TIME].assign(creator_id=_ids(block))
        known = known[known["creator_id"].notna()]
        if len(known):
            found.append(known.sort_values(_IN_TIME).drop_duplicates(_PAIR, keep="last"))
    pairs = pd.concat(found[1:], ignore_index=True) if len(found) > 1 else found[0]
    return pairs.sort_values(_IN_TIME).drop_duplicates(_PAIR, keep="last", ignore_index=True)


def _names(pairs: pd.DataFrame, latest: pd.DataFrame) -> dict[str, str]:
    """What each id is shown as, of those of whom some line shows another name, or none."""
    holders = latest.drop_duplicates("creator", keep="last")  # of a latest handle, who was seen with it last
    names = dict(zip(holders["creator_id"], holders["creator"], strict=True))
    before = latest[~latest["creator_id"].isin(names.keys())]
    names |= {id_: f"{handle} ({id_})" for handle, id_ in zip(before["creator"], before["creator_id"], strict=True)}
    nameless = set(pairs["creator_id"]) - set(latest["creator_id"])
    names |= {id_: f"{NAMELESS} ({id_})" for id_ in nameless}
    shown = pairs["creator"].to_numpy(dtype=object) == pairs["creator_id"].map(names).to_numpy(dtype=object)
    differ = set(pairs["creator_id"][~shown])
    return {id_: name for id_, name in names.items() if id_ in differ}


def _contested(blocks: Iterable[pd.DataFrame], handles: set[str]) -> dict[str, Told]:
    parts = []
    for block in blocks:
        told = block[block["creator"].isin(handles)]
        told = pd.DataFrame({"creator": told["creator"], "id": _ids(told), "time": _microseconds(told)})
        parts.append(told[told["id"].notna()])
    every = pd.concat(parts).sort_values(["creator", "time", "id"])
    return {
        str(handle): Told(rows["time"].to_numpy(dtype=np.int64), rows["id"].to_numpy(dtype=object))
        for handle, rows in every.groupby("creator")
    }


def _ids(sightings: pd.DataFrame) -> pd.Series:
    return sightings["creator_id"].where(sightings["creator_id"].ne(""))


def _microseconds(sightings: pd.DataFrame) -> npt.NDArray[np.int64]:
    moments = sightings["scraped_at"].dt.tz_convert("UTC").dt.tz_localize(None)
    return np.asarray(moments.to_numpy("datetime64[us]"), dtype=np.int64)
