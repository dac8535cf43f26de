"""How much of what a simulated world planted the analysis finds, and how near its gains come to the true ones."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import numpy as np
import pandas as pd

from analysis.counts import growth, overflow
from analysis.counts.bounds import with_bounds
from analysis.load import load
from analysis.measures import ads, audios, creators, virality
from benchmarks.analysis import true_videos
from benchmarks.analysis.audio_bound import Signs, signs_of

WORLDS = ("tame", "unruly")  # as told by `python -m replica history --tame`, and by no such word
NOW = "2026-03-01T00:00:00+00:00"
AUDIOS = "audios: most new creators"


@dataclass(frozen=True, slots=True)
class Hits:
    """Of one history: how many the truth names, how many were found, and how many of these the truth names."""

    true: int
    found: int
    both: int

    @property
    def precision(self) -> float:
        return self.both / self.found if self.found else float("nan")

    @property
    def recall(self) -> float:
        return self.both / self.true if self.true else float("nan")

    @property
    def harmonic(self) -> float:
        """F1; not a number where there was nothing to find and nothing was found."""
        return 2 * self.both / (self.true + self.found) if self.true + self.found else float("nan")

    @classmethod
    def of(cls, true: set[str], found: set[str]) -> Hits:
        return cls(len(true), len(found), len(true & found))


@dataclass(frozen=True, slots=True)
class Growth:
    """Mean absolute error of gains in likes between consecutive sightings where rounding left them open.

    pairs: how many. taut, naive: by the taut string, and by the difference of the numbers shown. wrapped: gains of
    creators whose totals have wrapped; exact: how many of these came out exactly.
    """

    pairs: int
    taut: float
    naive: float
    wrapped: int
    exact: int

    @property
    def ratio(self) -> float:
        return self.taut / self.naive if self.naive else float("nan")


@dataclass(frozen=True, slots=True)
class Judged:
    """One history: profile, seed, sightings; hits by what was looked for; gains; which of WORLDS it is of; what is told
    of its audios."""

    profile: str
    seed: int
    sightings: int
    hits: Mapping[str, Hits]
    growth: Growth
    world: str = WORLDS[0]
    audios: Signs | None = None


def judge(profile: str, seed: int, days: float, folder: Path, world: str = WORLDS[0]) -> Judged:
    """Write a history into *folder*, analyse it, and hold the findings against its truth."""
    command = [sys.executable, "-m", "replica", "history", "--days", str(days), "--seed", str(seed)]
    command += ["--profile", profile, "--now", NOW, "-o", str(folder)]
    command += ["--tame"] if world == "tame" else []
    subprocess.run(command, check=True, capture_output=True)
    truth: dict[str, list[dict[str, Any]]] = {"world": [], "tiktok": [], "creator": [], "audio": []}
    with (folder / "truth.jsonlines").open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            truth[record["of"]].append(record)
    bounded = ads.marked(with_bounds(load(folder, force=True).sightings))
    hits = {
        **_tiktoks(bounded, truth["tiktok"]),
        **_creators(bounded, truth["creator"]),
    }
    hits[AUDIOS], signs = _audios(bounded, truth["audio"])
    growth = _growth(bounded, truth["tiktok"], truth["creator"])
    return Judged(profile, seed, len(bounded), hits, growth, world, signs)


def _tiktoks(bounded: pd.DataFrame, truth: list[dict[str, Any]]) -> dict[str, Hits]:
    rows = virality.ranked(virality.tiktok_rows(bounded)).rows.set_index("id")
    fast, outbreak, first_day = (_named(rows[f"viral_{name}"]) for name in ("for_age", "outbreak", "first_day"))
    return {
        "videos: faster than 99 % of their age": Hits.of(true_videos.fast_for_age(truth), fast),
        "videos: most likes in a day": Hits.of(true_videos.outbreaks(truth), outbreak),
        "videos: first day": Hits.of(true_videos.strong_first_days(truth), first_day),
        "videos: bursts planted": Hits.of(true_videos.bursts_seen(truth), fast | outbreak | first_day),
    }


def _creators(bounded: pd.DataFrame, truth: list[dict[str, Any]]) -> dict[str, Hits]:
    rows = creators.ranked(creators.creator_rows(ads.left_out(bounded))).set_index("creator")
    found = _named(rows["viral"])
    told = {unquote(t["username"].rpartition("@")[2]): t for t in truth}
    return {
        "creators: fastest followers": Hits.of({name for name, t in told.items() if t["viral"]}, found),
        "creators: bursts planted": Hits.of(
            {name for name, t in told.items() if t["planted"] and t["gain"] is not None}, found
        ),
    }


def _audios(bounded: pd.DataFrame, truth: list[dict[str, Any]]) -> tuple[Hits, Signs]:
    rows, _ = audios.ranked(audios.audio_rows(bounded), len(bounded), len(ads.left_out(bounded)))
    true = {t["audio_id"] for t in truth if t["planted"]}
    return Hits.of(true, _named(rows.set_index("audio_key")["viral"])), signs_of(bounded, rows, true)


def _named(verdict: pd.Series) -> set[str]:
    return set(verdict.index[verdict.fillna(False).astype(bool)])


def _growth(bounded: pd.DataFrame, tiktoks: list[dict[str, Any]], people: list[dict[str, Any]]) -> Growth:
    gains = growth.gains(growth.tightened(bounded, "likes"), "likes")
    gains = gains[(gains["hi"] > gains["lo"]).fillna(False).astype(bool)]
    exact = _moments(tiktoks, "likes", lambda t: t["id"])
    shown = (
        bounded.dropna(subset=["likes"]).drop_duplicates(["id", "scraped_at"]).set_index(["id", "scraped_at"])["likes"]
    )
    ends = [pd.MultiIndex.from_frame(gains[["id", end]]) for end in ("end", "start")]
    true, naive = (_at(values, ends[0]) - _at(values, ends[1]) for values in (exact, shown))
    known = ~np.isnan(true) & ~np.isnan(naive)
    errors = [np.abs(told[known] - true[known]) for told in (gains["point"].to_numpy(float, na_value=np.nan), naive)]
    taut, plain = (float(np.nanmean(error)) if known.any() else float("nan") for error in errors)
    return Growth(int(known.sum()), taut, plain, *_wrapped(bounded, people))


def _wrapped(bounded: pd.DataFrame, people: list[dict[str, Any]]) -> tuple[int, int]:
    """Gains since the first modulo sighting of creators that have wrapped: how many, and how many exact."""
    totals = overflow.unwrapped(bounded)
    names = {unquote(t["username"].rpartition("@")[2]) for t in people if any(t["wraps"])}
    told = totals[totals["creator"].isin(names) & totals["cumulative"].notna()]
    exact = _moments(people, "user_likes", lambda t: unquote(t["username"].rpartition("@")[2]))
    true = _at(exact, pd.MultiIndex.from_frame(told[["creator", "scraped_at"]]))
    gained = pd.Series(true).sub(pd.Series(true).groupby(told["creator"].to_numpy()).transform("first")).to_numpy()
    return int((~np.isnan(gained)).sum()), int((gained == told["cumulative"].to_numpy(float, na_value=np.nan)).sum())


def _moments(truth: list[dict[str, Any]], count: str, name: Any) -> pd.Series:
    """The exact *count* by (key, moment)."""
    rows = [(name(t), at, value) for t in truth for at, value in zip(t["at"], t[count], strict=True)]
    frame = pd.DataFrame(rows, columns=["key", "at", "value"])
    frame["at"] = pd.to_datetime(frame["at"], utc=True, format="ISO8601").astype("datetime64[us, UTC]")
    return frame.dropna().drop_duplicates(["key", "at"]).set_index(["key", "at"])["value"]


def _at(values: pd.Series, index: pd.MultiIndex) -> np.ndarray[Any, np.dtype[np.float64]]:
    return values.set_axis(values.index.set_names(index.names)).reindex(index).to_numpy(float, na_value=np.nan)
