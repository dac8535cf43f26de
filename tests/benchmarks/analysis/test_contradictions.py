"""How often gains are contradicted: lines by hand whose answer is known, and what the bench prints and returns."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from benchmarks.analysis import contradictions
from benchmarks.analysis.contradictions import Contradicted, ends, is_contradicted
from tests.analysis.lines_of import line, written

START = datetime(2025, 1, 27, tzinfo=UTC)


def course(*seen: tuple[int, int]) -> list[contradictions.Seen]:
    return [(START + timedelta(hours=hour), low, high) for hour, (low, high) in enumerate(seen)]


@pytest.mark.parametrize(
    ("later", "contradicted"),
    [((1400, 1400), True), ((1499, 1499), True), ((1500, 1500), False), ((1450, 1549), False)],
)
def test_a_gain_is_contradicted_where_later_less_can_have_been_gained(
    later: tuple[int, int], contradicted: bool
) -> None:
    gain = ("7", START, START + timedelta(hours=1), 500)
    assert is_contradicted(gain, course((1000, 1000), (1500, 1500), later)) is contradicted
    assert not is_contradicted(gain, course((1000, 1000), (1500, 1500)))


def test_ends_are_the_sites_own() -> None:
    assert ends(9_999, 1) == (9_999, 9_999)
    assert ends(10_000, 100) == (10_000, 10_049)
    assert ends(12_300, 100) == (12_250, 12_349)
    assert ends(1_000_000, 100_000) == (999_950, 1_049_999)


def test_what_is_shown_is_contradicted_and_what_is_guaranteed_is_not(tmp_path: Path) -> None:
    counts = {"views": 9_000_000, "views_step": 100_000, "shares": 5, "shares_step": 1, "saves": 5, "saves_step": 1}
    likes = {0: (1000, 900_000, 1001), 1: (500_000, 0, 500_100), 2: (10, 20, 30)}
    lines = [
        line(number, run=f"r{hour}", hours=hour, **{**counts, "likes": n, "likes_step": 1})
        for number, told in likes.items()
        for hour, n in enumerate(told)
    ]
    failed = line(3, run="r2", hours=2, **{**counts, "likes": 0, "likes_step": 1, "views": 0, "views_step": 1})
    whole = line(3, run="r3", hours=3, **{**counts, "likes": 80_000, "likes_step": 1})
    found = {
        (row.count, row.how): (row.gains, row.contradicted)
        for row in contradictions.contradictions(written(tmp_path, *lines, failed, whole))
    }
    # As shown: 3 + 1 of the spike, 2 of the dip, 3, and 1 of the failed one; the spike's first is taken back.
    assert found["likes", "as shown"] == (2 + 2 + 3 + 1, 1)
    assert found["likes", "guaranteed"] == (1 + 1 + 3, 0)


def test_the_table_and_the_exit_code_say_whether_it_held(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for contradicted, code in ((4, 0), (5, 1)):
        rows = [Contradicted("likes", "guaranteed", 1000, contradicted)]
        monkeypatch.setattr(contradictions, "contradictions", lambda _, rows=rows: iter(rows))
        assert contradictions.main([str(tmp_path)]) == code
        assert f"{contradicted / 1000:.3%}" in capsys.readouterr().out


def test_without_a_history_nothing_is_claimed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contradictions, "unpacked", lambda _: None)
    assert contradictions.main([]) == 0
    assert "no real history" in capsys.readouterr().out
