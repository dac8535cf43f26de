"""The data read by a fork, while this process imports what they are measured and drawn with."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from analysis.report.later import Workers, outcome, processors
from analysis.terms.errors import AnalysisError

Read = TypeVar("Read")


def read_while(read: Callable[[], Read], meanwhile: Callable[[], object]) -> Read:
    """What *read* gives, or the AnalysisError that it raises, read while this process does *meanwhile*.

    Where a fork is not safe, or fails, it is read here.
    """
    workers = Workers(processors())
    (asked,) = workers.ahead([partial(outcome, read)])
    try:
        meanwhile()
    finally:
        told: Read | AnalysisError = workers.awaited(asked)
        workers.close()
    if isinstance(told, AnalysisError):
        raise told
    return told
