"""Audios: uses seen, against plain loops."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import pytest

from analysis.counts.bounds import with_bounds
from analysis.measures.audios import audio_rows, ranked, uses_over_time
from analysis.terms.schema import empty_sightings
from benchmarks.analysis.simulated import sightings as simulated
from tests.analysis.by_hand import at, bounded, sighting, without_counts


def row_of(*sightings: dict[str, Any]) -> Any:
    return audio_rows(bounded(*sightings)).iloc[0]


# the rows


def test_an_audio_counts_each_tiktok_and_creator_once() -> None:
    row = row_of(
        sighting("1", 0, creator="ann", likes=5, comments=1),
        sighting("1", 9, creator="ann", likes=8, comments=None),
        sighting("2", 9, creator="ann", likes=12_300, likes_step=100),
        sighting("3", 9, creator="bob", likes=None),
    )
    assert (row["sightings"], row["runs"], row["tiktoks"], row["creators"]) == (4, 2, 3, 2)
    assert (row["likes"], row["likes_lo"], row["likes_hi"], row["likes_tiktoks"]) == (12_308, 12_258, 12_357, 2)
    assert (row["comments"], row["comments_tiktoks"]) == (1, 1)


def test_a_creator_is_new_where_the_audio_was_seen_in_a_run_before() -> None:
    row = row_of(
        sighting("1", 0, creator="ann", run="a"),
        sighting("2", 0.1, creator="bob", run="a"),
        sighting("3", 1, creator="ann", run="b"),
        sighting("4", 1, creator="cid", run="b"),
        sighting("5", 2, creator="dot", run="c", ad=True),
    )
    assert (row["new_creators"], row["new_creators_ads_in"]) == (1, 2)
    assert (row["ad_sightings"], row["ad_tiktoks"], row["runs"], row["runs_ads_in"]) == (1, 1, 2, 3)


def test_an_audio_seen_in_ads_only_was_seen_nowhere_else() -> None:
    row = row_of(sighting("1", 0, ad=True, likes=7))
    assert (row["sightings"], row["tiktoks"], row["creators"]) == (0, 0, 0)
    assert row["likes"] is pd.NA


@pytest.mark.parametrize(
    ("told", "url", "original"),
    [
        (True, None, True),
        (False, "https://www.tiktok.com/music/original-sound-1", True),
        (None, "https://www.tiktok.com/music/original-sound-1", True),
        (None, "https://www.tiktok.com/music/Blue-Monday-1", pd.NA),
        (None, None, pd.NA),
    ],
)
def test_an_original_sound_is_one_by_the_page_or_by_its_address(
    told: bool | None, url: str | None, original: bool
) -> None:
    row = row_of(sighting("1", 0, audio_original=told, audio_url=url))
    assert row["original"] is original or row["original"] == original
    assert row["owner_only"] is original or row["owner_only"] == original


def test_an_original_sound_that_others_use_is_not_apart() -> None:
    row = row_of(sighting("1", 0, creator="ann", audio_original=True), sighting("2", 1, creator="bob"))
    assert not row["owner_only"]


def test_rows_are_those_of_plain_loops() -> None:
    frame = simulated(1500)
    rows = audio_rows(with_bounds(frame)).set_index("audio_key")
    seen: dict[str, list[dict[Any, Any]]] = {}
    paid = {(record["audio_key"], record["id"]) for record in frame.to_dict("records") if record["ad"] is True}
    for record in frame.to_dict("records"):
        if not pd.isna(record["audio_key"]) and (record["audio_key"], record["id"]) not in paid:
            seen.setdefault(record["audio_key"], []).append(record)
    assert set(rows.index[rows["sightings"] > 0]) == set(seen)
    for audio, records in seen.items():
        row, first = rows.loc[audio], min(records, key=lambda r: r["scraped_at"])
        early = {r["creator"] for r in records if r["run"] == first["run"]}
        last = {r["id"]: r["likes"] for r in sorted(records, key=lambda r: r["scraped_at"])}
        assert row["tiktoks"] == len({r["id"] for r in records})
        assert row["creators"] == len({r["creator"] for r in records})
        assert row["new_creators"] == len({r["creator"] for r in records} - early)
        assert row["runs"] == len({r["run"] for r in records})
        assert row["likes"] == sum(last.values())


# the ranking


def creators_of(number: int, new: int, **fields: Any) -> list[dict[str, Any]]:
    """Audio *number*, seen in runs of four hours, in the last three with *new* new creators in all."""
    key = {"audio_key": f"{number:03d}", **fields}
    first = [sighting(f"{number:03d}-0", 0, **key)]
    later = [sighting(f"{number:03d}-{n}", 1 + n % 3, **key) for n in range(1, new + 1)]
    again = [sighting(f"{number:03d}-0", hours, **key) for hours in (1, 2, 3)]
    return first + later + again


@pytest.fixture(scope="module")
def ranking() -> tuple[pd.DataFrame, pd.DataFrame, int]:
    """Rows, measures and sightings: 120 audios with 0 to 2 new creators, one with 30, and one of its owner alone."""
    rows = [row for number in range(120) for row in creators_of(number, number % 3, audio_original=False)]
    rows += creators_of(120, 30, audio_original=False)
    rows += creators_of(121, 0, audio_original=True)
    rows += [sighting("late", 3, audio_key="122")]
    ranked_rows, measures = ranked(audio_rows(bounded(*rows)), len(rows))
    return ranked_rows.set_index("audio_key"), measures, len(rows)


def test_the_audio_that_new_creators_take_up_is_viral(ranking: tuple[pd.DataFrame, pd.DataFrame, int]) -> None:
    rows, measures, _ = ranking
    assert rows.loc["120", "new_rank"] == 1
    assert rows.loc["120", "viral"]
    assert measures.loc[0, "n"] == 121
    assert measures["ads"].tolist() == ["out", "in"]
    # The 99th percentile of 121 lies between the second and the third: 39 others with two new creators reach it too.
    assert measures.loc[0, "viral"] == 1 + (120 // 3)


def test_audios_of_their_owner_and_of_few_runs_are_apart(ranking: tuple[pd.DataFrame, pd.DataFrame, int]) -> None:
    rows, measures, _ = ranking
    assert rows.loc[["121", "122"], ["viral", "new_rank", "new_rank_best"]].isna().all(axis=None)
    assert measures.loc[0, "owner_only"] == 1
    assert measures.loc[0, "of"] == 123


def test_rates_are_per_thousand_sightings_with_exact_intervals(
    ranking: tuple[pd.DataFrame, pd.DataFrame, int],
) -> None:
    rows, _, total = ranking
    row: Any = rows.loc["120"]
    assert row["new_rate"] == pytest.approx(30 * 1000 / total)
    low, high = row["new_rate_lo"] * total / 1000, row["new_rate_hi"] * total / 1000
    at_least = 1 - sum(math.exp(-low) * low**k / math.factorial(k) for k in range(30))
    at_most = sum(math.exp(-high) * high**k / math.factorial(k) for k in range(31))
    assert (at_least, at_most) == pytest.approx((0.025, 0.025))
    assert rows.loc["000", "new_rate_lo"] == 0


def test_nothing_new_is_never_viral() -> None:
    rows = [row for number in range(110) for row in creators_of(number, 0)]
    found, measures = ranked(audio_rows(bounded(*rows)), len(rows))
    assert not found["viral"].any()
    assert measures.loc[0, "viral"] == 0


@pytest.mark.parametrize("frame", [empty_sightings(), without_counts(simulated(60))], ids=["empty", "all counts null"])
def test_too_few_audios_give_no_verdict(frame: pd.DataFrame) -> None:
    rows, measures = ranked(audio_rows(with_bounds(frame)), len(frame))
    assert rows["viral"].isna().all()
    assert measures["viral"].isna().all()
    assert rows.dtypes.equals(ranked(audio_rows(with_bounds(simulated(60))), 60)[0].dtypes)
    assert rows["likes"].isna().all()


# over time


def test_uses_add_up_over_time() -> None:
    got = uses_over_time(
        bounded(
            sighting("1", 0, creator="ann", likes=None, comments=3),
            sighting("1", 1, creator="ann", likes=10, comments=2),
            sighting("2", 2, creator="ann", likes=5),
            sighting("2", 3, creator="ann", likes=None),
            sighting("3", 4, creator="bob", likes=7, comments=1),
            sighting("4", 5, creator="cid", likes=9, ad=True),
            sighting("5", 5, creator="dot", likes=9, audio_key=None),
        )
    )
    assert got["at"].tolist() == [at(hours) for hours in range(5)]
    assert got["new_use"].tolist() == [True, False, True, False, True]
    assert got["uses_seen"].tolist() == [1, 1, 2, 2, 3]
    assert got["creators_seen"].tolist() == [1, 1, 1, 1, 2]
    assert [None if pd.isna(v) else v for v in got["likes_seen"]] == [None, 10, 15, 15, 22]
    assert got["comments_seen"].tolist() == [3, 2, 2, 2, 3]


def test_uses_over_time_end_where_the_rows_end() -> None:
    frame = with_bounds(simulated(1500))
    last = uses_over_time(frame).drop_duplicates("audio_key", keep="last").set_index("audio_key")
    rows = audio_rows(frame).set_index("audio_key").loc[last.index]
    assert last["uses_seen"].tolist() == rows["tiktoks"].tolist()
    assert last["creators_seen"].tolist() == rows["creators"].tolist()
    assert last["likes_seen"].tolist() == rows["likes"].tolist()


def test_no_sightings_have_no_uses() -> None:
    assert uses_over_time(with_bounds(empty_sightings())).empty


def test_rows_do_not_depend_on_the_company() -> None:
    frame = with_bounds(simulated(1200))
    even = frame["audio_key"].str[-1].isin(list("02468"))
    for measure in (audio_rows, uses_over_time):
        halves = pd.concat([measure(frame[even]), measure(frame[~even])]).sort_values("audio_key", kind="stable")
        pd.testing.assert_frame_equal(halves.reset_index(drop=True), measure(frame), check_exact=True)
