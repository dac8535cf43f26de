"""What someone means by an address, a name or a number: a TikTok, a creator or an audio of the data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Literal
from urllib.parse import quote, unquote, urlsplit

import pandas as pd

from analysis.report.markup import SITE
from analysis.terms.errors import NotFound

Kind = Literal["TikTok", "creator", "audio"]
COLUMN: dict[Kind, str] = {"TikTok": "id", "creator": "creator", "audio": "audio_key"}

_TIKTOK = re.compile(r"/@[^/]*/(?:video|photo)/(\d+)/?$")
_CREATOR = re.compile(r"^/?@([^/]+)/?$")
_AUDIO = re.compile(r"/music/(?:.*-)?(\d+)/?$")
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Found:
    """One TikTok, creator or audio: its kind, its key (id, creator, audio_key), and its rows of the sightings."""

    kind: Kind
    key: str
    sightings: pd.DataFrame


def find(sightings: pd.DataFrame, what: str) -> Found:
    """Find *what* in *sightings*: the address of a TikTok, creator or audio, "@creator", an id, or an audio's title.

    A number is looked for among TikToks first, then among audios, titles and creators. A title must match whole, in any
    case. A creator is found under an earlier handle too, where nobody else has it now.

    Raises:
        NotFound: it is none of these, is not in the data, or is the title of more audios than one (the message names
            them).
    """
    what = what.strip().encode(errors="replace").decode()  # a terminal may pass on bytes that are no text
    asked = _asked(what)
    if what and "://" not in what and not what.startswith("@"):
        asked = chain(asked, (("audio", key) for key in _titled(sightings, what)))
    for kind, key in asked:
        rows = _rows(sightings, COLUMN[kind], key)
        if len(rows):
            return Found(kind, key, rows.reset_index(drop=True))
    for handle in _creators_asked(what):
        if creators := _known_before(sightings, handle):
            return _one(sightings, creators, handle)
    raise NotFound(
        expected="the address or id of a TikTok or an audio, @creator, or an audio's whole title, that is in the data",
        found=repr(what[:200]),
        where="the data",
        next_step=f"look for it among what was seen, for instance {_examples(sightings)}",
    )


def _rows(sightings: pd.DataFrame, column: str, key: str) -> pd.DataFrame:
    return sightings.loc[(sightings[column] == key).fillna(value=False).astype(bool)]


def _creators_asked(what: str) -> list[str]:
    """The handles, or the id, that *what* may be of a creator."""
    return [what] if what.isdecimal() else [key for kind, key in _asked(what) if kind == "creator"]


def _known_before(sightings: pd.DataFrame, asked: str) -> list[str]:
    """The creators that had the handle *asked*, or have it as their id."""
    its = sightings["username"].eq(f"{SITE}@{quote(asked, safe='')}") | sightings["creator_id"].eq(asked)
    return sorted(sightings.loc[its.fillna(value=False).astype(bool), "creator"].dropna().unique())


def _one(sightings: pd.DataFrame, creators: list[str], handle: str) -> Found:
    if len(creators) > 1:
        raise NotFound(
            expected="a handle that one creator had",
            found=f"{len(creators)} who had @{handle[:200]}",
            where="the data",
            next_step=f"ask for one by its name now: {', '.join(f'@{name}' for name in creators[:_SHOWN])}",
        )
    return Found("creator", creators[0], _rows(sightings, "creator", creators[0]).reset_index(drop=True))


def _asked(what: str) -> Iterable[tuple[Kind, str]]:
    """What an address, a handle or a number may mean, the likeliest first."""
    path = urlsplit(what).path if "://" in what else what
    if what.startswith("@") and not _TIKTOK.search(f"/{what}"):  # a name that is no handle may hold anything, "/" too
        return [("creator", what[1:]), ("creator", unquote(what[1:].rstrip("/")))]
    if match := _TIKTOK.search(path):
        return [("TikTok", match[1])]
    if match := _AUDIO.search(path):
        return [("audio", match[1])]
    if match := _CREATOR.search(unquote(path)):
        return [("creator", match[1])]
    return [("TikTok", what), ("audio", what)] if what.isdecimal() else []


def _titled(sightings: pd.DataFrame, title: str) -> Iterator[str]:
    """The one audio of that title, or none; looked for when it is asked for."""
    same = (sightings["audio"].str.casefold() == title.casefold()).fillna(value=False).astype(bool)
    keys = sorted(sightings.loc[same, "audio_key"].dropna().unique())
    if len(keys) > 1:
        some = ", ".join(keys[:_SHOWN]) + (" and more" if len(keys) > _SHOWN else "")
        raise NotFound(
            expected="a title that one audio has",
            found=f"{len(keys)} audios named {title[:200]!r}",
            where="the data",
            next_step=f"ask for one by its id: {some}",
        )
    yield from keys


def _examples(sightings: pd.DataFrame) -> str:
    """The creators seen most often, as one would ask for them."""
    most = sightings["creator"].dropna().value_counts().head(3)
    return ", ".join(f"@{name}" for name in most.index) or "nothing: the data name no creator"
