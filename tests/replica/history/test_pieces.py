"""A history made by several processes is the same to the byte, and none of it stands there where one of them fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from replica.history import pieces
from replica.history.write import FILES, write
from tests.replica.history.histories import plan


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few runs are worth another process."""
    monkeypatch.setattr(pieces, "WORTH_IT", 8)


@pytest.mark.parametrize("schema", [1, 2])
def test_the_bytes_are_the_same_whatever_the_number_of_processes(schema: int, tmp_path: Path, small: None) -> None:
    told = {"days": 1.5, "limit": 8, "schema": schema}
    counted = [write(plan(**told), tmp_path / str(many), processes=many) for many in (1, 2, 3)]
    assert counted[0] == counted[1] == counted[2]
    for name in FILES:
        if counted[0][name]:
            assert len({(tmp_path / str(many) / name).read_bytes() for many in (1, 2, 3)}) == 1
    assert [sorted(path.name for path in (tmp_path / str(many)).iterdir()) for many in (1, 2)] == [
        sorted(name for name in FILES if counted[0][name])
    ] * 2


def test_where_one_of_them_fails_nothing_is_left(
    tmp_path: Path, small: None, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(pieces, "_leave", broken)
    with pytest.raises(RuntimeError, match="a part of the history ended with 1"):
        write(plan(days=1.5, limit=8), tmp_path, processes=2)
    assert list(tmp_path.iterdir()) == []
    assert "no space left on device" in capfd.readouterr().err


@pytest.mark.parametrize(
    ("runs", "processes", "many"), [(1, 8, 1), (199, 2, 1), (200, 2, 2), (1_000, 4, 4), (450, 8, 4)]
)
def test_pieces_follow_one_another_and_none_is_small(runs: int, processes: int, many: int) -> None:
    found = pieces.cut(runs, processes)
    assert len(found) == many
    assert [number for piece in found for number in piece] == list(range(runs))
    assert many == 1 or min(map(len, found)) >= pieces.WORTH_IT
