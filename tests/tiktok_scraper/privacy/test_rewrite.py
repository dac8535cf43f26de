"""A file written anew: whole or not at all, under writers that go on, and under kill -9."""

from __future__ import annotations

import hashlib
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.project import ROOT
from tests.tiktok_scraper.privacy.people import a_line, read, write
from tiktok_scraper.lines import generation_of
from tiktok_scraper.privacy.folder import Folder, alone_in
from tiktok_scraper.privacy.generations import next_generation, settle
from tiktok_scraper.privacy.rewrite import rewrite

LINES = "tiktoks.jsonlines"
WRITER = """
import sys, time
from pathlib import Path
from tiktok_scraper.lines import LineFile
with LineFile(Path(sys.argv[1])) as file:
    for n in range(100_000):
        file.append({"scraped_at": "x", "n": n, "goes": n % 3 == 0})
        if n == 200:
            print("writes", flush=True)
        if Path(sys.argv[2]).exists():
            print(n + 1, flush=True)
            break
"""


def test_writers_that_go_on_lose_no_line_and_have_none_twice(tmp_path: Path) -> None:
    path, stop = tmp_path / LINES, tmp_path / "stop"
    words = [sys.executable, "-c", WRITER, str(path), str(stop)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=ROOT) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "writes\n"
        removed = 0
        for _ in range(5):
            before = path.stat().st_size
            removed += rewrite(path, lambda raw: None if b'"goes":true' in raw else raw).removed
            while path.stat().st_size <= before and writer.poll() is None and not stop.exists():
                pass  # until the writer has appended to the new file
            stop.touch() if _ == 3 else None
        written = int(writer.stdout.readline())
    removed += rewrite(path, lambda raw: None if b'"goes":true' in raw else raw).removed
    assert [line["n"] for line in read(path)] == [n for n in range(written) if n % 3]
    assert removed == len(range(0, written, 3))
    assert sorted(p.name for p in tmp_path.iterdir()) == ["stop", LINES]


def killed_after(steps: int, data: Path) -> int:
    """Write a new generation in a process that is killed before the step of that number; its exit status."""
    if child := os.fork():
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    left = [steps]

    def counted(does: Any) -> Any:
        def step(*told: Any, **more: Any) -> Any:
            if not left[0]:
                os.kill(os.getpid(), signal.SIGKILL)
            left[0] -= 1
            return does(*told, **more)

        return step

    try:
        os.fsync, os.write = counted(os.fsync), counted(os.write)
        Path.replace, Path.unlink = counted(Path.replace), counted(Path.unlink)  # type: ignore[method-assign]
        folder = Folder.at(data)
        next_generation(folder, folder.main, without_1, reason="forget", removed=lambda made: made.removed)
        os._exit(0)
    finally:
        os._exit(1)


def without_1(raw: bytes) -> bytes | None:
    return None if b'person.1"' in raw else raw


def test_killed_at_any_moment_one_of_the_two_files_is_whole_and_the_record_is_of_it(tmp_path: Path) -> None:
    old = [a_line(n % 3) for n in range(30)]
    new = [line for line in old if not line["username"].endswith("person.1")]
    met = set()
    for moment in range(40):
        data = tmp_path / str(moment)
        write(data / LINES, old)
        write(data / "runs.jsonlines", [{"event": "start", "run": "1"}])
        status = killed_after(moment, data)
        assert status in {0, -signal.SIGKILL}
        there = read(data / LINES)
        assert there in (old, new)
        with alone_in(data):
            settle(Folder.at(data))
        assert sorted(p.name for p in data.iterdir()) == ["runs.jsonlines", LINES]
        assert read(data / LINES) == there
        told = generation_of(read(data / "runs.jsonlines"))
        assert told.number == (2 if there == new else 1)
        if there == new:
            whole = (data / LINES).read_bytes()
            assert (told.bytes, told.sha256) == (len(whole), hashlib.sha256(whole).hexdigest())
        met.add((status, there == new))
        if status == 0:
            break
    assert met == {(-signal.SIGKILL, False), (-signal.SIGKILL, True), (0, True)}


def test_owner_mode_and_a_link_stay(tmp_path: Path) -> None:
    real = write(tmp_path / "disk" / "real.jsonlines", [a_line(1), a_line(2)])
    real.chmod(0o640)
    link = tmp_path / LINES
    link.symlink_to(real)
    made = rewrite(link, lambda raw: None if b'person.1"' in raw else raw)
    assert (made.lines, made.removed) == (1, 1)
    assert link.is_symlink()
    assert read(real) == [a_line(2)]
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert made.sha256 == hashlib.sha256(real.read_bytes()).hexdigest()
    assert made.bytes == real.stat().st_size


def test_a_file_that_another_replaced_meanwhile_is_begun_with_again(tmp_path: Path) -> None:
    path = write(tmp_path / LINES, [{"n": 1}])
    other = write(tmp_path / "other", [{"n": 2}, {"n": 3}])
    replaced = []

    def judge(raw: bytes) -> bytes:
        if not replaced:
            other.replace(path)
            replaced.append(True)
        return raw

    rewrite(path, judge)
    assert read(path) == [{"n": 2}, {"n": 3}]


def test_what_is_left_of_a_line_too_long_is_no_part_of_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tiktok_scraper.privacy.rewrite.LONGEST", 8)
    path = tmp_path / LINES
    path.write_bytes(b"aaaaaaaabbbb\n{}\n")
    rewrite(path, lambda raw: None if raw == b"bbbb\n" else raw)
    assert path.read_bytes() == b"aaaaaaaa\n{}\n"


def test_only_tiktoks_jsonlines_itself_has_generations(tmp_path: Path) -> None:
    write(tmp_path / LINES, [a_line(1)])
    write(tmp_path / "tiktoks-2025.jsonlines", [a_line(1)])
    folder = Folder.at(tmp_path)
    assert [path.name for path in folder.lines] == ["tiktoks-2025.jsonlines", LINES]
    for path in folder.lines:
        next_generation(folder, path, lambda raw: raw, reason="expire", removed=lambda _: 0)
    (told,) = read(tmp_path / "runs.jsonlines")
    told["at"] = None
    whole = (tmp_path / LINES).read_bytes()
    assert told == {
        "event": "generation",
        "run": None,
        "schema": 2,
        "at": None,
        "generation": 2,
        "reason": "expire",
        "bytes": len(whole),
        "sha256": hashlib.sha256(whole).hexdigest(),
        "lines": 1,
        "removed": 0,
    }


def test_one_command_at_a_time(tmp_path: Path) -> None:
    write(tmp_path / LINES, [a_line(1)])
    words = [sys.executable, "-m", "tiktok_scraper.privacy", "expire", "--older-than", "1d", str(tmp_path)]
    with alone_in(tmp_path):
        ran = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (ran.returncode, "is at work" in ran.stderr) == (1, True)
    assert read(tmp_path / LINES) == [a_line(1)]
