"""A stretch of a file is read where the system can do it at once, and where it can't."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from analysis.reading.lines.at import read_at


@pytest.mark.parametrize("pread", [True, False])
def test_the_bytes_asked_for_and_the_file_stays_where_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pread: bool
) -> None:
    if not pread:
        monkeypatch.delattr(os, "pread")
    (tmp_path / "lines").write_bytes(bytes(range(100)))
    with (tmp_path / "lines").open("rb") as file:
        file.seek(7)
        assert read_at(file, 5, 90) == bytes(range(90, 95))
        assert read_at(file, 50, 90) == bytes(range(90, 100))
        assert read_at(file, 5, 100) == b""
        assert read_at(file, 0, 3) == b""
        assert file.read(2) == bytes([7, 8])


def test_a_call_that_gives_less_than_asked_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = os.pread
    monkeypatch.setattr(os, "pread", lambda fd, length, at: whole(fd, min(length, 3), at))
    (tmp_path / "lines").write_bytes(bytes(range(100)))
    with (tmp_path / "lines").open("rb") as file:
        assert read_at(file, 50, 90) == bytes(range(90, 100))
