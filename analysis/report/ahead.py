"""The measures that take longest, computed by a fork while the first sections are written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from analysis.report.later import Workers, outcome
from analysis.report.study import Study
from analysis.terms.errors import AnalysisError

# By the names under which the study keeps them, in the order in which sections ask for them. They lean on frames alone:
# an engine's processes and threads may not be there twice.
AHEAD: dict[str, Callable[[Study], Any]] = {
    "tail of likes": lambda study: study.tail_fit,
    "comments as videos grow": lambda study: study.slope,
}


def begin(study: Study, workers: Workers) -> None:
    """Have a fork of *workers* compute them; *study* takes what came, and computes itself what did not."""
    if workers.processes < 2:
        return
    try:
        _ = study.organic_tiktoks, study.organic  # what they lean on is computed once, here
    except AnalysisError:
        return
    quiet = replace(study, progress=lambda _: None, ahead={})
    asked = workers.ahead([partial(outcome, partial(measure, quiet)) for measure in AHEAD.values()])
    study.ahead = {name: partial(workers.awaited, one) for name, one in zip(AHEAD, asked, strict=True)}
