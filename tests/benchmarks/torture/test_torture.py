"""SIGKILL at random moments: a tenth of what `make torture` does, and that its judge sees what it is there for."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from benchmarks.torture.__main__ import bad
from benchmarks.torture.crawls import killed as crawls_killed
from benchmarks.torture.judged import Judged
from benchmarks.torture.writer import KINDS, appender, record
from benchmarks.torture.writers import killed

SEED = 20_260_101


@pytest.mark.system
@pytest.mark.parametrize("at_once", [1, 2])
def test_no_line_that_was_acknowledged_is_lost_by_a_kill_and_none_is_there_twice(at_once: int) -> None:
    found = killed(200 if at_once == 1 else 100, at_once, SEED)
    assert bad(found) == []
    assert found.lines >= found.acknowledged > found.kills
    assert found.planted > 0


@pytest.mark.browser
def test_a_killed_crawl_leaves_whole_lines_and_nothing_running() -> None:
    found = crawls_killed(20, SEED, limit=4)
    assert bad(found) == []
    assert found.kills == 20
    assert found.browsers >= 6, "of ten that were killed after a first line"
    assert found.lines >= 8, "those of the two crawls that nobody killed"


@pytest.fixture
def judged(tmp_path: Path) -> Judged:
    """A file with three lines of one writer, all acknowledged."""
    judged = Judged(tmp_path / "tiktoks.jsonlines")
    append = appender(judged.path, "LineFile", "w")
    drawn = random.Random(SEED)
    for n in range(3):
        append(record("w", n, drawn))
        judged.acknowledged.add(("w", n))
    judged.look()
    return judged


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_power_cut_tore_is_set_aside_by_the_next_writer(judged: Judged, kind: str) -> None:
    judged.tear(random.Random(SEED))
    append = appender(judged.path, kind, "next")
    append(record("next", 0, random.Random(SEED)))
    judged.acknowledged.add(("next", 0))
    judged.end()
    assert (judged.lost, judged.twice, judged.faults, judged.planted) == (set(), 0, [], 1)
    assert len(judged.seen) == 4


def test_the_judge_sees_a_lost_line_one_that_stands_twice_and_one_that_nobody_wrote(judged: Judged) -> None:
    judged.acknowledged.add(("w", 3))
    written = judged.path.read_bytes().splitlines(keepends=True)
    forged = json.dumps({**json.loads(written[0]), "n": 4, "text": "another"}).encode()
    judged.path.write_bytes(b"".join([*written, written[1], forged, b"\n", b'{"run":"w","n":\n']))
    judged.end()
    assert (judged.lost, judged.twice) == ({("w", 3)}, 1)
    assert sum("is not as anybody wrote it" in fault for fault in judged.faults) == 2
