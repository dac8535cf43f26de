"""Loading: what stands in the file stands in the frame, by a fixed schema, and nothing vanishes without a number."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.load import load
from analysis.terms.errors import BadArgument, GateFailed, MixedData, NoFile, NoGoodLines
from analysis.terms.schema import RUNS, SIGHTINGS, empty_runs, empty_sightings
from tests.analysis.lines_of import IDS, OLD, encoded, line, run_events, written


def test_frames_have_the_columns_and_types_of_the_contract_whatever_the_lines_lack(tmp_path: Path) -> None:
    loaded = load(written(tmp_path, OLD))
    assert loaded.sightings.dtypes.astype(str).to_dict() == SIGHTINGS
    assert loaded.runs.dtypes.astype(str).to_dict() == RUNS
    assert empty_sightings().dtypes.equals(loaded.sightings.dtypes)
    assert empty_runs().dtypes.equals(loaded.runs.dtypes)


def test_a_line_comes_back_field_by_field(tmp_path: Path) -> None:
    told = line(3, audio_original=True, user_videos=17, user_videos_step=1, likes_shown="12.3K", language="en")
    row = load(written(tmp_path, told)).sightings.iloc[0]
    for name in ("url", "likes", "comments", "id", "position", "ad", "likes_shown", "language", "user_videos", "era"):
        assert row[name] == told[name], name
    assert row["scraped_at"] == pd.Timestamp("2026-08-01T14:00:03Z")
    assert row["created_at"] == pd.Timestamp("2026-07-31T00:00:00Z")
    assert row["creator"] == "creator3"
    assert row["audio_key"] == str(IDS - 3)
    assert row["line_from"] == 0
    assert pd.isna(row["views"]) and pd.isna(row["views_step"])


def test_zero_stays_zero_and_null_stays_missing(tmp_path: Path) -> None:
    rows = load(written(tmp_path, line(0, likes=0, comments=None, comments_step=None), line(1, likes=None))).sightings
    assert rows["likes"].tolist()[0] == 0
    assert rows["likes_step"].tolist()[0] == 1
    assert rows[["comments", "comments_step"]].iloc[0].isna().all()
    assert rows[["likes", "likes_step"]].iloc[1].isna().all()


def test_types_are_never_inferred(tmp_path: Path) -> None:
    rows = load(written(tmp_path, line(creator_id="007", audio="12", language="null"), line(1, audio="2022-01-01")))
    assert rows.sightings["creator_id"].tolist()[0] == "007"
    assert rows.sightings["audio"].tolist() == ["12", "2022-01-01"]
    assert rows.sightings["language"].tolist()[0] == "null"


def test_fields_nobody_knows_are_ignored_whatever_their_type(tmp_path: Path) -> None:
    loaded = load(written(tmp_path, line(novel={"a": [1, None]}), line(1, novel="text"), line(2, novel=1 << 80)))
    assert len(loaded.sightings) == 3
    assert not loaded.report.bad
    assert "novel" not in loaded.sightings


def test_the_line_of_2022_loads(tmp_path: Path) -> None:
    loaded = load(written(tmp_path, OLD), naive_zone="America/New_York")
    row = loaded.sightings.iloc[0]
    assert row["scraped_at"] == pd.Timestamp("2022-08-01T18:00:05Z")
    assert row["id"] == "7126812345678901234"
    assert row["run"] == "2022-08-01T14"
    assert row["schema"] == 1
    assert row["user_likes"] == 2360953711 == -1934013585 + 2**32
    assert (row["user_likes_repair"], row["user_likes_wraps"], row["user_likes_step"]) == ("minimum", 1, 1)
    assert row["user_likes_shown"] == "-1934013585"
    assert (row["likes_step"], row["comments_step"], row["user_followers_step"]) == (100, 1, 100)
    assert pd.isna(row["shown_at"]) and pd.isna(row["source"])
    # Its id says when it was uploaded, in its upper 32 bits.
    assert row["created_at"] == pd.Timestamp(7126812345678901234 // 2**32, unit="s", tz="UTC")
    assert row["created_from"] == "id"
    assert row["audio_key"] == "7126812345678901235"
    assert not loaded.report.zone_assumed
    assert loaded.report.naive_lines == 1


@pytest.mark.parametrize(
    ("value", "step"),
    [
        *((0, 1), (9_999, 1), (10_000, 100), (12_300, 100), (999_900, 100)),
        *((1_000_000, 100_000), (340_700_000, 100_000), (1_000_000_000, 100_000_000), (11_900_000_000, 100_000_000)),
        *((12_345, 1), (1_234_567, 1)),  # no grid shows these, so they are exact
    ],
)
def test_steps_that_nobody_told_are_those_of_the_display(tmp_path: Path, value: int, step: int) -> None:
    assert load(written(tmp_path, {**OLD, "likes": value})).sightings["likes_step"].tolist() == [step]


def test_a_total_that_2022_repaired_itself_is_a_lower_bound_too(tmp_path: Path) -> None:
    row = load(written(tmp_path, {**OLD, "user_likes": 2360953711})).sightings.iloc[0]
    assert (row["user_likes"], row["user_likes_repair"], row["user_likes_wraps"]) == (2360953711, "minimum", 1)
    row = load(written(tmp_path, {**OLD, "user_likes": 2_400_000_000})).sightings.iloc[0]
    assert pd.isna(row["user_likes_repair"])
    assert row["user_likes_step"] == 100_000_000


def test_no_zone_named_is_told_loudly(tmp_path: Path) -> None:
    report = load(written(tmp_path, OLD)).report
    assert report.zone_assumed and report.naive_zone == "UTC"
    assert any("ASSUMED" in warning for warning in report.warnings)


def test_a_zone_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadArgument, match="Nowhere"):
        load(written(tmp_path, OLD), naive_zone="Nowhere/At_All")


def test_rows_stand_in_the_order_of_time_run_and_position(tmp_path: Path) -> None:
    later, first, second = line(0, hours=1), line(1, position=1), line(1, id=str(IDS + 9), position=2)
    loaded = load(written(tmp_path, later, second, first, line(2, run="r0", scraped_at=first["scraped_at"])))
    assert loaded.sightings["run"].tolist() == ["r0", "r1", "r1", "r1"]
    assert loaded.sightings["position"].tolist() == [3, 1, 2, 1]
    assert loaded.sightings.index.equals(pd.RangeIndex(4))


def test_the_first_line_of_an_id_in_a_run_stays_and_the_others_are_counted(tmp_path: Path) -> None:
    loaded = load(written(tmp_path, line(likes=1, hours=1), line(likes=2), line(likes=3), line(run="r2", hours=2)))
    assert loaded.sightings["run"].tolist() == ["r1", "r2"]
    assert loaded.sightings["likes"].tolist()[0] == 1
    assert loaded.report.duplicates == 2


def test_hostile_names_and_percent_encoded_ones_are_kept(tmp_path: Path) -> None:
    hostile = "<script>alert(1)</script>"
    loaded = load(
        written(
            tmp_path,
            line(0, username="https://www.tiktok.com/@%E2%98%83%20%3Cb%3E", audio=hostile),
            line(1, username=None),
            line(2, audio_id=None, audio_url=None),
            line(3, audio="\x00 =cmd|' /C calc'!A0"),
        )
    )
    assert loaded.sightings["creator"].tolist()[0] == "☃ <b>"
    assert pd.isna(loaded.sightings["creator"].tolist()[1])
    assert pd.isna(loaded.sightings["audio_key"].tolist()[2])
    assert loaded.sightings["audio"].tolist()[0] == hostile
    assert loaded.sightings["audio"].tolist()[3] == "\x00 =cmd|' /C calc'!A0"


def test_the_report_tells_bytes_hash_lines_and_versions(tmp_path: Path) -> None:
    folder = written(tmp_path, OLD, line(1), line(2))
    data = (folder / "tiktoks.jsonlines").read_bytes()
    report = load(folder).report
    assert (report.bytes, report.sha256) == (len(data), hashlib.sha256(data).hexdigest())
    assert (report.lines, report.schemas) == (3, {1: 1, 2: 2})


def test_a_file_alone_may_be_named_and_what_stands_beside_another_name_is_not_its_own(tmp_path: Path) -> None:
    folder = written(tmp_path, line(), runs=run_events("r9", 0))
    assert load(folder / "tiktoks.jsonlines").runs["run"].tolist() == ["r1", "r9"]
    (folder / "old.jsonlines").write_bytes(encoded(line()))
    assert load(folder / "old.jsonlines").runs["run"].tolist() == ["r1"]


def test_simulated_lines_say_so(tmp_path: Path) -> None:
    report = load(written(tmp_path, line(simulated=True))).report
    assert report.simulated
    assert any("Simulated" in warning for warning in report.warnings)


def test_lines_of_2022_are_simulated_where_every_recorded_run_is(tmp_path: Path) -> None:
    runs = run_events("r1", 0, simulated=True)
    assert load(written(tmp_path, OLD, runs=runs)).report.simulated


def test_simulated_and_real_lines_together_are_refused_even_by_force(tmp_path: Path) -> None:
    with pytest.raises(MixedData, match="1 simulated of 2"):
        load(written(tmp_path, line(0), line(1, simulated=True)), force=True)


def test_rejected_items_are_counted_by_reason(tmp_path: Path) -> None:
    folder = written(tmp_path, line())
    (folder / "rejected.jsonlines").write_bytes(encoded({"reason": "no id", "item": {}}, {"reason": "no id"}, {}))
    assert load(folder).report.rejected == {"no id": 2, "no reason told": 1}
    with (folder / "rejected.jsonlines").open("ab") as file:
        file.write(b"garbage\n[]\n")
    report = load(folder).report
    assert (report.rejected, len(report.rejected_bad)) == ({"no id": 2, "no reason told": 1}, 2)
    assert any("2 lines of rejected.jsonlines are bad" in told for told in report.warnings)


def test_nothing_to_read_is_said_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(NoFile, match="no such file"):
        load(tmp_path / "nowhere")
    with pytest.raises(NoFile, match="a folder without it"):
        load(tmp_path)
    with pytest.raises(NoGoodLines, match="an empty file"):
        load(written(tmp_path))
    with pytest.raises(NoGoodLines, match="found data of a kind not known here, no JSON lines"):
        load(written(tmp_path, bytes(range(256)) * 4))
    with pytest.raises(NoGoodLines, match="found text of another kind, no JSON lines"):
        load(written(tmp_path, b"rubbish\n", b"more\n"))
    with pytest.raises(NoGoodLines, match="18 bytes and not one; 2 bad lines, the first at byte 0: no JSON"):
        load(written(tmp_path, b'{"scrap\n', b'{"scraped\n'))
    with pytest.raises(NoGoodLines, match="torn line of 7 bytes"):
        load(written(tmp_path, b'{"scrap'))
    with pytest.raises(NoGoodLines, match="no sighting that passes"):
        load(written(tmp_path, line(id="12")), force=True)


def test_what_the_system_refuses_is_said_in_our_words(tmp_path: Path) -> None:
    folder = written(tmp_path, line(0))
    (folder / "runs.jsonlines").mkdir()
    with pytest.raises(NoFile, match=r"runs\.jsonlines: expected a file that can be read, found Is a directory"):
        load(folder)


def test_too_many_lines_that_fail_a_gate_stop_unless_forced_and_are_kept_apart(tmp_path: Path) -> None:
    folder = written(tmp_path, line(0), line(1, id="12"), line(2, schema=9))
    with pytest.raises(GateFailed, match=r"2 \(66.7%\)"):
        load(folder)
    loaded = load(folder, force=True)
    assert loaded.sightings["id"].tolist() == [str(IDS)]
    assert loaded.report.set_aside == {"upload after sighting": 0, "id": 1, "schema": 1}
    assert loaded.aside["gate"].tolist() == ["id", "schema"]
    assert any("gone on by force" in warning for warning in loaded.report.warnings)


def test_one_sighting_and_all_counts_null_are_no_trouble(tmp_path: Path) -> None:
    counts = dict.fromkeys(("likes", "comments", "user_followers", "user_likes"))
    loaded = load(written(tmp_path, line(**counts)))
    assert loaded.sightings[["likes", "comments", "user_followers", "user_likes", "views"]].isna().all(axis=None)
    assert len(loaded.coverage.hours) == 1


COUNT = st.one_of(st.none(), st.integers(0, 20_000), st.sampled_from([1_000_000, 2_360_953_711, 11_900_000_000]))
LINES = st.lists(
    st.builds(
        line,
        st.integers(0, 5),
        run=st.sampled_from(["r1", "r2"]),
        hours=st.integers(0, 3),
        likes=COUNT,
        user_likes=COUNT,
        likes_step=st.none(),
        audio=st.one_of(st.none(), st.text(max_size=5)),
        ad=st.sampled_from([None, True, False]),
        position=st.one_of(st.none(), st.integers(1, 3)),
    ),
    min_size=1,
    max_size=15,
)


@given(lines=LINES)
@settings(max_examples=12, deadline=None)
def test_what_a_plain_loop_over_the_lines_finds_stands_in_the_frame(lines: list[dict[str, Any]]) -> None:
    kept: dict[tuple[str, str], dict[str, Any]] = {}
    for told in lines:
        kept.setdefault((told["run"], told["id"]), told)
    order = {id(told): place for place, told in enumerate(kept.values())}
    expected = sorted(
        kept.values(),
        key=lambda told: (told["scraped_at"], told["run"], told["position"] or 1 << 40, order[id(told)]),
    )
    with tempfile.TemporaryDirectory() as folder:
        loaded = load(written(Path(folder), *lines), force=True)
    assert loaded.report.duplicates == len(lines) - len(kept)
    for name in ("id", "run", "position", "likes", "user_likes", "audio", "ad", "url", "shares"):
        found = [None if pd.isna(value) else value for value in loaded.sightings[name]]
        assert found == [told.get(name) for told in expected], name
    assert [run["sightings"] for _, run in loaded.runs.iterrows()] == [
        sum(told["run"] == run for told in expected) for run in loaded.runs["run"]
    ]
