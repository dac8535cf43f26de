"""python -m replica history: its files, its runs, and what goes wrong in them."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from replica import demo
from replica.__main__ import main
from replica.feed.world_feed import WorldSource
from replica.history import write as write_module
from replica.history.hours import Hour
from replica.history.plan import Plan
from replica.history.visit import visit
from replica.history.write import FILES, write
from replica.items.addresses import Media
from replica.options import Options
from replica.serving.server import Replica
from replica.world.world import World
from tests.replica.asking import Client
from tests.replica.history.histories import NOW, history, plan, read
from tiktok_scraper.runs import record as crawler_runs
from tiktok_scraper.runs.table import table

SMALL = {"days": 0.4, "limit": 12}


def moment(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()


def test_the_same_plan_gives_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    for name, seed in (("one", 1), ("two", 1), ("other", 2)):
        write(plan(seed=seed, **SMALL), tmp_path / name)
    for name in FILES:
        same = {(tmp_path / folder / name).read_bytes() for folder in ("one", "two")}
        assert len(same) == 1
        assert (tmp_path / "other" / name).read_bytes() not in same


def test_files_that_are_there_are_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "runs.jsonlines").write_text("{}\n")
    with pytest.raises(FileExistsError, match="is there already"):
        write(plan(**SMALL), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["runs.jsonlines"]


def test_the_command_writes_and_says_where(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    into = str(tmp_path / "data")
    told = ["history", "--days", "0.2", "--limit", "5", "--now", "2026-09-01T12:20:00+00:00", "-o", into]
    assert main(told) == 0
    assert f"{into}/tiktoks.jsonlines: " in capsys.readouterr().out
    assert main(told) == 1
    assert "never written over" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("told", "why"),
    [
        (["--days", "0"], "--days must be above 0"),
        (["--days", "0.0001"], "hold no full hour"),
        (["--days", "121"], "at most 120"),
        (["--limit", "0"], "--limit must be 1 or more"),
        (["--zone", "Nowhere"], "--zone must be a zone"),
        (["--now", "2026-09-01T12:20:00"], "--now needs an offset"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line(
    told: list[str], why: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["history", *told, "-o", str(tmp_path / "data")]) == 1
    assert why in capsys.readouterr().err
    assert not (tmp_path / "data").exists()


def test_fifteen_days_miss_hours_and_have_runs_killed_failed_and_ended_early() -> None:
    missed = []
    for seed in range(1, 6):
        hours = Plan(now=NOW, seed=seed, visits="hourly").hours()
        starts = [hour.at for hour in hours]
        assert starts == sorted(set(starts))
        assert all(NOW - 15 * 86_400 - 3_600 < at < NOW and at % 3_600 == 0 for at in starts)
        missed.append(1 - len(hours) / 360)
        assert any(hour.killed for hour in hours)
        assert len({hour.reason for hour in hours}) > 4
        assert {hour.era for hour in hours} == {"a", "b"}
        assert {hour.author_stats for hour in hours} == {"mixed", "full"}
        assert 20_000 < sum(hour.most for hour in hours) < 32_000
    assert 0.03 < sum(missed) / len(missed) < 0.25
    assert len(set(missed)) > 1


def test_no_run_reaches_beyond_now() -> None:
    for profile in ("2022", "2025"):
        lines, runs, _ = history(profile)
        assert max(moment(line["at"]) for line in runs) < NOW
        assert max(moment(line["shown_at"]) for line in lines) < NOW


@pytest.mark.parametrize("profile", ["2022", "2025"])
def test_runs_tell_of_the_lines_that_they_appended(profile: str, tmp_path: Path) -> None:
    write(plan(profile, days=1.5, limit=30), tmp_path)
    lines, runs = read(tmp_path / FILES[0]), read(tmp_path / FILES[1])
    written = (tmp_path / FILES[0]).read_bytes()
    by_run: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in lines:
        by_run[line["run"]].append(line)
    ends = {run["run"]: run for run in runs if run["event"] == "end"}
    started = [run["run"] for run in runs if run["event"] == "start"]
    assert set(by_run) <= set(started)
    assert started == sorted(started)
    assert all(run["simulated"] for run in runs)
    for name, end in ends.items():
        own = by_run[name]
        assert end["written"] == len(own)
        assert end["ads"] == sum(line["ad"] for line in own)
        assert end["verdict"] == ("fit" if len(own) >= 27 else "unfit")
        assert end["null"] == dict(
            sorted(Counter(n for line in own for n in list(line)[:11] if line[n] is None).items())
        )
        if own:
            appended = written[end["bytes_from"] : end["bytes_to"]]
            assert hashlib.sha256(appended).hexdigest() == end["sha256"]
            assert [json.loads(line) for line in appended.splitlines()] == own
            assert max(line["position"] for line in own) >= len(own)


def test_a_killed_run_has_lines_and_no_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    well = Hour(int(NOW) // 3_600 * 3_600 - 7_200, 1, 9, "limit", False, "b", "mixed", True)
    killed = replace(well, at=well.at + 3_600, number=2, most=4, killed=True)
    monkeypatch.setattr("replica.history.plan.hours", lambda *_, **__: [well, killed])
    write(plan(limit=9), tmp_path)
    lines, runs = read(tmp_path / FILES[0]), read(tmp_path / FILES[1])
    assert [run["event"] for run in runs] == ["start", "end", "start"]
    assert Counter(line["run"] for line in lines) == {runs[0]["run"]: 9, runs[2]["run"]: 4}


def test_a_run_that_takes_too_long_ends_by_its_deadline() -> None:
    world = World(1, NOW, "2022")
    hour = Hour(int(NOW) // 3_600 * 3_600 - 7_200, 1, 100, "limit", False, "b", "mixed", True)
    source = WorldSource(world, Options(profile="2022"), Media(""))
    seen = visit(source, hour, pace=40.0)
    assert (seen.reason, 50 < len(seen.shown) < 100) == ("deadline", True)
    assert 3_000 < seen.ended_at - seen.started_at < 3_070
    seen = visit(source, replace(hour, most=3_000), pace=0.0)
    assert (seen.reason, 1_000 < len(seen.shown) < 2_000) == ("feed-ended", True)
    assert len({shown.tiktok.id for shown in seen.shown}) == len(seen.shown)


def test_run_records_have_the_crawlers_names_in_its_order() -> None:
    _, runs, _ = history()
    end = next(run for run in runs if run["event"] == "end")
    names = [name for name in crawler_runs.outcome({}) if name != "simulated"]
    assert [name for name in end if name in names] == names
    assert table(runs).count("(simulated)") == len({run["run"] for run in runs})


def test_each_tiktok_comes_once_in_a_run_and_often_in_a_history() -> None:
    lines = history("2022")[0]
    assert len({(line["run"], line["id"]) for line in lines}) == len(lines)
    times = Counter(line["id"] for line in lines)
    assert len(lines) / len(times) > 2


def test_rounded_and_exact_sightings_mix_in_one_series() -> None:
    steps: dict[str, set[int]] = defaultdict(set)
    for line in history("2022")[0]:
        if line["likes"] and line["likes"] > 20_000:
            steps[line["id"]].add(line["likes_step"])
    assert any(1 in told and len(told) > 1 for told in steps.values())


def test_some_creators_are_not_answered_and_never_zero_for_that() -> None:
    lines = history("2022")[0]
    untold = [line for line in lines if line["user_source"] is None]
    assert 0 < len(untold) < 0.2 * len(lines)
    for line in untold:
        assert line["user_followers"] is line["user_likes"] is line["user_videos"] is line["user_scraped_at"] is None


def test_totals_wrap_as_the_replies_of_a_visit_make_them() -> None:
    repaired = [line for line in history("2022")[0] if line["user_likes_repair"]]
    assert repaired
    for line in repaired:
        assert line["user_likes"] == int(line["user_likes_shown"]) + 2**32
        assert (line["user_likes_repair"], line["user_likes_wraps"], line["user_likes_step"]) == ("minimum", 1, 1)


def test_the_feed_prefers_the_popular() -> None:
    world = World(1, NOW, "2025")
    seen = {world.index_of[line["id"]] for line in history("2025")[0]}
    served = set(world.pool.active(NOW - 3_600).tolist())
    favour = world.pool.popularity
    assert favour[sorted(seen & served)].mean() > 2 * favour[sorted(served - seen)].mean()


def test_serving_goes_on_where_the_history_ends() -> None:
    """The same world by its origin, whatever the clock says; a TikTok of the history has grown."""
    later = datetime.fromtimestamp(NOW + 7_200).astimezone()
    origin = datetime.fromtimestamp(NOW).astimezone()
    with Replica(Options(profile="2022", now=later, origin=origin, latency_ms=0)) as site:
        Client(site).cards(120)
        served = site.truth()
    last = {line["id"]: line for line in history("2022")[0]}
    world = World(1, NOW, "2022")
    again = [line for line in served if line["id"] in last]
    assert len(again) > len(served) / 2
    for line in again:
        tiktok = world.tiktok(world.index_of[line["id"]])
        assert world.counts(tiktok, moment(line["sent_at"])).likes == pytest.approx(line["likes"], abs=30, rel=1e-4)


def test_months_later_the_world_still_fills_a_visit() -> None:
    for profile in ("2022", "2025"):
        world = World(1, NOW, profile)
        source = WorldSource(world, Options(profile=profile), Media(""))
        for days in (1, 40, 400):
            at = NOW + days * 86_400
            cards = source.visit(1, at).take(150, at)
            assert len({card.truth["id"] for card in cards if card.truth}) >= 100


def test_the_demo_writes_a_history_once_and_goes_on_from_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[Plan] = []
    short: list[Plan] = []

    def written(told: Plan, folder: Path, **_: int) -> dict[str, int]:
        asked.append(told)
        short.append(Plan(now=told.now, days=0.2, limit=5))
        return write(short[-1], folder)

    monkeypatch.setattr(demo.history, "write", written)
    first, second = (demo.world_of(tmp_path / "demo", "b") for _ in range(2))
    assert first == second
    assert len(short) == 1
    assert (asked[0].days, asked[0].followers_from) == (60, "likes")  # what the event study needs, docs/measures.md
    assert (first.profile, first.seed, first.now) == ("2022", 1, None)
    assert first.origin is not None
    assert first.origin.timestamp() == short[0].now


def test_the_demo_leaves_lines_without_a_history_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / FILES[0]).write_text("{}\n")
    assert demo.world_of(tmp_path, "c") == Options(era="c")
    assert "no history of them" in capsys.readouterr().out
    assert [path.name for path in tmp_path.iterdir()] == [FILES[0]]


def test_the_demo_says_in_a_line_that_there_is_no_report_yet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(demo, "ROOT", tmp_path)
    assert demo.report(tmp_path) == 0
    assert capsys.readouterr().out == "No report: this checkout has no analysis/__main__.py yet\n"
    (tmp_path / "analysis").mkdir()
    (tmp_path / "analysis" / "__main__.py").write_text("import sys; sys.exit(0 if sys.argv[1] == 'report' else 3)")
    assert demo.report(tmp_path) == 0
    assert f"The report is file://{tmp_path}/report.html" in capsys.readouterr().out


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_came_meanwhile_is_not_written_over(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A crawl may have begun to write there while the history was made."""
    made = write_module._write

    def slowly(planned: Plan, parts: Mapping[str, Path], folder: Path, processes: int) -> dict[str, int]:
        counted = made(planned, parts, folder, processes)
        (tmp_path / name).write_bytes(b"of somebody else\n")
        return counted

    monkeypatch.setattr(write_module, "_write", slowly)
    with pytest.raises(FileExistsError, match=rf"{name} came meanwhile: lines are never written over"):
        write(plan(**SMALL), tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {name: b"of somebody else\n"}


def test_a_link_to_nowhere_is_a_file_that_is_there(tmp_path: Path) -> None:
    (tmp_path / "tiktoks.jsonlines").symlink_to(tmp_path / "unmounted")
    with pytest.raises(FileExistsError, match="is there already"):
        write(plan(**SMALL), tmp_path)
    assert (tmp_path / "tiktoks.jsonlines").is_symlink()


def test_files_of_others_beside_it_stay(tmp_path: Path) -> None:
    (tmp_path / "tiktoks.jsonlines.part").write_bytes(b"of somebody else")
    write(plan(**SMALL), tmp_path)
    assert (tmp_path / "tiktoks.jsonlines.part").read_bytes() == b"of somebody else"
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([*FILES, "tiktoks.jsonlines.part"])
