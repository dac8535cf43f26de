"""Sightings that the ones beside them contradict: by hand, against plain loops, and in series whose truth is known."""

from __future__ import annotations

import itertools
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.counts.bounds import with_bounds
from analysis.counts.growth import best_gain, gains, settled, strange, tightened
from analysis.counts.strange import ALONE, TAKEN_BACK, every_strange
from analysis.measures.virality import tiktok_rows
from analysis.terms.schema import empty_sightings
from tests.analysis.by_hand import at, bounded, sighting

Told = tuple[int, int]  # the least and the most that a sighting's number stands for
SHARES = {"likes": 0.005, "comments": 0.05}


def series(told: list[Told], count: str = "likes", key: str = "1") -> pd.DataFrame:
    """Bounded sightings of one TikTok, an hour apart."""
    return pd.DataFrame(
        {
            "id": pd.array([key] * len(told), dtype="str"),
            "scraped_at": pd.DatetimeIndex([at(hour) for hour in range(len(told))], dtype="datetime64[us, UTC]"),
            f"{count}_lo": pd.array([low for low, _ in told], dtype="Int64"),
            f"{count}_hi": pd.array([high for _, high in told], dtype="Int64"),
        }
    )


def exact(*values: int) -> list[Told]:
    return [(value, value) for value in values]


def kinds(frame: pd.DataFrame, count: str = "likes") -> dict[int, str]:
    """Hour of each strange sighting -> how."""
    found = strange(frame, count)
    return {int((row.at - at(0)) / pd.Timedelta(hours=1)): str(row.kind) for row in found.itertuples(index=False)}


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ((1000, 1_000_000, 1001, 1002), {1: TAKEN_BACK}),
        ((1_000_000, 0, 1_000_100), {1: ALONE}),
        ((900_000, 1_000_000, 0, 1_000_100), {2: ALONE}),
        ((0, 36_000, 36_100), {}),  # a growth that nobody contradicts
        ((1000, 995, 1001), {}),  # no more than people take back
        ((1000, 994, 1001), {1: ALONE}),
        ((10_000, 9950, 10_001), {}),
        ((10_000, 9949, 10_001), {1: ALONE}),
        ((685, 661), {0: TAKEN_BACK}),
        ((1000, 1010, 900, 901), {1: TAKEN_BACK}),  # a fall that lasts: what led up to it is not sure
        ((1000, 1100, 1001, 1101, 1002, 1102), {1: TAKEN_BACK, 2: ALONE, 3: TAKEN_BACK, 4: ALONE}),  # to and fro
    ],
)
def test_what_is_strange_is_told_by_the_sightings_beside_it(values: tuple[int, ...], found: dict[int, str]) -> None:
    assert kinds(series(exact(*values))) == found


def test_a_real_count_that_went_to_and_fro_for_days_is_strange_wherever_it_turned() -> None:
    saves = (266_487, 269_043, 266_986, 267_036, 267_276, 269_943, 267_854, 271_197, 268_797, 271_254)
    frame = series(exact(*saves), "saves")
    assert set(kinds(frame, "saves")) == {1, 5, 6, 7, 8}
    found = gains(settled(frame, "saves"), "saves")
    assert [int(lo) for lo in found["lo"]] == [499, 50, 240, 3978]  # 267,276 to 271,254 in five hours, not in one


def test_rounding_is_taken_against_calling_anything_strange() -> None:
    assert kinds(series([(100_450, 100_549), (99_950, 100_049), (100_450, 100_549)])) == {}
    assert kinds(series([(100_450, 100_549), (99_650, 99_749), (100_450, 100_549)])) == {1: ALONE}


def test_one_so_wide_that_it_agrees_with_both_leaves_both_in_doubt() -> None:
    assert kinds(series([(900, 900), (1000, 1000), (950, 950), (940, 1040)])) == {1: TAKEN_BACK, 2: ALONE}


def test_comments_are_deleted_so_they_are_strange_only_where_a_growth_is_taken_back_whole() -> None:
    assert kinds(series(exact(1184, 1012), "comments"), "comments") == {}
    assert kinds(series(exact(6360, 6366, 6018), "comments"), "comments") == {1: TAKEN_BACK}
    assert kinds(series(exact(1000, 1040, 995), "comments"), "comments") == {}


def test_a_creators_counts_are_never_strange() -> None:
    frame = bounded(*[sighting("1", hour, user_followers=n) for hour, n in enumerate((10, 10_000, 11))])
    assert strange(frame, "user_followers").empty
    assert "held_lo" not in settled(frame, "user_followers")


def test_what_a_small_fall_takes_back_was_not_gained_and_making_up_for_it_is_no_gain() -> None:
    frame = series(exact(455_087, 455_355, 455_256, 455_417))
    tight = settled(frame, "likes")
    assert tight["lo"].tolist() == [455_087, 455_355, 455_256, 455_417]  # what was shown stays
    assert gains(tight, "likes")["lo"].tolist() == [455_256 - 455_087, 455_417 - 455_355]
    assert gains(tightened(frame, "likes"), "likes")["lo"].tolist() == [268, 161]


def test_no_outbreak_and_no_first_sighting_rests_on_a_strange_one() -> None:
    frame = bounded(
        *[sighting("7", hour, likes=n, created_at=at(-10)) for hour, n in ((0, 900_000), (1, 1000), (2, 1100))],
        *[sighting("8", hour, likes=n) for hour, n in ((0, 1_600_000), (10, 0), (11, 1_600_300))],
        *[sighting("9", hour, likes=n) for hour, n in ((0, None), (10, 500))],
    )
    rows = tiktok_rows(frame).set_index("id")
    assert rows["likes_first"].tolist() == [1000, 1_600_000, 500]
    assert rows["age_h"].tolist() == [11, 100, 110]
    assert rows["outbreak_lo"].tolist()[:2] == [100, 300]
    assert rows.loc["7", "first_day_lo"] == 1100


def test_every_count_has_its_rows_and_an_empty_frame_has_the_same_types() -> None:
    frame = bounded(*[sighting("1", hour, likes=n, saves=n) for hour, n in enumerate((10, 900, 11))])
    found = every_strange(frame)
    assert found[["id", "count", "kind"]].to_numpy().tolist() == [
        ["1", "likes", TAKEN_BACK],
        ["1", "saves", TAKEN_BACK],
    ]
    assert found[["lo", "hi", "before_hi", "after_lo"]].to_numpy().tolist() == [[900, 900, 10, 11]] * 2
    nothing = every_strange(bounded(sighting("1", 0, likes=1)))
    assert nothing.empty and nothing.dtypes.equals(found.dtypes)
    assert every_strange(with_bounds(empty_sightings())).dtypes.equals(found.dtypes)


def slowly(told: list[Told], count: str) -> set[int]:
    """The strange rows of one series, by plain loops."""
    share = SHARES[count]

    def fell(one: int, other: int) -> bool:
        return told[one][0] - told[other][1] > max(5, share * told[one][0])

    found = set()
    for high in range(len(told) - 1):
        low = high + 1
        if not fell(high, low):
            continue
        after, before = (low + 1 if low + 1 < len(told) else None), (high - 1 if high else None)
        back = after is not None and not fell(high, after)
        if back:
            found.add(low)
        cleared = back and after is not None and fell(after, low) and not (before is not None and not fell(before, low))
        if not cleared and (count == "likes" or before is not None):
            found.add(high)
    return found


told = st.tuples(st.integers(0, 40) | st.integers(0, 3000), st.just(0) | st.integers(0, 60)).map(
    lambda pair: (pair[0], pair[0] + pair[1])
)


@settings(deadline=None, max_examples=150)
@given(st.lists(told, max_size=9), st.sampled_from(sorted(SHARES)))
def test_strange_is_what_plain_loops_find(course: list[Told], count: str) -> None:
    assert set(kinds(series(course, count), count)) == slowly(course, count)


@settings(deadline=None, max_examples=40)
@given(
    st.lists(told, min_size=1, max_size=7), st.lists(told, min_size=1, max_size=7), st.randoms(use_true_random=False)
)
def test_neither_order_nor_company_changes_anything(one: list[Told], other: list[Told], random: Any) -> None:
    whole = pd.concat([series(one), series(other, key="2")], ignore_index=True)
    order = list(range(len(whole)))
    random.shuffle(order)
    shuffled = whole.iloc[order].reset_index(drop=True)
    for made in (lambda frame: strange(frame, "likes"), lambda frame: settled(frame, "likes")):
        pd.testing.assert_frame_equal(made(shuffled), made(whole))
        alone = pd.concat([made(series(one)), made(series(other, key="2"))], ignore_index=True)
        pd.testing.assert_frame_equal(made(whole), alone)


@settings(deadline=None, max_examples=100)
@given(st.lists(told, min_size=2, max_size=9), st.sampled_from(sorted(SHARES)))
def test_no_gain_is_guaranteed_that_the_next_sighting_takes_back(course: list[Told], count: str) -> None:
    tight = settled(series(course, count), count)
    rows = list(zip(tight["scraped_at"], tight["hi"], strict=True))
    following = {when: high for (when, _), (_, high) in itertools.pairwise(rows)}
    before = dict(rows)
    for gain in gains(tight, count).itertuples(index=False):
        if gain.lo > 0 and gain.end in following:
            assert following[gain.end] >= before[gain.start] + gain.lo


def rounds(n: int) -> Told:
    step = 1 if n < 10_000 else 100
    low = (2 * n + step) // (2 * step) * step - step // 2
    return max(low, 10_000 if step > 1 else low), low + step - 1


@settings(deadline=None, max_examples=100)
@given(
    st.integers(100, 30_000),
    st.lists(st.tuples(st.integers(0, 400), st.booleans()), min_size=2, max_size=7),
    st.data(),
)
def test_one_strange_sighting_among_true_ones_is_found_and_bends_no_growth(
    first: int, steps: list[tuple[int, bool]], data: st.DataObject
) -> None:
    """A count that never falls, told exactly or rounded, and one sighting put between two that is far from both."""
    truth = [first]
    for gain, _ in steps:
        truth.append(truth[-1] + gain)
    course = [
        rounds(value) if rounded else (value, value)
        for value, (_, rounded) in zip(truth, [(0, False), *steps], strict=True)
    ]
    place = data.draw(st.integers(1, len(course) - 1))
    wrong = data.draw(st.sampled_from([0, truth[place] * 3, truth[place - 1] // 2]))
    frame = series([*course[:place], (wrong, wrong), *course[place:]])
    true_at = dict(
        zip(
            series([*course[:place], (0, 0), *course[place:]])["scraped_at"],
            [*truth[:place], None, *truth[place:]],
            strict=True,
        )
    )
    assert place in kinds(frame)
    tight = settled(frame, "likes")
    assert all(true_at[when] is not None for when in tight["scraped_at"])
    for gain in gains(tight, "likes").itertuples(index=False):
        grown = true_at[gain.end] - true_at[gain.start]  # type: ignore[operator]
        assert gain.lo <= grown <= gain.hi
    best = best_gain(tight, "likes", 24).iloc[0]
    assert pd.isna(best["gain"]) or best["gain"] <= truth[-1] - truth[0]
