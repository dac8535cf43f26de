"""What a fork measures beforehand is what the study would have measured itself, its refusals too."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from analysis.load import load
from analysis.report import ahead as module
from analysis.report.ahead import AHEAD, begin
from analysis.report.later import Workers
from analysis.report.study import Study
from analysis.terms.errors import NotEnoughData
from tests.analysis.report.report_lines import lines, write

ENOUGH = {"tiktoks": 110, "runs": 10}


def test_the_study_takes_from_the_fork_what_it_would_have_found(tmp_path: Path) -> None:
    loaded = load(write(tmp_path, lines(**ENOUGH)))
    here, ahead, workers = Study(loaded), Study(loaded), Workers(2)
    begin(ahead, workers)
    assert list(ahead.ahead) == list(AHEAD)
    assert len(workers._forks) == 1
    for name, measure in AHEAD.items():
        assert repr(measure(ahead)) == repr(measure(here)), name
        assert name not in ahead.ahead, "named as the study keeps it, or nobody would ever take it"
    workers.close()


def test_a_refusal_in_the_fork_is_kept_as_one_of_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> None:
        raise NotEnoughData(expected="two", found=str(os.getpid()), where="here", next_step="crawl on")

    monkeypatch.setattr(module, "AHEAD", {"refused": lambda study: study.once("refused", refused)})
    study, workers = Study(load(write(tmp_path, lines(**ENOUGH)))), Workers(2)
    begin(study, workers)
    for _ in range(2):
        with pytest.raises(NotEnoughData) as raised:
            study.once("refused", refused)
        assert raised.value.found != str(os.getpid())
    workers.close()


def test_the_report_on_one_processor_measures_when_it_is_asked(tmp_path: Path) -> None:
    study = Study(load(write(tmp_path, lines(**ENOUGH))))
    begin(study, Workers(1))
    assert not study.ahead


def test_who_asks_waits_for_the_fork_that_is_at_it_and_for_no_other() -> None:
    here, workers = os.getpid(), Workers(2)
    reading, writing = os.pipe()

    def slow() -> str:
        if os.getpid() != here:
            os.read(reading, 1)  # until it is let go
        return f"slow, here: {os.getpid() == here}"

    def next_one() -> str:
        return f"next, here: {os.getpid() == here}"

    first, second = workers.ahead([slow, next_one])
    assert workers.awaited(second) == "next, here: True", "the fork has not come to it"
    os.write(writing, b".")
    assert workers.awaited(first) == "slow, here: False"
    workers.close()


def test_what_a_killed_fork_was_at_is_measured_here() -> None:
    here, workers = os.getpid(), Workers(2)

    def fatal() -> bool:
        if os.getpid() != here:
            os._exit(9)
        return True

    (asked,) = workers.ahead([fatal])
    assert workers.awaited(asked)
    assert not workers._forks
