"""The data read by a fork, while this process imports what they are measured and drawn with."""

from __future__ import annotations

import os
import pickle
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from typing import IO, TypeVar

from analysis.report.later import processors
from analysis.terms.errors import AnalysisError

Read = TypeVar("Read")


def read_while(read: Callable[[], Read], meanwhile: Callable[[], object]) -> Read:
    """What *read* gives, or the AnalysisError that it raises, read while this process does *meanwhile*.

    Where a fork is not safe, or fails, it is read here.
    """
    with ExitStack() as opened:
        try:
            file = opened.enter_context(tempfile.TemporaryFile()) if processors() > 1 else None
            pid = os.fork() if file is not None else 0
        except OSError:  # no room for a file or a process
            file = None
        if file is None:
            meanwhile()
            return read()
        if pid == 0:
            _leave(read, file)
        try:
            meanwhile()
        finally:
            told = _left(pid, file)
    if told is None:
        return read()
    if isinstance(told[0], AnalysisError):
        raise told[0]
    return told[0]


def _leave(read: Callable[[], Read], file: IO[bytes]) -> None:
    """In the fork: read, leave, and end without a word; what failed is read again by who asked, and told there."""
    code = 1
    try:
        try:
            pickle.dump(read(), file, protocol=pickle.HIGHEST_PROTOCOL)
        except AnalysisError as error:
            pickle.dump(error, file)
        file.flush()
        code = 0
    finally:
        os._exit(code)


def _left(pid: int, file: IO[bytes]) -> tuple[Read | AnalysisError] | None:
    """What the fork *pid* left, once it has ended; None: nothing whole."""
    try:
        _, status = os.waitpid(pid, 0)
    except ChildProcessError:  # reaped by somebody else, as where SIGCHLD is ignored: whether it failed is not known
        return None
    if status != 0:
        return None
    file.seek(0)
    return (pickle.load(file),)
