"""What a long command is at: one line that is written over on a terminal, a line each in a log."""

from __future__ import annotations

import shutil
from types import TracebackType
from typing import TextIO

_CLEAR = "\r\x1b[K"  # to the line's start, and empty it


class Progress:
    """Call it with each step's name. As a context manager it leaves a terminal as it found it."""

    def __init__(self, stream: TextIO) -> None:
        self._stream, self._terminal = stream, stream.isatty()

    def __call__(self, step: str) -> None:
        """Say that *step* begins."""
        if self._terminal:
            # A line that wraps could not be written over.
            width = shutil.get_terminal_size().columns - 1
            self._stream.write(f"{_CLEAR}{step.strip()[:width]}")
        else:
            self._stream.write(f"{step}\n")
        self._stream.flush()

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._terminal:
            self._stream.write(_CLEAR)
            self._stream.flush()
