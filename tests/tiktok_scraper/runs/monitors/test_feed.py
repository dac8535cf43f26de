"""What a feed was like, by its lines: held against the replica's own account of the same lines."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from replica.history.feed import feed as by_replica
from replica.history.plan import Plan
from replica.history.write import write
from tiktok_scraper.runs.monitors import Feed, earlier_likes
from tiktok_scraper.runs.monitors import earlier as tail


def told(lines: list[dict[str, Any]], **earlier: int) -> dict[str, Any]:
    feed = Feed(earlier)
    for line in lines:
        feed.add(line)
    return feed.told()


def a_line(**fields: Any) -> dict[str, Any]:
    return {
        "id": "7",
        "username": "https://www.tiktok.com/@a",
        "likes": 100,
        "likes_step": 1,
        "language": "en",
        "scraped_at": "2026-11-22T22:00:00.000+00:00",
        "created_at": "2026-11-22T20:00:00+00:00",
        **fields,
    }


@pytest.mark.parametrize("profile", ["2022", "2025"])
def test_the_replicas_history_tells_the_same(tmp_path: Path, profile: str) -> None:
    write(Plan(now=1_795_000_000, days=0.5, seed=3, profile=profile), tmp_path)
    lines: dict[str, list[dict[str, Any]]] = {}
    for text in (tmp_path / "tiktoks.jsonlines").read_text().splitlines():
        line = json.loads(text)
        lines.setdefault(line["run"], []).append(line)
    ended = [json.loads(text) for text in (tmp_path / "runs.jsonlines").read_text().splitlines()]
    feeds = {record["run"]: record["feed"] for record in ended if record["event"] == "end" and record["feed"]}
    assert len(feeds) > 5
    for run, feed in feeds.items():
        assert told(lines[run]) | {"seen_before": None, "fell": None} == feed == by_replica(lines[run])


def test_a_feed_of_few_lines_tells_no_ages() -> None:
    assert told([]) == {
        "lines": 0,
        "creators": 0,
        "top_creator_share": None,
        "age_h": None,
        "languages": {},
        "seen_before": 0,
        "fell": 0,
    }
    assert told([a_line()] * 3)["age_h"] is None
    assert told([a_line()] * 4)["age_h"] == [2.0, 2.0, 2.0]


def test_a_language_is_a_code_or_is_not_repeated() -> None:
    lines = [a_line(language=text) for text in ("en", "zh-Hans", None, "a caption of somebody", 7, "<b>")]
    assert told(lines)["languages"] == {"en": 1, "none": 1, "other": 3, "zh-Hans": 1}
    many = [a_line(language=f"x{letter}") for letter in "abcdefghijklm" for _ in range(ord(letter) - 96)]
    languages = told(many)["languages"]
    assert len(languages) == 11
    assert (languages["other"], languages["xm"]) == (1 + 2 + 3, 13)


@pytest.mark.parametrize(
    ("likes", "step", "earlier", "fell"),
    [(89, 1, 100, 1), (90, 1, 100, 0), (None, None, 100, None), (10_000, 100, 11_200, 1), (10_050, 100, 11_100, 0)],
)
def test_likes_that_fell_by_more_than_a_tenth_and_the_rounding(
    likes: int | None, step: int | None, earlier: int, fell: int | None
) -> None:
    feed = told([a_line(likes=likes, likes_step=step), a_line(id="8")], **{"7": earlier})
    assert (feed["seen_before"], feed["fell"]) == ((0, 0) if fell is None else (1, fell))


def test_earlier_likes_are_the_fewest_of_the_last_sighting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "tiktoks.jsonlines"
    assert earlier_likes(path) == {}
    lines = [a_line(likes=50), a_line(likes=12_300, likes_step=100), a_line(id="8", likes=None, likes_step=None)]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines) + "{torn\n[1]\n" + '{"likes":5}\n')
    assert earlier_likes(path) == {"7": 12_250, "None": 5}
    monkeypatch.setattr(tail, "TAIL_BYTES", 60)
    assert earlier_likes(path) == {"None": 5}
