"""Split sightings into parts of whole entities, measure a part, gather the rows of all: the core of every engine.

An entity is all sightings with one key: a TikTok (`id`), a creator (`creator`) or an audio (`audio_key`). An entity
function takes whole entities and gives rows that depend on nothing else, so a part can be measured anywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from analysis.counts.bounds import with_bounds
from analysis.reading.order import ordered
from analysis.terms.errors import BadArgument, MissingColumn

EntityRows = Callable[[pd.DataFrame], pd.DataFrame]
WHERE = "analysis.engines.scale"


@dataclass(frozen=True, slots=True)
class Measured:
    """Rows of all entities and what they rest on.

    rows: as the entity function gives them, sorted by key, RangeIndex. sightings: with a key, so measured;
    without_key: sightings left out because their key is missing. parts: how many calls the entity function had.
    """

    rows: pd.DataFrame
    sightings: int
    without_key: int
    parts: int
    engine: str


@dataclass(slots=True)
class Known:
    """Lets through the sightings whose *key* is known, block after block, and counts both kinds."""

    key: str
    sightings: int = 0
    without_key: int = 0
    empty: pd.DataFrame = field(default_factory=pd.DataFrame)

    def of(self, blocks: Iterable[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        """What can be measured of each block. Raises AnalysisError where a block is unlike the first."""
        first = None
        for block in blocks:
            if first is None:
                first = self.empty = self._checked(block)
            if not block.dtypes.equals(first.dtypes):
                raise BadArgument(
                    expected="blocks of the same columns and types",
                    found=differing(block, first),
                    where=WHERE,
                    next_step="pass frames as analysis.load gives them",
                )
            known = block[block[self.key].notna()]
            self.sightings += len(known)
            self.without_key += len(block) - len(known)
            yield known
        if first is None:
            raise BadArgument(
                expected="sightings",
                found="no frame at all",
                where=WHERE,
                next_step="pass analysis.terms.schema.empty_sightings() where there are none",
            )

    def _checked(self, block: pd.DataFrame) -> pd.DataFrame:
        if self.key not in block:
            raise MissingColumn(
                expected=f"a column {self.key!r} to tell entities apart",
                found=", ".join(map(str, block.columns)),
                where=WHERE,
                next_step="take the key 'id', 'creator' or 'audio_key' and sightings from analysis.load",
            )
        return block.iloc[:0]


def split(known: pd.DataFrame, key: str, parts: int) -> Iterator[tuple[int, pd.DataFrame]]:
    """Part numbers (from 0) with their sightings, order kept; parts without any are left out.

    The number is a hash of the key's text with a fixed seed (SipHash), so an entity falls into the same part in every
    block, process and run; Python's own hash() differs from process to process.
    """
    numbers = pd.util.hash_array(known[key].to_numpy(dtype=object), categorize=True) % np.uint64(parts)
    order = np.argsort(numbers, kind="stable")
    in_parts = known.iloc[order]
    found, starts = np.unique(numbers[order], return_index=True)
    for number, start, end in zip(found, starts, [*starts[1:], len(in_parts)][: len(found)], strict=True):
        yield int(number), in_parts.iloc[int(start) : int(end)]


def as_one(blocks: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """*blocks* in their order as one frame; a single one as it is, without a copy."""
    return blocks[0] if len(blocks) == 1 else pd.concat(blocks, ignore_index=True)


def measure(entity_rows: EntityRows, known: pd.DataFrame) -> pd.DataFrame:
    """The rows of one part: sightings of whole entities in the order they were written, in.

    Bounds are added here, where they are needed, because they hold for each sighting by itself and would only make
    what is kept on disk or sent over the network larger.
    """
    in_order = ordered(known)
    bounded = in_order if "likes_lo" in in_order else with_bounds(in_order)
    return entity_rows(bounded).reset_index(drop=True)


def gather(parts: Iterable[pd.DataFrame], key: str) -> pd.DataFrame:
    """One frame of the rows of all parts, sorted by *key*; rows of the same key keep the order of their part."""
    gathered = list(parts)
    for part in gathered:
        _check_alike(part, gathered[0], key)
    return pd.concat(gathered, ignore_index=True).sort_values(key, kind="stable", ignore_index=True)


def _check_alike(part: pd.DataFrame, first: pd.DataFrame, key: str) -> None:
    """A type that depends on the data would make results depend on how entities were split."""
    if key not in part:
        raise MissingColumn(
            expected=f"rows with a column {key!r}",
            found=", ".join(map(str, part.columns)),
            where=WHERE,
            next_step="have the entity function name the entity of each row",
        )
    if not part.dtypes.equals(first.dtypes):
        raise BadArgument(
            expected="rows of the same columns and types from every part",
            found=differing(part, first),
            where=WHERE,
            next_step="have the entity function fix the types of what it gives",
        )


def differing(frame: pd.DataFrame, other: pd.DataFrame) -> str:
    """Which columns of two frames differ in type, or are in one only."""
    names = [
        f"{name}: {frame.dtypes.get(name, 'absent')}, elsewhere {other.dtypes.get(name, 'absent')}"
        for name in dict.fromkeys([*frame.columns, *other.columns])
        if frame.dtypes.get(name) != other.dtypes.get(name)
    ]
    return "; ".join(names) or "another order of columns"
