"""The bench's replica is the project's own, started from wherever the bench is run."""

from __future__ import annotations

import urllib.request
from pathlib import Path

import pytest

from benchmarks.crawl.site import served


def test_the_bench_serves_the_replica_from_any_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with served("--era", "b") as url, urllib.request.urlopen(url) as page:
        assert page.headers["X-Replica"] == "1"
