"""Errors say what was expected, what was found, where, and what to do; and they cross processes whole."""

from __future__ import annotations

import pickle
from pathlib import Path

import pandas as pd
import pytest

from analysis.terms.errors import AnalysisError, BadArgument, MissingColumn, NoFile, need_columns


def test_the_message_has_all_four() -> None:
    error = NoFile(expected="a file", found="none", where=Path("here"), next_step="crawl first")
    assert str(error) == "here: expected a file, found none. Crawl first."


def test_errors_survive_pickling_as_workers_need() -> None:
    error = BadArgument(expected="a zone", found="'x'", where="naive_zone", next_step="name one")
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again), again.next_step) == (BadArgument, str(error), "name one")
    assert isinstance(again, AnalysisError) and isinstance(again, ValueError)


def test_lacking_columns_are_named() -> None:
    need_columns(pd.DataFrame({"a": [1]}), ["a"], "rate")
    with pytest.raises(MissingColumn, match=r"rate: expected .* a, b, c, found no b, c"):
        need_columns(pd.DataFrame({"a": [1]}), ["a", "b", "c"], "rate")
