"""Appending whole lines only: torn tails, killed writers, several at once, a full disk; and reading what is there."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import random
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.project import ROOT
from tiktok_scraper.errors import CouldNotWrite, MixedLines
from tiktok_scraper.lines import Bad, Line, LineFile, check_mixing, encode, read_lines
from tiktok_scraper.lines.__main__ import main


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "made" / "tiktoks.jsonlines"


def append(path: Path, *records: dict[str, object]) -> LineFile:
    with LineFile(path) as file:
        for record in records:
            file.append(record)
    return file


def torn_of(path: Path) -> bytes:
    return path.with_name(path.name + ".torn").read_bytes()


def test_lines_are_appended_in_order_with_their_keys_in_order(path: Path) -> None:
    append(path, {"b": 1, "a": "é \u2028"})
    append(path, {"c": None})
    assert path.read_text(encoding="utf-8") == '{"b":1,"a":"é \u2028"}\n{"c":null}\n'


def test_it_tells_what_it_appended(path: Path) -> None:
    append(path, {"old": 1})
    file = append(path, {"a": 1}, {"a": 2})
    assert (file.start, file.end, file.lines) == (10, 26, 2)
    assert file.digest == hashlib.sha256(path.read_bytes()[10:]).hexdigest()


def test_opening_alone_writes_nothing(path: Path) -> None:
    file = append(path)
    assert path.read_bytes() == b""
    assert (file.start, file.end, file.lines) == (None, None, 0)


def test_a_torn_tail_is_moved_aside_before_anything_follows(path: Path) -> None:
    append(path, {"a": 1})
    path.write_bytes(path.read_bytes() + b'{"a": 2, "b"')
    file = append(path, {"a": 3})
    assert path.read_bytes() == b'{"a":1}\n{"a":3}\n'
    assert torn_of(path) == b'{"a": 2, "b"\n'
    assert file.torn == 1


def test_a_file_of_nothing_but_a_torn_line_is_emptied(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"\0" * 200_000)
    append(path, {"a": 1})
    assert path.read_bytes() == b'{"a":1}\n'
    assert torn_of(path) == b"\0" * 200_000 + b"\n"


def test_a_whole_last_line_only_gets_its_newline(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b'{"a":1}\n{"a":2}')
    assert append(path, {"a": 3}).torn == 0
    assert path.read_bytes() == b'{"a":1}\n{"a":2}\n{"a":3}\n'


def test_a_tail_that_another_writer_tears_meanwhile_is_moved_aside_too(path: Path) -> None:
    with LineFile(path) as file:
        file.append({"a": 1})
        with path.open("ab") as other:
            other.write(b'{"torn')
        file.append({"a": 2})
    assert path.read_bytes() == b'{"a":1}\n{"a":2}\n'
    assert file.torn == 1


def test_a_new_generation_renamed_over_the_file_gets_the_next_line(path: Path) -> None:
    with LineFile(path) as file:
        file.append({"a": 1})
        fresh = path.with_name("fresh")
        fresh.write_bytes(b'{"kept":1}\n')
        fresh.replace(path)
        file.append({"a": 2})
    assert path.read_bytes() == b'{"kept":1}\n{"a":2}\n'


def test_a_file_that_was_removed_is_made_again(path: Path) -> None:
    with LineFile(path) as file:
        file.append({"a": 1})
        path.unlink()
        file.append({"a": 2})
    assert path.read_bytes() == b'{"a":2}\n'


def test_lines_are_synced_now_and_then_and_at_the_end(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced_at = []
    with LineFile(path, sync_lines=3) as file:
        monkeypatch.setattr(os, "fsync", lambda _: synced_at.append(file.lines))
        for number in range(7):
            file.append({"a": number})
    assert synced_at == [3, 6, 7]


@pytest.mark.parametrize("blocked", ["a directory", "a file in the way"])
def test_a_place_that_cannot_be_written_is_an_error_with_its_path(path: Path, blocked: str) -> None:
    if blocked == "a directory":
        path.mkdir(parents=True)
    else:
        path.parent.write_text("in the way")
    with pytest.raises(CouldNotWrite, match=r"tiktoks\.jsonlines can't be opened for appending: "):
        LineFile(path)


@pytest.mark.parametrize("room", [0, 1, 37])
def test_a_full_disk_leaves_no_half_line(path: Path, room: int) -> None:
    append(path, {"a": 1})
    program = f"""
import resource, sys
from pathlib import Path
from tiktok_scraper.errors import CouldNotWrite
from tiktok_scraper.lines import LineFile
path = Path(sys.argv[1])
with LineFile(path) as file:
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + {room}, resource.RLIM_INFINITY))
    try:
        file.append({{"b": "x" * 500}})
    except CouldNotWrite as error:
        print(error)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    file.append({{"c": 1}})
    print(file.lines, file.start, file.end)
"""
    ran = subprocess.run(
        [sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True, cwd=ROOT
    )
    said, told = ran.stdout.splitlines()
    assert "the line at byte 8 could not be written" in said
    assert "ulimit -f" in said
    assert told == "1 8 16"
    assert path.read_bytes() == b'{"a":1}\n{"c":1}\n'
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY


def write_many(path: Path, writer: int, lines: int) -> None:
    with LineFile(path, sync_lines=1000) as file:
        for number in range(lines):
            file.append({"writer": writer, "number": number, "pad": "x" * ((number * 977) % 9000)})


def test_several_writers_at_once_lose_and_mix_nothing(path: Path) -> None:
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else None)
    writers = [context.Process(target=write_many, args=(path, number, 300)) for number in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert [writer.exitcode for writer in writers] == [0, 0, 0, 0]
    found = list(read_lines(path))
    assert not [line for line in found if isinstance(line, Bad)]
    records = [line.record for line in found if isinstance(line, Line)]
    for writer in range(4):
        assert [r["number"] for r in records if r["writer"] == writer] == list(range(300))


WRITER = """
import sys
from pathlib import Path
from tiktok_scraper.lines import LineFile
with LineFile(Path(sys.argv[1]), sync_lines=7) as file:
    for number in range(10**9):
        file.append({"run": sys.argv[2], "number": number, "pad": "x" * (number * 7919 % 60_000)})
        sys.stdout.write(f"{number}\\n")
        sys.stdout.flush()
"""


@pytest.mark.system
def test_after_a_kill_at_any_moment_every_acknowledged_line_is_there(path: Path) -> None:
    chance = random.Random(5)
    acknowledged = {}
    for run in range(12):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path), str(run)], stdout=subprocess.PIPE, text=True, cwd=ROOT
        ) as writer:
            assert writer.stdout is not None
            assert writer.stdout.readline() == "0\n"
            time.sleep(chance.random() * 0.1)
            writer.send_signal(signal.SIGKILL)
            acknowledged[str(run)] = int(([*writer.stdout.read().split("\n")[:-1]] or ["0"])[-1])
    append(path, {"run": "last", "number": 0})
    found = list(read_lines(path))
    assert not [line for line in found if isinstance(line, Bad)]
    written: dict[str, list[int]] = {}
    for line in found:
        assert isinstance(line, Line)
        written.setdefault(line.record["run"], []).append(line.record["number"])
    for run, last in acknowledged.items():
        # One more may have been written before it could be acknowledged.
        assert written[run] == list(range(len(written[run])))
        assert len(written[run]) - 1 in {last, last + 1}


@given(st.dictionaries(st.text(), st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.text()))
def test_a_record_is_one_line_that_json_reads_back(record: dict[str, object]) -> None:
    line = encode(record)
    assert line.endswith(b"\n")
    assert line.count(b"\n") == 1
    assert json.loads(line) == record


def test_what_json_cannot_spell_costs_no_line() -> None:
    line = encode({"lone \ud83d": ["\ud83d", ("a",)], "big": 2**70, "bytes": b"\xff", "none": None, "yes": True})
    assert json.loads(line) == {
        "lone \ufffd": ["\ufffd", ["a"]],
        "big": str(2**70),
        "bytes": "b'\\xff'",
        "none": None,
        "yes": True,
    }


def test_bad_lines_are_told_with_their_place_and_hide_nothing(path: Path) -> None:
    path.parent.mkdir()
    rows = [b'{"a":1}', b'{"a":2{"a":3}', b"", b"[4]", b"\0\0\0", b'{"a":"\xff"}', b'{"a":5}', b'{"a":6']
    path.write_bytes(b"\n".join(rows))
    found = list(read_lines(path))
    offsets = [0, 8, 22, 23, 27, 31, 41, 49]
    assert [line.offset for line in found] == offsets
    assert [line.length for line in found] == [8, 14, 1, 4, 4, 10, 8, 6]
    assert [line.record for line in found if isinstance(line, Line)] == [{"a": 1}, {"a": 5}]
    reasons = [line.reason for line in found if isinstance(line, Bad)]
    assert reasons[1:4] == ["empty", "no object but a list", "holds NUL bytes, as after a power cut"]
    assert reasons[0].startswith("no JSON: ") and reasons[4].startswith("no UTF-8 at its byte ")
    assert reasons[5] == "cut short"
    assert [line.torn for line in found if isinstance(line, Bad)] == [False] * 5 + [True]


def test_reading_may_start_behind_what_is_known(path: Path) -> None:
    append(path, {"a": 1}, {"a": 2})
    assert list(read_lines(path, 8)) == [Line(8, 8, {"a": 2})]


def test_a_line_without_end_is_one_bad_line(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tiktok_scraper.lines.read.LONGEST", 10)
    path.parent.mkdir()
    path.write_bytes(b"x" * 35 + b"\n" + b'{"a":1}\n' + b'{"ab":12}\n' + b"y" * 20)
    assert [(line.offset, line.length) for line in read_lines(path)] == [(0, 36), (36, 8), (44, 10), (54, 20)]
    assert [isinstance(line, Line) for line in read_lines(path)] == [False, True, True, False]


def test_a_file_knows_whether_it_was_the_only_one_to_write(path: Path) -> None:
    with LineFile(path) as one, LineFile(path) as other:
        one.append({"n": 1})
        one.append({"n": 2})
        assert one.alone and not other.alone
        other.append({"n": 3})
        one.append({"n": 4})
        assert other.alone and not one.alone
        assert one.end == path.stat().st_size


REAL, SIMULATED = {"url": "x", "simulated": False}, {"url": "x", "simulated": True}
OF_2022 = {"scraped_at": "2022-08-01T14:00:05", "url": "x"}


@pytest.mark.parametrize(("held", "new"), [(REAL, True), (OF_2022, True), (SIMULATED, False)])
def test_real_and_simulated_lines_are_never_mixed(path: Path, held: dict[str, object], new: bool) -> None:
    append(path, held)
    with pytest.raises(MixedLines, match="set TIKTOK_DATA_DIR to another directory"):
        check_mixing(path, new)
    check_mixing(path, not new)


def test_the_tail_is_looked_at_as_well(path: Path) -> None:
    append(path, *[REAL | {"pad": "x" * 1000}] * 200, SIMULATED)
    with pytest.raises(MixedLines):
        check_mixing(path, False)


@pytest.mark.parametrize("content", [None, b"", b'{"torn', b"\0\0\n"])
def test_a_file_without_a_line_takes_either_kind(path: Path, content: bytes | None) -> None:
    path.parent.mkdir()
    if content is not None:
        path.write_bytes(content)
    check_mixing(path, True)
    check_mixing(path, False)


def test_the_command_checks_and_repairs(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path.parent.mkdir()
    path.write_bytes(b'{"a":1}\nbad\n')
    assert main(["check", str(path)]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == f"{path}: 1 whole lines, 1 bad"
    assert main(["repair", str(path)]) == 0
    assert f"1 lines kept, 0 records salvaged from bad ones, 1 bad moved to {path}.torn" in capsys.readouterr().out
    assert main(["check", str(path)]) == 0


def test_the_command_says_what_is_missing(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(path)]) == 1
    assert str(path) in capsys.readouterr().err


def test_the_command_runs_as_a_module(path: Path) -> None:
    append(path, {"a": 1})
    ran = subprocess.run(
        [sys.executable, "-m", "tiktok_scraper.lines", "check", str(path)],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    assert ran.stdout == f"{path}: 1 whole lines, 0 bad\n"
    assert ran.stderr == ""


def test_a_folder_in_place_of_a_file_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(tmp_path)]) == 1
    said = capsys.readouterr().err
    assert said == f"{tmp_path} is a folder: name a file of it, such as {tmp_path}/tiktoks.jsonlines\n"
