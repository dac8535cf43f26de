"""What the answers say: against loops over the file's lines, with ads, with fields that nobody told."""

from __future__ import annotations

from math import comb
from pathlib import Path
from typing import Any

import pytest

from analysis.creators import measures as creator_measures
from analysis.load import load
from analysis.report.answers import growing, people, seen
from analysis.report.context import Context
from analysis.report.markup import Child, join
from analysis.report.sections import creators as creators_section
from analysis.report.study import Study
from analysis.report.wording import short
from tests.analysis.report_lines import lines, write
from tests.analysis.test_report_markup import Read

AUDIO = ("audio", "audio_url", "audio_id")
ADVERTISER = "advertiser"


def context_of(folder: Path, told: list[dict[str, Any]]) -> Context:
    return Context(Study(load(write(folder, told)), folder))


def text(child: Child) -> str:
    """What a reader reads, notes and all."""
    return " ".join(Read(join([child])).text.split())


def advertised(line: dict[str, Any], which: int, run: int) -> dict[str, Any]:
    """An ad, shown where *line* was, by one who would lead every ranking of creators and TikToks."""
    number = int(line["id"]) + 1_000_000 + which
    counts = {"user_followers": 500_000_000 + 9_000_000 * run, "user_videos": 900_000, "user_likes": 1_000_000_000}
    counts |= {"likes": 50_000_000 * (run + 1), "comments": 900_000 * (run + 1), "shares": 700_000 * (run + 1)}
    return (
        line
        | counts
        | {f"{name}_step": 100_000 for name in counts}
        | {
            "id": str(number),
            "url": f"https://www.tiktok.com/@{ADVERTISER}/video/{number}",
            "username": f"https://www.tiktok.com/@{ADVERTISER}",
            "creator_id": "6999999999999999999",
            "position": 900 + which,
            "ad": True,
        }
    )


@pytest.fixture(scope="module")
def told() -> list[dict[str, Any]]:
    """Runs over three days, in each of which one advertiser shows three ads of its own twenty."""
    organic = lines(tiktoks=130, runs=14)
    firsts: dict[str, dict[str, Any]] = {}
    for line in organic:
        firsts.setdefault(line["run"], line)
    ads = [
        advertised(
            organic[0] | {name: line[name] for name in ("run", "scraped_at", "shown_at", "user_scraped_at")}, n, run
        )
        for run, line in enumerate(firsts.values())
        for n in {run % 20, (run + 1) % 20, 19}
    ]
    return [*organic, *ads]


@pytest.fixture(scope="module")
def context(told: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> Context:
    return context_of(tmp_path_factory.mktemp("answers"), told)


def organic(told: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The lines of TikToks never seen as ads."""
    ads = {line["id"] for line in told if line["ad"]}
    return [line for line in told if line["id"] not in ads]


def test_a_file_that_names_no_audio_says_so(tmp_path: Path) -> None:
    silent = [{**line, **dict.fromkeys(AUDIO)} for line in lines(tiktoks=12, runs=3)]
    context = context_of(tmp_path, silent)
    assert "audios not told" in text(seen.scope(context))
    assert "Uses seen: not answerable." in text(context.attempt("Uses seen", lambda: growing.audio_uses(context)))


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
    without = len({line["username"] for line in told if not line["ad"]})
    everyone = len({line["username"] for line in told})
    assert without < everyone
    measures = creator_measures(context.study.creators).set_index("ads")
    assert (int(measures.loc["out", "of"]), int(measures.loc["in", "of"])) == (without, everyone)
    assert int(measures.loc["in", "n"]) > int(measures.loc["out", "n"])
    assert "with them" in rows


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
