"""What the answers say: against loops over the file's lines, with ads, with fields that nobody told."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import datetime
from math import comb
from pathlib import Path
from statistics import median
from typing import Any

import pandas as pd
import pytest

from analysis.__main__ import main
from analysis.load import load
from analysis.measures.creators import measures as creator_measures
from analysis.measures.together import events
from analysis.measures.together.ratios import likes_to_comments_percentiles
from analysis.measures.together.slopes import MIXED
from analysis.report.answers import growing, people, seen, taken_up, together, unequal, viral
from analysis.report.answers.doubt import audio_doubt
from analysis.report.context import Context
from analysis.report.markup import Child, join
from analysis.report.sections import creators as creators_section
from analysis.report.sections import tiktoks as tiktoks_section
from analysis.report.study import Study
from analysis.report.wording import share, short
from analysis.statistics.answer import CHANGE, CORRELATION, lacks
from analysis.statistics.intervals import Estimate
from analysis.terms.errors import NotEnoughData
from tests.analysis.report.report_ads import ADVERTISER, organic, with_ads
from tests.analysis.report.report_lines import lines, write
from tests.analysis.report.test_markup import Read
from tests.analysis.report.test_report import unpainted

AUDIO = ("audio", "audio_url", "audio_id")


def context_of(folder: Path, told: list[dict[str, Any]]) -> Context:
    return Context(Study(load(write(folder, told)), folder))


def text(child: Child) -> str:
    """What a reader reads, notes and all."""
    return " ".join(Read(join([child])).text.split())


@pytest.fixture(scope="module")
def told() -> list[dict[str, Any]]:
    return with_ads(lines(tiktoks=300, runs=14))


@pytest.fixture(scope="module")
def context(told: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> Context:
    return context_of(tmp_path_factory.mktemp("answers"), told)


def test_a_file_that_names_no_audio_says_so(tmp_path: Path) -> None:
    silent = [{**line, **dict.fromkeys(AUDIO)} for line in lines(tiktoks=12, runs=3)]
    context = context_of(tmp_path, silent)
    assert "audios not told" in text(seen.scope(context))
    assert "Uses seen: not answerable." in text(context.attempt("Uses seen", lambda: growing.audio_uses(context)))


def test_runs_that_only_their_lines_tell_of_are_told_apart(tmp_path: Path) -> None:
    sightings = lines(tiktoks=12, runs=3)
    assert "from lines alone" not in text(seen.coverage(context_of(tmp_path / "told", sightings)))
    (tmp_path / "told" / "runs.jsonlines").unlink()
    untold = Context(Study(load(tmp_path / "told"), tmp_path))
    told = text(seen.coverage(untold))
    assert "3 runsruns known from their lines alone" in told
    assert "are known from lines alone and counted as healthy" in told


@pytest.mark.parametrize(
    "answer",
    [
        people.most_followed,
        people.greatest_gain,
        people.most_tiktoks,
        people.most_prolific,
        growing.growth,
    ],
)
def test_no_advertiser_leads_a_ranking(answer: Any, context: Context) -> None:
    assert ADVERTISER not in text(answer(context))


def test_most_prolific_is_who_shows_most_tiktoks_that_are_no_ads(told: list[dict[str, Any]], context: Context) -> None:
    shown: dict[str, set[str]] = {}
    for line in organic(told):
        shown.setdefault(line["username"], set()).add(line["id"])
    most = max(len(ids) for ids in shown.values())
    once = sum(len(ids) == 1 for ids in shown.values())
    said = text(people.most_prolific(context))
    assert f"with {most} TikToks" in said
    assert f"{once} of {len(shown)} creators" in said


def test_of_creators_who_show_as_many_the_one_named_is_said_to_be_one_of_them(
    told: list[dict[str, Any]], context: Context
) -> None:
    shown: dict[str, set[str]] = {}
    for line in organic(told):
        shown.setdefault(line["username"], set()).add(line["id"])
    sizes = [len(ids) for ids in shown.values()]
    others = sizes.count(max(sizes)) - 1
    assert others > 0
    said = text(people.most_prolific(context))
    assert f"(as have {others}" in said
    assert f"{others} of {len(shown)}" in said


def test_the_fastest_creator_is_named_with_a_link_and_its_bounds(told: list[dict[str, Any]], context: Context) -> None:
    """Followers that grow by a known number of log points a day, told by the file's own rounding."""
    read = Read(join([taken_up.viral_creators(context)]))
    link = next(str(found["href"]) for found in read.attributes if str(found.get("href", "")).startswith("https://"))
    own = sorted((line for line in organic(told) if line["username"] == link), key=lambda line: line["scraped_at"])
    first, last = own[0], own[-1]
    days = (datetime.fromisoformat(last["scraped_at"]) - datetime.fromisoformat(first["scraped_at"])).total_seconds()
    half_first, half_last = first["user_followers_step"] // 2, last["user_followers_step"] // 2
    top = first["user_followers"] + max(half_first - 1, 0)
    least = ((last["user_followers"] - half_last) / top) ** (86_400 / days) - 1
    assert f"surely grew by {share(least)} a day" in read.text


def test_numbers_of_tiktoks_leave_ads_out(told: list[dict[str, Any]], context: Context) -> None:
    ids = {line["id"] for line in organic(told)}
    study = context.study
    assert study.top_share["n"] == len(ids)
    assert study.tail_fit["n"] == len(ids)
    assert set(study.upload_gaps["id"]) == ids
    assert set(growing.per_hour(context)["id"]) <= ids
    assert f"{len(ids)} of {len(ids)} TikToks" in text(people.likes_per_tiktok(context))


def test_creators_have_a_row_with_ads_in(told: list[dict[str, Any]], context: Context) -> None:
    rows = text(creators_section._measures(context))
    without = len({line["username"] for line in organic(told)})
    everyone = len({line["username"] for line in told})
    assert without < everyone
    measures = creator_measures(context.study.creators, context.study.creators_with_ads).set_index("ads")
    assert measures["of"].to_dict() == {"out": without, "in": everyone}
    assert measures["n"].to_dict()["in"] > measures["n"].to_dict()["out"]
    assert "with ads out and with ads in" in rows


def test_most_followed_tells_its_bounds(told: list[dict[str, Any]], context: Context) -> None:
    last: dict[str, dict[str, Any]] = {}
    for line in sorted(organic(told), key=lambda line: str(line["scraped_at"])):
        last[line["username"]] = line
    best = max(last.values(), key=lambda line: int(line["user_followers"]))
    half = best["user_followers_step"] // 2
    assert half > 0
    said = text(people.most_followed(context))
    assert f"{best['user_followers'] - half:,} to" in said
    assert "what rounding leaves open" in said


def test_medians_have_intervals_by_order_statistics(told: list[dict[str, Any]], context: Context) -> None:
    last: dict[str, int] = {}
    for line in sorted(organic(told), key=lambda line: str(line["scraped_at"])):
        last[line["id"]] = line["likes"]
    rows = context.facts
    people.likes_per_tiktok(context)
    fact = next(fact for fact in reversed(rows.kept) if fact.what == "likes of a TikTok seen (median)")
    values = sorted(last.values())
    n = len(values)
    # The same order statistics by the sum of the binomial's own terms (Conover 3.2).
    ranks: list[int] = []
    below = 0.0
    for k in range(n + 1):
        below += comb(n, k) / 2**n
        ranks += [k] if below >= 0.025 and not ranks else []
        if below >= 0.975:
            ranks.append(k + 1)
            break
    assert fact.interval.startswith(f"95 %: {short(values[ranks[0] - 1])} to {short(values[ranks[1] - 1])} (order")


@pytest.mark.parametrize(
    ("pearson", "spearman", "expected"),
    [
        (0.0006, 0.002, "both more than chance would give"),
        (0.0006, 0.857, "by Pearson's r of logarithms more than chance would give, by Spearman's rho chance alone"),
        (0.4, 0.01, "by Spearman's rho more than chance would give, by Pearson's r of logarithms chance alone"),
        (0.4, 0.857, ": chance alone may give as much"),
        (0.0006, None, "by Pearson's r of logarithms more than chance would give, by Spearman's rho chance alone"),
    ],
)
def test_of_two_methods_each_is_told_by_itself(
    pearson: float, spearman: float | None, expected: str, tmp_path: Path
) -> None:
    context = context_of(tmp_path, lines(tiktoks=2, runs=1))
    common = {"pair": together.PAIRS["posting and likes"], "estimate": 0.3, "low": 0.1, "high": 0.5, "level": 0.95}
    common |= {"n": 50, "of": 60, "clusters": 50, "definition": "of a test", "answerable": True, "reason": None}
    family = pd.DataFrame(
        [
            {**common, "method": method, "p": p, "p_adjusted": p}
            for method, p in (("pearson of logs", pearson), ("spearman", spearman))
        ]
    ).astype({"p": "Float64", "p_adjusted": "Float64"})
    context.study.once("associations", lambda: family)
    assert expected in text(together.posting_and_likes(context))


def test_a_coefficient_that_may_be_anything_is_told_as_no_answer_with_the_creators_it_lacks(tmp_path: Path) -> None:
    context = context_of(tmp_path, lines(tiktoks=2, runs=1))
    pair = together.PAIRS["likes and followers"]
    lacking = lacks(27, -0.99, 1.0, CORRELATION, "creators")
    row = {"pair": pair, "method": "spearman", "estimate": 0.2, "low": -0.99, "high": 1.0, "level": 0.95, "n": 27}
    row |= {"of": 60, "clusters": 27, "definition": "of a test", "answerable": False, "reason": lacking, "p": 0.6}
    family = pd.DataFrame([row | {"p_adjusted": 0.6}, row | {"method": "pearson of logs", "p_adjusted": 0.6}])
    context.study.once("associations", lambda: family)
    with pytest.raises(NotEnoughData, match="creators are needed, not 27"):
        together.likes_and_followers(context)
    assert together.spearman(context, pair) == "rho not answerable"
    family.loc[1, ["answerable", "reason", "low", "high"]] = [True, None, 0.0, 0.4]
    said = text(together.likes_and_followers(context))
    assert "Pearson's r of logarithms 0.20 (0.00 to 0.40)" in said
    assert "Spearman's rho not answerable" in said  # and why is in its note, not in the sentence
    (note,) = [fact for fact in context.facts.kept if fact.shown == "not answerable"]
    assert note.definition == "of a test"


def test_an_event_study_that_holds_halving_and_doubling_says_how_many_sets_it_lacks(tmp_path: Path) -> None:
    context = context_of(tmp_path, lines(tiktoks=8, runs=1))
    gain = Estimate(0.4, -0.3, 1.49, 0.95, 13, 46, "gain").judged(CHANGE, "matched sets")
    context.study.once("event study", lambda: replace(study_of(context), gain=gain, told_days=25.0))
    with pytest.raises(NotEnoughData) as error:
        together.event(context)
    assert "about 22 matched sets are needed, not 13" in error.value.expected
    # 25 days told hold onsets on 13 of them, a set a day.
    assert "so 9 more: about 9 days more at the pace of these" in error.value.expected
    assert "a change of 95 %: -26 % to +344 %" in error.value.found


def test_a_tail_whose_exponent_may_be_nearly_any_is_no_answer_and_its_beginning_is_a_range(tmp_path: Path) -> None:
    context = context_of(tmp_path, lines(tiktoks=8, runs=1))
    ends = {"xmin": (2e5, 3e6), "n_tail": (64, 618), "R": (-5.1, -0.4), "p": (1e-7, 0.7)}
    fit = {f"{name}_{end}": value for name, pair in ends.items() for end, value in zip(("lo", "hi"), pair, strict=True)}
    fit |= {"n": 1_711, "alpha": 2.6, "alpha_lo": 1.7, "alpha_hi": 3.2}
    context.study.once("tail of likes", lambda: fit)
    with pytest.raises(NotEnoughData) as error:
        unequal.tail(context)
    assert "an exponent of 2.6 (1.7 to 3.2), the tail beginning somewhere from 200K to 3M likes" in error.value.found
    assert "about 3,900 TikToks are needed, not 1,711" in error.value.found  # 1,711 x 1.5^2
    fit["alpha_lo"] = 2.3
    said = text(join([unequal.tail(context)]))
    assert "the lognormal fits better or neither does, which hangs on where it begins" in said
    assert "p from below 0.001 to 0.7" in said


def test_viral_audios_say_what_their_ranks_are_worth(tmp_path: Path) -> None:
    context = context_of(tmp_path, lines(tiktoks=2, runs=1))
    rows = pd.DataFrame(
        {
            "new_rank": [1, 1, 3, None],
            "new_rank_best": [1, 1, 1, None],
            "new_rank_worst": [3, 3, 3, None],
            "viral": [True, True, False, None],
            "new_creators": [3, 2, 0, 9],
        }
    ).astype("Int64")
    said = text(audio_doubt(context, rows.astype({"viral": "boolean"})))
    assert "2 to 3 new creators" in said
    assert "no rank is sure" in said
    assert "3 ranked" in said


def test_the_fastest_growth_names_its_tiktok_with_a_link(told: list[dict[str, Any]], context: Context) -> None:
    addresses = {line["url"] for line in organic(told)}
    read = Read(join([growing.growth(context)]))
    links = [found["href"] for found in read.attributes if "href" in found]
    assert len(links) == len(growing.COUNTS)
    assert set(links) <= addresses


def test_tables_of_pairs_link_each_tiktok_and_creator(told: list[dict[str, Any]], context: Context) -> None:
    pairs = Read(tiktoks_section._per_hour_table(Context(context.study, figures=unpainted())))
    links = {found["href"] for found in pairs.attributes if str(found.get("href")).startswith("https://")}
    assert links
    assert links <= {line["url"] for line in told}
    nothing = {"sightings": [1, 1], "followers": [1, 1], "change": [0.0, 0.0], "distance": [0.0, 0.0]}
    matched = pd.DataFrame({"creator": ["a", "a"], "control": ["c", "Two Words"], **nothing})
    read = Read(creators_section._controls(context, matched))
    links = {found["href"] for found in read.attributes if str(found.get("href")).startswith("https://")}
    assert links == {f"https://www.tiktok.com/@{name}" for name in ("a", "c", "Two%20Words")}


def test_a_line_fixed_beforehand_is_not_said_to_lack_an_interval(context: Context) -> None:
    said = text(viral.outbreaks(context))
    assert "threshold 1M; fixed, so it has no interval" in said


def test_of_creators_that_tie_none_is_named_as_the_most(tmp_path: Path) -> None:
    context = context_of(tmp_path, lines(tiktoks=8, runs=1))
    tied = pd.DataFrame({"creator": ["a", "b", "c"], "wraps": [2, 2, 1], "sightings": [3, 1, 1], "known": [True] * 3})
    context.study.once("overflowed likes", lambda: tied)
    assert "most often those of 2 of them" in text(growing.overflow(context))


def test_an_event_study_without_an_answer_says_what_is_missing(tmp_path: Path) -> None:
    context = context_of(tmp_path, lines(tiktoks=8, runs=1))
    with pytest.raises(NotEnoughData) as error:
        together.event(context)
    assert error.value.expected.startswith("at least 8 creators with an onset whose followers were told 7 days before")
    assert "0 so far, so no pace is known (followers are told over 0.0 days" in error.value.expected
    assert error.value.found.startswith("0 usable of 0 creators")


@pytest.mark.parametrize(("sets", "drawn"), [(1, False), (7, False), (8, True)])
def test_followers_around_an_onset_are_drawn_where_the_sets_are_enough_to_answer(
    tmp_path: Path, sets: int, drawn: bool
) -> None:
    context = context_of(tmp_path, lines(tiktoks=8, runs=1))
    study = study_of(context)
    course = pd.DataFrame({"days": [-1, 0, 1], "log_gain": [-0.1, 0.0, 0.1], "low": [-0.2, 0.0, 0.0]})
    told = replace(study, course=course.assign(high=[0.0, 0.0, 0.2]), gain=replace(study.gain, n=sets))
    context.study.once("event study", lambda: told)
    page = replace(context, figures=unpainted())
    assert ("Followers around the onset of an outbreak" in creators_section.write(page)) is drawn


def test_fewer_followers_than_the_matched_creators_gained_are_told_with_their_sign(tmp_path: Path) -> None:
    context = context_of(tmp_path, lines(tiktoks=8, runs=1))
    gain = Estimate(math.log(0.95), math.log(0.8), math.log(1.1), 0.95, 9, 12, "gain")
    told = replace(study_of(context), gain=gain)
    context.study.once("event study", lambda: told)
    said = text(together.event(context))
    assert "followers changed by -5 %" in said
    assert "95 %: -20 % to +10 %" in said
    assert "the interval holds zero, so chance may do as much" in said


def study_of(context: Context) -> events.EventStudy:
    return events.event_study(context.study.bounded, events.first_onsets(context.study.verdicts.rows))


def test_the_slope_says_how_many_creators_it_is_fitted_to() -> None:
    assert "at most 400 creators drawn by seed" in MIXED


def test_show_prints_the_history_with_its_bounds(
    told: list[dict[str, Any]], context: Context, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    best = max(organic(told), key=lambda line: int(line["likes"]))
    folder = context.study.folder
    assert folder is not None
    assert main(["show", best["id"], str(folder), "-o", str(tmp_path / "one.png")]) == 0
    printed = capsys.readouterr().out
    half = best["likes_step"] // 2
    assert half > 0
    row = f"{best['likes']:,} {best['likes'] - half:,} "
    assert row in " ".join(printed.split())
    assert "at least" in printed.splitlines()[0]
    assert printed.splitlines()[-1].endswith("one.png")


def test_percentiles_of_likes_per_comment_leave_ads_and_silence_out(
    told: list[dict[str, Any]], context: Context
) -> None:
    last = {line["id"]: line for line in sorted(organic(told), key=lambda line: str(line["scraped_at"]))}
    ratios = sorted(line["likes"] / line["comments"] for line in last.values() if line["comments"])
    found = likes_to_comments_percentiles(context.study.ratios).set_index("name")
    assert found["n"].to_list() == [len(ratios)] * 3
    assert found["estimate"].to_dict()["tiktok p50"] == pytest.approx(median(ratios))
