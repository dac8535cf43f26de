"""Spooled lines are appended exactly once: killed at any call, by two at once, beside bad lines, never mixed."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.project import ROOT
from tests.tiktok_scraper.lines.spool.faults import KILLED, RUN, run
from tiktok_scraper.lines import LineFile
from tiktok_scraper.lines.spool import absorb, sentence, waiting
from tiktok_scraper.lines.spool.keep import append_to
from tiktok_scraper.lines.spool.places import name_of, places

OTHER = "20261122T230700Z-0001"


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder; temporary files lie in a folder of the test's own."""
    (tmp_path / "tmp").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    (tmp_path / "data").mkdir()
    return tmp_path / "data"


def line(number: int, *, simulated: bool = True, run: str = RUN) -> bytes:
    told = {"scraped_at": "x", "url": "u", "number": number, "run": run, "simulated": simulated}
    return json.dumps(told, separators=(",", ":")).encode() + b"\n"


def spool(data: Path, *lines: bytes, run: str = RUN, file: str = "tiktoks.jsonlines", private: bool = False) -> Path:
    """Put lines into a run's spool."""
    place = places(data)[private]
    for one in lines:
        append_to(place, name_of(run, file), one)
    return place.path / name_of(run, file)


def numbers(data: Path) -> list[int]:
    return [json.loads(raw)["number"] for raw in (data / "tiktoks.jsonlines").read_bytes().splitlines()]


def test_spools_of_both_places_go_to_their_files_and_nothing_is_left(data: Path, tmp_path: Path) -> None:
    (data / "tiktoks.jsonlines").write_bytes(line(0))
    spool(data, line(1), line(2))
    spool(data, line(3), private=True)
    end = b'{"event":"end","run":"r","at":"2026-11-22T22:07:00+00:00"}\n'
    spool(data, end, file="runs.jsonlines")
    assert sentence(data).startswith("not yet in their file: 2 lines of tiktoks.jsonlines in ")
    told = {(one.file, one.lines, one.bad, one.stays) for one in absorb(data)}
    assert told == {
        ("tiktoks.jsonlines", 2, 0, None),
        ("tiktoks.jsonlines", 1, 0, None),
        ("runs.jsonlines", 1, 0, None),
    }
    assert numbers(data) == [0, 1, 2, 3] and (data / "runs.jsonlines").read_bytes() == end
    assert sorted(path.name for path in data.iterdir()) == ["runs.jsonlines", "tiktoks.jsonlines"]
    assert list((tmp_path / "tmp").iterdir()) == [] and (waiting(data), sentence(data)) == ([], "")


@pytest.mark.system
@pytest.mark.parametrize("torn", [b"", b'{"scraped_at":"x","num'], ids=["whole", "with a torn line"])
def test_killed_at_any_call_each_line_is_there_once(data: Path, tmp_path: Path, torn: bytes) -> None:
    calls, killed = 1, 0
    while True:
        (data / "tiktoks.jsonlines").write_bytes(line(0))
        (data / "tiktoks.jsonlines.torn").unlink(missing_ok=True)
        path = spool(data, line(1), line(2), line(3))
        with path.open("ab") as file:
            file.write(torn)
        done = run(KILLED, data, calls, temporary=tmp_path / "tmp")
        assert done.returncode in {0, -signal.SIGKILL}, done.stderr
        killed += done.returncode != 0
        absorb(data)  # what the next run does
        assert numbers(data) == [0, 1, 2, 3], f"killed at call {calls}"
        aside = (data / "tiktoks.jsonlines.torn").read_bytes() if (data / "tiktoks.jsonlines.torn").exists() else b""
        assert (torn + b"\n" in aside) if torn else all(piece in line(1) + line(2) + line(3) for piece in [aside[:-1]])
        assert not (data / "spool").exists()
        if not done.returncode:
            break
        calls += 1
    # Three lines written, the file and two folders brought to the disk, the spool removed.
    assert killed == calls - 1 == int(done.stdout) and killed >= 6


@pytest.mark.system
def test_several_at_once_append_each_line_once(data: Path, tmp_path: Path) -> None:
    for number in range(40):
        spool(data, line(number, run=f"run-{number}"), run=f"run-{number}")
    program = (
        "import sys; from pathlib import Path; from tiktok_scraper.lines.spool import absorb; absorb(Path(sys.argv[1]))"
    )
    words = [sys.executable, "-c", program, str(data)]
    runs = [subprocess.Popen(words, cwd=ROOT, env={**os.environ, "TMPDIR": str(tmp_path / "tmp")}) for _ in range(3)]
    with LineFile(data / "tiktoks.jsonlines") as writer:
        for number in range(40, 60):
            writer.append({"number": number, "simulated": True})
    assert [run.wait(60) for run in runs] == [0, 0, 0]
    absorb(data)
    assert sorted(numbers(data)) == list(range(60)) and not (data / "spool").exists()


def test_lines_appended_by_hand_are_not_appended_again(data: Path) -> None:
    path = spool(data, line(1), line(2), line(2))
    (data / "tiktoks.jsonlines").write_bytes(path.read_bytes().removesuffix(line(2)))
    absorb(data)
    assert numbers(data) == [1, 2, 2]


def test_real_and_simulated_lines_are_not_mixed_and_the_spool_stays(data: Path) -> None:
    (data / "tiktoks.jsonlines").write_bytes(line(0))
    real = spool(data, line(1, simulated=False))
    both = spool(data, line(2), line(3, simulated=False), run=OTHER)
    first, second = absorb(data)
    assert first.stays is not None and "holds simulated lines" in first.stays
    assert second.stays is not None
    assert numbers(data) == [0] and real.exists() and both.exists()
    assert len(waiting(data)) == 2


def test_bad_lines_go_aside_and_whole_records_on_them_do_not(data: Path) -> None:
    spool(data, line(1)[:-1] + line(2)[:-1] + b"\n", b"no json\n", line(3), b'{"scraped_at":"y"')
    (told,) = absorb(data)
    assert (told.lines, told.bad) == (3, 2) and numbers(data) == [1, 2, 3]
    assert (data / "tiktoks.jsonlines.torn").read_bytes() == b'no json\n{"scraped_at":"y"\n'


@pytest.mark.parametrize("what", ["gzip", "a link", "a pipe", "another name"])
def test_what_is_no_spool_stays_and_is_told(data: Path, tmp_path: Path, what: str) -> None:
    path = data / "spool" / ("notes.txt" if what == "another name" else f"{RUN}.jsonlines")
    path.parent.mkdir()
    if what == "a link":
        (tmp_path / "elsewhere").write_bytes(line(1))
        path.symlink_to(tmp_path / "elsewhere")
    elif what == "a pipe":
        os.mkfifo(path)
    else:
        path.write_bytes(gzip.compress(line(1)))
    (told,) = absorb(data)
    assert told.stays and told.path == path
    assert os.path.lexists(path) and str(path) in sentence(data)
    assert not (data / "tiktoks.jsonlines").exists()
