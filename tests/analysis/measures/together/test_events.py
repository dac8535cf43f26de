"""The event study on simulated creators whose followers jump by a known amount, and on none at all."""

from __future__ import annotations

import statistics
from collections.abc import Mapping

import numpy as np
import pandas as pd
import pytest

from analysis.measures.together import shortfall
from analysis.measures.together.events import changes, event_study, first_onsets, set_differences
from analysis.statistics.bootstrap import drawn_mean_interval
from analysis.terms.definitions import EVENT_NOMINAL, EVENT_PAIRS_AT_LEAST, INTERVAL
from analysis.terms.errors import BadArgument
from tests.analysis.creator_frames import at, bounded

JUMP = 0.4


def onsets(days: Mapping[str, float]) -> pd.DataFrame:
    names = list(days)
    return pd.DataFrame({
        "creator": pd.Series(names, dtype="str"),
        "id": pd.Series(names, dtype="str"),
        "onset": pd.Series([at(days[name]) for name in names], dtype="datetime64[us, UTC]"),
    })  # fmt: skip


def history(jump: float, treated: int = 20, controls: int = 80, seed: int = 1, step: int = 1) -> pd.DataFrame:
    """16 days; everyone grows 0.01 log points a day with noise; the treated gain *jump* more after day 8."""
    rng = np.random.default_rng(seed)
    records = []
    for number in range(treated + controls):
        name, base = f"{'t' if number < treated else 'c'}{number:03d}", rng.normal(12, 1)
        for day in range(17):
            extra = jump * min(max(day - 8, 0), 7) / 7 if number < treated else 0
            followers = np.exp(base + 0.01 * day + extra + rng.normal(0, 0.01))
            records.append({"creator": name, "id": name, "day": day, "user_followers": round(followers / step) * step,
                            "user_followers_step": step})  # fmt: skip
    return bounded(records)


def test_a_known_jump_is_found_and_held() -> None:
    study = event_study(history(JUMP), onsets({f"t{n:03d}": 8 for n in range(20)}))
    assert study.gain.low < JUMP < study.gain.high
    assert study.gain.high - study.gain.low < 0.05
    assert study.gain.n + study.unusable["creators"].sum() == study.gain.of == 20
    assert study.followers.low > 0
    course = study.course.set_index(["group", "day"])
    assert course.loc[("onset", 7), "log_gain"] == pytest.approx(JUMP + 0.07, abs=0.02)
    assert course.loc[("matched", 7), "log_gain"] == pytest.approx(0.07, abs=0.02)
    assert course.loc[("onset", -7), "log_gain"] == pytest.approx(-0.07, abs=0.02)
    assert course.loc[("onset", 0), "log_gain"] == 0


def test_without_an_effect_zero_is_held() -> None:
    study = event_study(history(0.0, seed=4), onsets({f"t{n:03d}": 8 for n in range(20)}))
    assert study.gain.low < 0 < study.gain.high


def test_no_control_serves_twice_and_none_had_an_onset() -> None:
    study = event_study(history(JUMP), onsets({f"t{n:03d}": 8 for n in range(20)}))
    used = study.controls["control"].tolist()
    assert len(used) == len(set(used))
    assert all(name.startswith("c") for name in used)
    assert (study.controls["distance"] <= 0.5).all()
    assert study.pairs["creator"].is_monotonic_increasing
    assert set(study.controls["creator"]) == set(study.pairs["creator"])


def test_a_row_a_matched_creator_whose_mean_is_the_sets_own() -> None:
    study = event_study(history(JUMP), onsets({f"t{n:03d}": 8 for n in range(20)}))
    changes_of: dict[str, list[float]] = {}
    for row in study.controls.to_dict("records"):
        changes_of.setdefault(row["creator"], []).append(row["change"])
    means = [sum(own) / len(own) for own in (changes_of[name] for name in study.pairs["creator"])]
    assert study.pairs["control_change"].tolist() == pytest.approx(means)
    apart = [own - mean for own, mean in zip(study.pairs["change"], means, strict=True)]
    assert study.gain.estimate == pytest.approx(sum(apart) / len(apart))


def test_a_name_of_several_words_is_one_creator_and_an_advertiser_is_no_match() -> None:
    frame = history(JUMP, treated=1, controls=6)
    names = {"c001": "Two Words", "c002": "Harbor Lane Tax Help"}
    frame["creator"] = frame["creator"].replace(names)
    frame["ad"] = frame["ad"].mask(frame["creator"] == "Harbor Lane Tax Help", True)
    frame["user_followers_lo"] = frame["user_followers_hi"] = 100_000  # all are alike
    study = event_study(frame, onsets({"t000": 8}))
    assert study.controls["control"].tolist() == ["Two Words", "c003", "c004"]


def test_matching_takes_the_nearest_by_a_plain_search() -> None:
    frame = history(JUMP, treated=1, controls=30, seed=9)
    study = event_study(frame, onsets({"t000": 8}))
    start = frame[frame["scraped_at"] == at(1)].set_index("creator")["user_followers"].astype(float)
    apart = {name: abs(np.log(value) - np.log(start["t000"])) for name, value in start.items() if name != "t000"}
    nearest = sorted(apart, key=lambda name: apart[name])[:3]
    assert 1 <= len(study.controls) <= 3
    assert study.controls["control"].tolist() == nearest[: len(study.controls)]
    # Distances are in standard deviations of log followers, as told first; numbers of sightings are the same for all.
    first = frame[frame["scraped_at"] == at(0)]["user_followers"].astype(float)
    expected = [apart[name] / np.log(first).std(ddof=0) for name in study.controls["control"]]
    assert study.controls["distance"].tolist() == pytest.approx(expected, rel=1e-3)


@pytest.mark.parametrize("treated", [1, 7])
def test_fewer_sets_than_an_interval_needs_are_no_answer(treated: int) -> None:
    study = event_study(history(JUMP, treated=treated), onsets({f"t{n:03d}": 8 for n in range(treated)}))
    assert not study.gain.answerable and not study.followers.answerable
    assert (study.gain.n, study.gain.of, len(study.pairs)) == (treated, treated, treated)


def test_eight_sets_answer_and_lack_nothing() -> None:
    study = event_study(history(JUMP, treated=8), onsets({f"t{n:03d}": 8.0 for n in range(8)}))
    assert study.gain.answerable and np.isfinite([study.gain.low, study.gain.high]).all()
    assert shortfall.sets_missing(study) == 0
    assert shortfall.in_words(study).endswith("each with matched creators; 8 so far")


def test_what_is_missing_is_told_in_sets_and_days() -> None:
    """Followers are told over 16 days; with 24 h of tolerance an onset is used in the 4 days from 6 to 10."""
    study = event_study(history(JUMP, treated=3), onsets({"t000": 8, "t001": 8, "t002": 8}))
    assert shortfall.sets_missing(study) == 5
    assert shortfall.more_days(study) == 7  # 3 sets in 4 days, so 5 in 6 2/3
    assert shortfall.in_words(study) == (
        "at least 8 creators with an onset whose followers were told 7 days before it, at it and 7 days after, each "
        "with matched creators; 3 so far, so 5 more: about 7 days more at the pace of these (followers are told over "
        "16.0 days)"
    )


@pytest.mark.parametrize(("days", "sets"), [({"t000": 2, "t001": 15}, 0), ({"t000": 8, "t001": 8}, 2)])
def test_without_some_sets_no_pace_is_known(days: dict[str, float], sets: int) -> None:
    study = event_study(history(JUMP, treated=2), onsets(days))
    assert shortfall.more_days(study) is None
    assert f"{sets} so far, so no pace is known (followers are told over 16.0 days" in shortfall.in_words(study)
    assert "followers are told over 0.0 days" in shortfall.in_words(event_study(bounded([]), onsets({})))


def test_who_could_not_be_used_is_counted_with_the_reason() -> None:
    frame = history(JUMP, treated=5)
    days = {"t000": 3.0, "t001": 14.0, "t002": 30.0, "t003": 8.0, "t004": 8.0, "nobody": 8.0}
    lone = bounded([{"creator": "t900", "id": "x", "day": day, "user_followers": 3} for day in range(17)])
    study = event_study(pd.concat([frame, lone], ignore_index=True), onsets(days | {"t900": 8.0}))
    reasons = dict(zip(study.unusable["reason"], study.unusable["creators"], strict=True))
    assert reasons == {
        "followers never told": 1,
        "followers not told within 24 h of 7 days before onset": 2,  # t000, and t002 whose onset is past the end
        "followers not told within 24 h of onset": 0,
        "followers not told within 24 h of 7 days after onset": 1,
        "no creator without onset resembles it within the caliper": 1,
    }
    assert study.gain.n == 2 and study.gain.of == 7


def test_change_is_gain_after_minus_gain_before_scaled_to_seven_days() -> None:
    levels, days = np.array([1.0, 2.0, 5.0]), np.array([0.0, 7.0, 13.0])
    assert changes(levels, days) == pytest.approx(3 * 7 / 6 - 1)
    values, control = np.array([[5.0, 1.0, 3.0, 99.0]]), np.array([[4, 6, -1]])
    assert set_differences(values, control).tolist() == [3.0]


def test_rounding_widens_the_interval() -> None:
    days = onsets({f"t{n:03d}": 8 for n in range(20)})
    exact, rounded = (event_study(history(0.0, seed=4, step=step), days).gain for step in (1, 100_000))
    assert rounded.high - rounded.low > exact.high - exact.low


def test_the_same_seed_gives_the_same_study() -> None:
    frame, days = history(JUMP), onsets({f"t{n:03d}": 8 for n in range(20)})
    assert event_study(frame, days, seed=2).gain == event_study(frame, days, seed=2).gain


def test_the_interval_is_bootstrap_t_by_a_plain_loop() -> None:
    values = np.random.default_rng(3).exponential(size=12)
    draw = lambda _rng, replicates: np.broadcast_to(values, (replicates, 12))  # noqa: E731
    low, high = drawn_mean_interval(values, draw, np.random.default_rng(1), 500, 0.9)
    pivots = []
    for chosen in np.random.default_rng(1).integers(0, 12, size=(500, 12)).tolist():
        again = [values[place] for place in chosen]
        pivots.append((statistics.fmean(again) - statistics.fmean(values)) / (statistics.stdev(again) / 12**0.5))
    twentieths = statistics.quantiles(pivots, n=20, method="inclusive")
    error = statistics.stdev(values) / 12**0.5
    assert low == pytest.approx(statistics.fmean(values) - twentieths[-1] * error)
    assert high == pytest.approx(statistics.fmean(values) - twentieths[0] * error)


def test_the_mean_of_few_and_skewed_units_is_covered_as_often_as_stated() -> None:
    """The fewest sets with an answer, lognormal 1, whose mean is the root of e."""
    rng, held = np.random.default_rng(7), 0
    for _ in range(400):
        values = np.exp(rng.normal(size=EVENT_PAIRS_AT_LEAST))
        draw = lambda _rng, replicates, values=values: np.broadcast_to(values, (replicates, len(values)))  # noqa: E731
        low, high = drawn_mean_interval(values, draw, rng, 1_000, EVENT_NOMINAL)
        held += low <= np.exp(0.5) <= high
    assert held / 400 > INTERVAL - 3 * (INTERVAL * (1 - INTERVAL) / 400) ** 0.5


def test_a_shorter_window_uses_onsets_that_two_weeks_do_not_hold() -> None:
    frame, days = history(JUMP), onsets({f"t{n:03d}": 3 for n in range(10)} | {f"t{n:03d}": 8 for n in range(10, 20)})
    long, short = event_study(frame, days), event_study(frame, days, days=2)
    assert long.unusable["creators"].tolist()[1] == 10
    assert short.unusable["reason"].tolist()[1] == "followers not told within 6.86 h of 2 days before onset"
    assert short.gain.n > long.gain.n
    assert short.course["day"].abs().max() == 2
    with pytest.raises(BadArgument, match="a window of 1 day or more, found 0"):
        event_study(frame, days, days=0)


def test_nothing_in_nothing_out() -> None:
    study = event_study(bounded([]), onsets({}))
    assert not study.gain.answerable
    assert study.pairs.empty and study.controls.empty and study.unusable["creators"].sum() == 0
    assert len(event_study(history(0.0, treated=0, controls=3), onsets({"gone": 4})).pairs) == 0


def test_the_first_outbreak_of_each_creator_is_its_onset() -> None:
    tiktoks = pd.DataFrame({
        "creator": pd.Series(["a", "a", "b", None, "c"], dtype="str"),
        "id": pd.Series(["1", "2", "3", "4", "5"], dtype="str"),
        "outbreak_from": pd.Series([at(3), at(2), at(1), at(1), at(5)], dtype="datetime64[us, UTC]"),
        "viral_outbreak": pd.Series([True, True, False, True, pd.NA], dtype="boolean"),
    })  # fmt: skip
    found = first_onsets(tiktoks)
    assert found[["creator", "id"]].to_numpy().tolist() == [["a", "2"]]
    assert found.loc[0, "onset"] == at(2)
