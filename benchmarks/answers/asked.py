"""What every tool is asked of a file of lines. Pure: no tool's types.

A TikTok's gain is its most views less its fewest, which no repeated line and no order changes; a TikTok without a
number of views has none. An audio's TikToks are the different ids with its audio_id; lines without one count for none.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

TOP = 100


@dataclass(frozen=True, slots=True)
class Answers:
    """What a tool found. Ids are text.

    tiktoks: different ids; audios: different audio_ids; gained: ids and gains of the TOP with the largest gain;
    heard: audio_ids and their TikToks of the TOP with the most. Both by number, then by id. bad: lines that were told
    to be none, None where the tool does not say.
    """

    tiktoks: int
    audios: int
    gained: tuple[tuple[str, int], ...]
    heard: tuple[tuple[str, int], ...]
    bad: int | None = None

    def agrees(self, other: Answers) -> bool:
        """Whether both say the same of the data, whatever they say of bad lines."""
        return (self.tiktoks, self.audios, self.gained, self.heard) == (
            other.tiktoks,
            other.audios,
            other.gained,
            other.heard,
        )

    def as_json(self) -> dict[str, Any]:
        """For `of_json` in another process."""
        return asdict(self)


def of_json(told: dict[str, Any]) -> Answers:
    """The answers that `as_json` spelled."""
    pairs = {name: tuple((id, number) for id, number in told[name]) for name in ("gained", "heard")}
    return Answers(told["tiktoks"], told["audios"], pairs["gained"], pairs["heard"], told["bad"])


def first(pairs: list[tuple[Any, Any]]) -> tuple[tuple[str, int], ...]:
    """The TOP of *pairs* (id, number) by number, then by id, whatever types a tool gave them."""
    spelled = [(str(id), int(number)) for id, number in pairs]
    return tuple(sorted(spelled, key=lambda pair: (-pair[1], pair[0]))[:TOP])
