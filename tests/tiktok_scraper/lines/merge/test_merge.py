"""Merging: every record once, in the order of time, from whatever files; bad lines aside; whole or not at all."""

from __future__ import annotations

import bz2
import gzip
import hashlib
import json
import lzma
import os
import tempfile
from collections import Counter
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.reading.runs import read_runs
from tests.tiktok_scraper.lines.spool.faults import small_disk
from tiktok_scraper.errors import BadSetting, MixedLines
from tiktok_scraper.lines.__main__ import main
from tiktok_scraper.lines.merge import merge, one_file
from tiktok_scraper.runs.calendar import calendar
from tiktok_scraper.runs.table import table

BEGAN = datetime(2026, 11, 22, tzinfo=UTC)


def a_line(minute: int, **told: Any) -> dict[str, Any]:
    at = (BEGAN + timedelta(minutes=minute)).isoformat(timespec="milliseconds")
    return {"scraped_at": at, "url": "u", "simulated": True, **told}


def put(path: Path, *records: dict[str, Any] | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = (one if isinstance(one, bytes) else json.dumps(one, separators=(",", ":")).encode() for one in records)
    path.write_bytes(b"".join(line + b"\n" for line in lines))
    return path


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_bytes().splitlines()]


# Times in several spellings of several zones, none, and repeats; what is equal here is equal in Python.
MOMENTS = st.builds(
    lambda minute, hours, z: (
        (BEGAN + timedelta(minutes=minute))
        .astimezone(timezone(timedelta(hours=hours)))
        .isoformat()
        .replace("+00:00", z)
    ),
    st.integers(0, 40),
    st.integers(-3, 3),
    st.sampled_from(["Z", "+00:00"]),
)
RECORDS = st.lists(
    st.fixed_dictionaries(
        {"url": st.sampled_from("ab"), "likes": st.none() | st.integers(0, 3)},
        optional={
            "scraped_at": MOMENTS | st.just("no time"),
            "run": st.sampled_from("rs"),
            "position": st.integers(1, 3),
        },
    ),
    max_size=30,
)


def moment(record: dict[str, Any]) -> datetime:
    try:
        return datetime.fromisoformat(record["scraped_at"])
    except (KeyError, ValueError):
        return datetime.min.replace(tzinfo=UTC)


@settings(max_examples=60, deadline=None)
@given(RECORDS, st.lists(st.integers(0, 2), min_size=30, max_size=30), st.booleans())
def test_any_lines_split_in_any_way_are_there_once_in_the_order_of_time(
    records: list[dict[str, Any]], parts: list[int], little_room: bool
) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        if little_room:  # two lines of each: most orders need to be sorted outside
            patch.setattr(one_file, "_LEAST_ROOM", 1000)
            patch.setattr(one_file, "ROOM", 1000)
        home = Path(folder)
        split = [[one for one, part in zip(records, parts, strict=False) if part == which] for which in range(3)]
        files = [put(home / str(number) / "tiktoks.jsonlines", *part) for number, part in enumerate(split)]
        merge([path.parent for path in files], home / "out")
        merged = read(home / "out" / "tiktoks.jsonlines")
        assert Counter(map(_spelled, merged)) == Counter({_spelled(one): 1 for one in records})
        assert [moment(one) for one in merged] == sorted(moment(one) for one in merged)
        # Named the other way round, or merged with itself, it is the same to the byte.
        merge([path.parent for path in reversed(files)], home / "reversed")
        merge([home / "out", home / "out"], home / "again")
        bytes_ = {(home / name / "tiktoks.jsonlines").read_bytes() for name in ("out", "reversed", "again")}
        assert len(bytes_) == 1


def _spelled(record: dict[str, Any]) -> str:
    return json.dumps(record, sort_keys=True)


def test_the_same_record_is_known_however_it_is_spelled_and_another_is_not(tmp_path: Path) -> None:
    same = (
        b'{"scraped_at":"2026-11-22T00:00:00Z","a":"\\u00e9","n":1}',
        '{"n": 1, "a":"é", "scraped_at":"2026-11-22T00:00:00Z"}'.encode(),
    )
    other = tuple(
        b'{"scraped_at":"2026-11-22T00:00:00Z","a":"x","n":' + number + b"}"
        for number in (
            b"NaN",
            b"null",
            b"18446744073709551617",
            b"18446744073709551618",
            b"0.1",
            b"0.10000000000000001",
        )
    )
    merged = merge([put(tmp_path / "a.jsonlines", *same), put(tmp_path / "b.jsonlines", *other)], tmp_path / "out")
    assert (merged[0].lines, merged[0].repeats) == (7, 1)


def test_lines_of_one_moment_stand_in_the_order_in_which_they_were_shown(tmp_path: Path) -> None:
    shown = [a_line(0, run="r", session=1, position=position) for position in (1, 2, 10)]
    out = tmp_path / "out.jsonlines"
    merge([put(tmp_path / "a.jsonlines", shown[2], shown[0]), put(tmp_path / "b.jsonlines", shown[1])], out)
    assert read(out) == shown


def test_local_times_of_2022_are_placed_in_their_zone_and_the_hour_that_comes_twice_keeps_its_order(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    local = [
        {"scraped_at": f"2022-10-30T{time}", "url": time} for time in ("02:10:00", "02:50:00", "02:05:00", "03:00:00")
    ]
    between = {"scraped_at": "2022-10-30T00:30:00+00:00", "url": "between"}
    first, second = put(tmp_path / "a.jsonlines", *local), put(tmp_path / "b.jsonlines", between)
    assert main(["merge", str(first), str(second), "-o", str(tmp_path / "o.jsonlines"), "--zone", "Europe/Berlin"]) == 0
    # 02:10 in summer is 00:10 UTC.
    assert [one["url"] for one in read(tmp_path / "o.jsonlines")] == [
        "02:10:00",
        "between",
        "02:50:00",
        "02:05:00",
        "03:00:00",
    ]
    assert main(["merge", str(first), "-o", str(tmp_path / "p.jsonlines"), "--zone", "Berlin"]) == 1
    assert "IANA" in capsys.readouterr().err


@pytest.mark.parametrize("suffix", [".gz", ".xz", ".bz2", ".zst"])
def test_compressed_files_are_read_and_a_damaged_one_ends_it(
    tmp_path: Path, suffix: str, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [a_line(minute, pad=os.urandom(300).hex()) for minute in range(200)]
    plain = put(tmp_path / "data" / "plain", *lines).read_bytes()
    packed = {
        ".gz": gzip.compress,
        ".xz": lzma.compress,
        ".bz2": bz2.compress,
        ".zst": lambda data: pa.Codec("zstd").compress(data, asbytes=True),
    }[suffix](plain)
    path = tmp_path / "data" / f"tiktoks-2026.jsonlines{suffix}"
    path.write_bytes(packed)
    merge([tmp_path / "data"], tmp_path / "out")
    assert (tmp_path / "out" / "tiktoks.jsonlines").read_bytes() == plain
    path.write_bytes(packed[: len(packed) // 2])
    assert main(["merge", str(tmp_path / "data"), "-o", str(tmp_path / "damaged")]) == 1
    assert f"{path} is damaged" in capsys.readouterr().err
    assert sorted(found.name for found in tmp_path.iterdir()) == ["data", "out"]


def test_bad_lines_go_beside_the_file_are_counted_and_make_exit_code_1(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(one_file, "LONGEST", 4096)
    whole = [json.dumps(a_line(minute)).encode() for minute in range(4)]
    path = put(
        tmp_path / "a.jsonlines", whole[1], b"no json", whole[0] + whole[3], b"x" * 10_000, b"\xef\xbb\xbf" + whole[2]
    )
    path.write_bytes(path.read_bytes() + b'{"scraped_at":"2026')
    assert main(["merge", str(path), str(path), "-o", str(tmp_path / "out.jsonlines")]) == 1
    assert (tmp_path / "out.jsonlines").read_bytes().splitlines() == whole
    torn = b"no json\n" + b"x" * 10_000 + b'\n{"scraped_at":"2026\n'
    assert (tmp_path / "out.jsonlines.torn").read_bytes() in {torn + torn, torn}
    assert "4 lines of 2 files, 4 repeats left out, 8 bad in out.jsonlines.torn" in capsys.readouterr().out


def test_a_folder_is_merged_with_its_runs_what_was_rejected_and_what_waits(tmp_path: Path) -> None:
    start = {"event": "start", "run": "r", "at": "2026-11-22T00:00:00+00:00"}
    end = {
        "event": "end",
        "run": "r",
        "at": "2026-11-22T00:10:00+00:00",
        "verdict": "fit",
        "seen": 2,
        "simulated": True,
    }
    put(tmp_path / "a" / "tiktoks.jsonlines", a_line(0))
    put(tmp_path / "a" / "runs.jsonlines", start)
    put(tmp_path / "b" / "tiktoks-2025.jsonlines", a_line(-5))
    put(tmp_path / "b" / "runs.jsonlines", end)
    put(
        tmp_path / "b" / "rejected.jsonlines",
        {"run": "r", "at": "2026-11-22T00:05:00+00:00", "reason": "x", "item": {}},
    )
    put(tmp_path / "b" / "spool" / "r.jsonlines", a_line(3))
    (tmp_path / "out").mkdir()
    merge([tmp_path / "a", tmp_path / "b"], tmp_path / "out")
    assert read(tmp_path / "out" / "tiktoks.jsonlines") == [a_line(-5), a_line(0), a_line(3)]
    assert len(read(tmp_path / "out" / "rejected.jsonlines")) == 1
    *runs, told = read(tmp_path / "out" / "runs.jsonlines")
    assert runs == [start, end] and (told["event"], told["run"]) == ("merged", None)
    lines = next(one for one in told["merged"] if one["file"] == "tiktoks.jsonlines")
    digest = hashlib.sha256((tmp_path / "out" / "tiktoks.jsonlines").read_bytes()).hexdigest()
    assert (lines["lines"], lines["repeats"], lines["bad"], lines["sha256"]) == (3, 0, 0, digest)
    assert [one["lines"] for one in lines["from"]] == [1, 1, 1]
    # Nobody takes that line for a run.
    assert table([start, end, told]) == table([start, end])
    assert calendar([start, end, told], BEGAN) == calendar([start, end], BEGAN)
    recorded = read_runs(tmp_path / "out" / "runs.jsonlines")
    assert recorded.bad == () and list(recorded.runs["run"]) == ["r"]


def test_simulated_and_real_lines_are_never_merged(tmp_path: Path) -> None:
    put(tmp_path / "a" / "tiktoks.jsonlines", a_line(0))
    put(tmp_path / "b" / "tiktoks.jsonlines", a_line(0, simulated=False))
    with pytest.raises(MixedLines, match=r"a/tiktoks\.jsonlines holds simulated lines and .*b/tiktoks\.jsonlines real"):
        merge([tmp_path / "a", tmp_path / "b"], tmp_path / "out")
    assert sorted(found.name for found in tmp_path.iterdir()) == ["a", "b"]


def test_a_full_disk_leaves_nothing_of_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    a = put(tmp_path / "a" / "tiktoks.jsonlines", *(a_line(minute, pad="x" * 500) for minute in range(200))).parent
    with small_disk(tmp_path / "disk", "64k") as disk:
        assert main(["merge", str(a), "-o", str(disk / "out")]) == 1
        assert "no space left on its disk" in capsys.readouterr().err
        assert list(disk.iterdir()) == []


@pytest.mark.parametrize("what", ["full", "a file", "a link", "an input"])
def test_nothing_is_written_over(tmp_path: Path, what: str) -> None:
    a = put(tmp_path / "a" / "tiktoks.jsonlines", a_line(0)).parent
    out = tmp_path / "out"
    if what == "full":
        put(out / "x", b"")
    elif what == "a file":
        out.touch()
    elif what == "a link":
        out.symlink_to("nowhere")
    else:
        out = a
    with pytest.raises(BadSetting, match="is there already"):
        merge([a], out)
    assert not [found for found in tmp_path.iterdir() if "merging" in found.name]


@pytest.mark.parametrize(
    ("names", "says"),
    [
        (["none"], "there is no"),
        (["a", "a/tiktoks.jsonlines"], "folders alone or files alone"),
        (["a/tiktoks.jsonlines", "a/runs.jsonlines"], "different things"),
        (["empty"], "holds no tiktoks.jsonlines"),
    ],
)
def test_what_can_not_be_merged_is_told(
    tmp_path: Path, names: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    put(tmp_path / "a" / "tiktoks.jsonlines", a_line(0))
    put(tmp_path / "a" / "runs.jsonlines", {"event": "start"})
    (tmp_path / "empty").mkdir()
    assert main(["merge", *(str(tmp_path / name) for name in names), "-o", str(tmp_path / "out")]) == 1
    assert says in capsys.readouterr().err and not (tmp_path / "out").exists()
