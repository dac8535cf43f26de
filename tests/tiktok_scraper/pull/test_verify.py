"""Whether lines are held against the runs that tell of them, and against no others."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.tiktok_scraper.pull.crawled import Crawled
from tiktok_scraper.pull.copy import Copy
from tiktok_scraper.pull.verify import Mismatch, mismatch


def checked(crawled: Crawled, since: int = 0, known: int = 0) -> Mismatch | None:
    told = [json.loads(line) for line in crawled.runs.read_text().splitlines()]
    return mismatch(Copy(crawled.lines, crawled.lines.stat().st_size), told, since, known=known)


@pytest.fixture
def crawled(tmp_path: Path) -> Crawled:
    made = Crawled(tmp_path)
    for _ in range(3):
        made.run(5)
    return made


def test_the_first_run_whose_bytes_differ_is_named(crawled: Crawled) -> None:
    assert checked(crawled) is None
    lines = crawled.lines.read_bytes()
    second = lines.index(b"T000002Z")
    crawled.lines.write_bytes(lines[:second] + b"X" + lines[second + 1 :])
    found = checked(crawled)
    assert found is not None
    assert found.start == len(b"".join(lines.splitlines(True)[:5]))
    assert "run 20261129T000002Z-beef" in found.why
    assert checked(crawled, since=len(lines), known=6) is None, "it was told of before"


def test_lines_that_a_repair_moved_are_as_they_were_recorded(crawled: Crawled) -> None:
    crawled.lines.write_bytes(b'{"moved": true}\n' + crawled.lines.read_bytes())
    assert checked(crawled) is None


def test_a_run_tells_nothing_of_a_later_generation(crawled: Crawled) -> None:
    crawled.record(event="start", run="went on meanwhile")
    crawled.forget(b"@u3/")
    span = {"bytes_from": 0, "bytes_to": 100, "sha256": "0" * 64}
    crawled.record(event="end", run="went on meanwhile", **span)
    assert checked(crawled) is None
    crawled.run(5, sha256="0" * 64)
    assert checked(crawled) is not None


def test_a_run_whose_bytes_are_not_all_here_is_left_for_the_next_time(crawled: Crawled) -> None:
    crawled.run(5, sha256="0" * 64)
    lines = crawled.lines.read_bytes().splitlines(True)
    crawled.lines.write_bytes(b"".join(lines[:-1]))
    assert checked(crawled) is None
