"""Every error of the analysis.

AnalysisError
├── NoData                     there is nothing to read: no file, an empty one, or not one whole line
│   ├── NoFile                 the file or folder isn't there, or can't be opened
│   └── NoGoodLines            the file holds bytes, but no line that is a sighting
├── MixedData                  simulated and real lines in one file
├── GateFailed                 too many lines fail a gate (ARCHITECTURE.md, The analysis); force goes on all the same
├── BadArgument (also ValueError)   an argument can't be used
├── NotEnoughData              a measure needs more than there is
├── NotFound                   no such TikTok, creator or audio in the data
├── MissingColumn (also ValueError) a frame lacks a column that a function needs
└── MissingTool                an optional package or a browser isn't installed

Each message says what was expected, what was found, where, and what to do next.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


class AnalysisError(Exception):
    """What all errors of the analysis have in common.

    expected, found, where, next_step: the four things the message says, each a clause without a full stop.
    """

    def __init__(self, *, expected: str, found: str, where: Any, next_step: str) -> None:
        self.expected, self.found, self.where, self.next_step = expected, found, str(where), next_step
        super().__init__(f"{where}: expected {expected}, found {found}. {next_step[:1].upper()}{next_step[1:]}.")

    def __reduce__(self) -> tuple[Any, ...]:
        # Errors cross from worker processes by pickling, which would call __init__ without its keywords.
        return _again, (type(self), self.expected, self.found, self.where, self.next_step)


class NoData(AnalysisError):
    """There is nothing to read."""


class NoFile(NoData):
    """The file or folder isn't there, or can't be opened."""


class NoGoodLines(NoData):
    """The file holds bytes, but not one line that is a sighting."""


class MixedData(AnalysisError):
    """Simulated and real lines stand in one file; what they say together means nothing."""


class GateFailed(AnalysisError):
    """More lines fail a gate than a sound file has; `force` goes on without them."""


class BadArgument(AnalysisError, ValueError):
    """An argument can't be used."""


class NotEnoughData(AnalysisError):
    """A measure needs more than the data hold; it is not answered rather than answered badly."""


class NotFound(AnalysisError):
    """The TikTok, creator or audio asked for isn't in the data."""


class MissingColumn(AnalysisError, ValueError):
    """A frame lacks a column that a function needs."""


class MissingTool(AnalysisError):
    """An optional package or a browser that this needs isn't installed."""


def need_columns(frame: Any, columns: Iterable[str], where: str) -> None:
    """Make sure that *frame* has all *columns*; *where* names the function that needs them.

    Raises:
        MissingColumn: it lacks one or more.
    """
    columns = list(columns)
    if lacking := [name for name in columns if name not in frame.columns]:
        raise MissingColumn(
            expected=f"a frame with the columns {', '.join(columns)}",
            found=f"no {', '.join(lacking)}",
            where=where,
            next_step="pass a frame from analysis.load.load, with bounds where counts have _lo and _hi",
        )


def _again(kind: type[AnalysisError], expected: str, found: str, where: str, next_step: str) -> AnalysisError:
    return kind(expected=expected, found=found, where=where, next_step=next_step)
