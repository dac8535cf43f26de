"""Files of lines of any size: the replica's history, again and again with other ids; some of the lines bad.

Each copy is a world of its own: TikToks, audios, creators and runs get the copy's number. So the answers grow with the
file, and every line is one that the crawl might have written. What is true of them is counted while they are written.
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from benchmarks.answers.asked import Answers, first
from replica.history.plan import Plan
from replica.history.write import write as write_history

NOW = datetime(2026, 9, 1, 12, tzinfo=UTC).timestamp()
DAYS, LIMIT = 30, 40
EVERY = 10_000  # one line of so many is cut off in the middle, another is no JSON
NO_JSON = b"Traceback (most recent call last):\n"
IDS = ("id", "audio_id", "creator_id")


class Written(NamedTuple):
    """Files of the same sightings: all lines whole, and with bad ones among them. true: what is to be found there."""

    clean: Path
    dirty: Path
    sightings: int
    true: Answers


def write(number: int, folder: Path) -> Written:
    """Write *number* sightings into folders of *folder*, twice."""
    clean, dirty = folder / "clean", folder / "dirty"
    for each in (clean, dirty):
        each.mkdir(parents=True)
    truth = _Truth()
    with (clean / "tiktoks.jsonlines").open("wb") as whole, (dirty / "tiktoks.jsonlines").open("wb") as broken:
        for at, told in enumerate(_sightings(number)):
            truth.take(told)
            line = orjson.dumps(told) + b"\n"
            whole.write(line)
            broken.write(line)
            if at % EVERY == EVERY // 2:
                broken.write(line[: len(line) // 2] + b"\n" + NO_JSON)
                truth.bad += 2
    return Written(clean, dirty, number, truth.answers())


class _Truth:
    """What is true of the lines so far."""

    def __init__(self) -> None:
        self.bad = 0
        self._views: dict[str, tuple[int, int] | None] = {}
        self._audios: dict[str, set[str]] = defaultdict(set)

    def take(self, line: dict[str, Any]) -> None:
        id, views, audio = line["id"], line["views"], line["audio_id"]
        seen = self._views.get(id)
        if views is not None:
            self._views[id] = (min(seen[0], views), max(seen[1], views)) if seen else (views, views)
        else:
            self._views.setdefault(id, None)
        if audio:
            self._audios[audio].add(id)

    def answers(self) -> Answers:
        return Answers(
            tiktoks=len(self._views),
            audios=len(self._audios),
            gained=first([(id, most - least) for id, (least, most) in self._with_views()]),
            heard=first([(audio, len(ids)) for audio, ids in self._audios.items()]),
            bad=self.bad,
        )

    def _with_views(self) -> Iterator[tuple[str, tuple[int, int]]]:
        return ((id, seen) for id, seen in self._views.items() if seen is not None)


def _sightings(number: int) -> Iterator[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        write_history(Plan(now=NOW, days=DAYS, limit=LIMIT), Path(folder))
        lines = [orjson.loads(line) for line in (Path(folder) / "tiktoks.jsonlines").read_bytes().splitlines()]
    for at in range(number):
        copy, line = divmod(at, len(lines))
        yield _again(lines[line], copy)


def _again(line: dict[str, Any], copy: int) -> dict[str, Any]:
    """*line* as the world of that number has it; the low bits of an id tell nothing."""
    told = {name: str(int(line[name]) + copy) for name in IDS if line[name]}
    for name in ("url", "audio_url"):
        id = line["id" if name == "url" else "audio_id"]
        if line[name] and id:
            told[name] = line[name].replace(id, told["id" if name == "url" else "audio_id"])
    told["run"] = f"{line['run']}{copy}"
    return line | told
