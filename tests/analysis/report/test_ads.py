"""TikToks ever seen as ads are in no ranking of the report, its files or the notebooks; they are counted apart."""

from __future__ import annotations

import base64
import csv
import gzip
import io
import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analysis.counts.bounds import with_bounds
from analysis.engines import scale
from analysis.load import load
from analysis.measures import ads, creators, posting
from analysis.report.answers import seen
from analysis.report.build import build
from analysis.report.context import Context
from analysis.report.markup import join
from analysis.report.study import Study
from analysis.report.tables import Ads
from tests.analysis.report.report_ads import ADVERTISER, organic, with_ads
from tests.analysis.report.report_lines import lines, write
from tests.analysis.report.test_markup import Read
from tests.analysis.report.test_report import unpainted

# Of runs, lines, fields or numbers; a TikTok more or less would not change them.
NOT_ABOUT = {"conditions", "changes", "bad-lines", "numbers", "versions"}
RANKED = {"tiktoks": ("excess_rank", "outbreak_rank", "first_day_rank"), "audios": ("new_rank",),
          "creators": ("viral_rank", "gain_rank", "followed_rank", "prolific_rank")}  # fmt: skip


@pytest.fixture(scope="module")
def told() -> list[dict[str, Any]]:
    return with_ads(lines(tiktoks=130, runs=8))


@pytest.fixture(scope="module")
def study(told: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> Study:
    folder = write(tmp_path_factory.mktemp("ads"), told)
    return Study(load(folder), folder)


@pytest.fixture(scope="module")
def html(study: Study) -> str:
    return build(study, unpainted())


@pytest.fixture(scope="module")
def files(html: str) -> dict[str, list[dict[str, str]]]:
    """Name -> rows of each CSV of the report."""
    links = re.findall(r'href="data:application/gzip;base64,([^"]*)" download="simulated-([^"]+)\.csv\.gz"', html)
    unpacked = {name: gzip.decompress(base64.b64decode(data)).decode("utf-8-sig") for data, name in links}
    return {name: list(csv.DictReader(io.StringIO(text, newline=""))) for name, text in unpacked.items()}


def test_the_ads_would_win_were_they_in(told: list[dict[str, Any]]) -> None:
    """Else the rest of this file would prove nothing."""
    ids = {line["id"] for line in organic(told)}
    most = sorted(told, key=lambda line: int(line["likes"]))[-20:]
    assert ids.isdisjoint(line["id"] for line in most)
    once = [line["ad"] for line in told if line["id"] == most[-1]["id"]]
    assert sorted(once) == [False] * (len(once) - 1) + [True]


def test_no_ad_has_a_rank_in_any_file(told: list[dict[str, Any]], files: dict[str, list[dict[str, str]]]) -> None:
    paid = {line["id"] for line in told if line["ad"]}
    rows = files["tiktoks"]
    assert {row["id"] for row in rows if row["ad"] == "True"} == paid
    assert all(row[rank] == "" for row in rows if row["id"] in paid for rank in RANKED["tiktoks"])
    assert [row["id"] in paid for row in rows] == sorted(row["id"] in paid for row in rows)  # they come last
    for name, others in files.items():
        if name != "tiktoks":
            assert paid.isdisjoint(cell for row in others for cell in row.values()), name


@pytest.mark.parametrize("name", RANKED)
def test_ranks_and_their_ends_are_columns_of_plain_numbers(name: str, files: dict[str, list[dict[str, str]]]) -> None:
    bounded = {"tiktoks": "likes_last", "audios": "new_rate", "creators": "followers_last"}[name]
    for rank in RANKED[name]:
        rows = [row for row in files[name] if row[rank]]
        assert rows
        if f"{rank}_best" in rows[0]:
            assert all(int(row[f"{rank}_best"]) <= int(row[rank]) <= int(row[f"{rank}_worst"]) for row in rows)
            assert all(
                float(row[f"{bounded}_lo"]) <= float(row[bounded]) <= float(row[f"{bounded}_hi"]) for row in rows
            )


def test_who_shows_nothing_but_ads_is_in_no_table_of_creators(html: str) -> None:
    tables = re.findall(r'<div class="scroll"[^>]*id="table-([\w-]+)"[^>]*>(.*?)</table>', html, re.DOTALL)
    assert len(tables) > 20
    naming = {name for name, table in tables if ADVERTISER in Read(table).text}
    assert naming <= {"numbers"}


def test_a_creator_of_both_is_counted_without_the_ads(
    told: list[dict[str, Any]], files: dict[str, list[dict[str, str]]]
) -> None:
    both = {line["username"] for line in told if line["ad"]} & {line["username"] for line in organic(told)}
    assert both
    rows = {row["username"]: row for row in files["creators"]}
    totals = {f"https://www.tiktok.com/@{row['creator']}": row for row in files["creator-totals"]}
    for username in both:
        own = sorted((line for line in organic(told) if line["username"] == username), key=lambda x: x["scraped_at"])
        row = rows[username]
        assert int(row["sightings"]) == len(own)
        assert int(row["tiktoks"]) == len({line["id"] for line in own})
        assert int(row["followers_last"]) == own[-1]["user_followers"]
        assert int(row["followers_gain"] or 0) == own[-1]["user_followers"] - own[0]["user_followers"]
        assert totals[username]["user_videos"] == str(own[-1]["user_videos"])


def test_an_ad_brings_no_creator_to_an_audio(
    told: list[dict[str, Any]], files: dict[str, list[dict[str, str]]]
) -> None:
    seen: dict[str, set[str]] = {}
    ads_seen: dict[str, set[str]] = {}
    fair = {line["id"] for line in organic(told)}
    for line in told:
        (seen if line["id"] in fair else ads_seen).setdefault(line["audio_id"], set()).add(line["id"])
    for row in files["audios"]:
        assert int(row["tiktoks"]) == len(seen.get(row["audio_key"], ()))
        assert int(row["ad_tiktoks"]) == len(ads_seen.get(row["audio_key"], ()))


def test_notebooks_and_report_measure_the_same(study: Study) -> None:
    """By the cells of the notebooks, on the same file."""
    sightings = ads.marked(with_bounds(study.loaded.sightings))
    ranked = ads.left_out(sightings)
    rows = creators.ranked(scale.rows(creators.creator_rows, ranked, "creator"))
    pd.testing.assert_frame_equal(rows, study.creators)
    pd.testing.assert_frame_equal(scale.rows(posting.posting_rows, ranked, "creator"), study.posting)


def test_every_table_says_whether_ads_are_in(html: str) -> None:
    captions = dict(re.findall(r'id="table-([\w-]+)"><table[^>]*><caption>(.*?)</caption>', html))
    assert len(captions) > 20
    words = tuple(told for told in Ads if told)
    silent = {name for name, caption in captions.items() if not caption.endswith(words)}
    assert silent <= NOT_ABOUT


def test_the_ads_are_counted_where_it_is_told_how_much_was_seen(told: list[dict[str, Any]], html: str) -> None:
    paid = {line["id"] for line in told if line["ad"]}
    findings = Read(html[html.index('<section id="introduction">') : html.index('<ul id="findings">')]).text
    assert f"Of these TikToks {len(paid)}" in " ".join(findings.split())
    assert "were ads and in no ranking." in findings


def test_where_nobody_told_what_was_an_ad_nothing_is_said_to_be_left_out(
    told: list[dict[str, Any]], tmp_path: Path
) -> None:
    """As in the files of 2022."""
    folder = write(tmp_path, [{**line, "ad": None} for line in told])
    html = build(Study(load(folder), folder), unpainted())
    findings = Read(html[html.index('<section id="introduction">') : html.index('<ul id="findings">')]).text
    assert "Which of them were ads nobody told, so none of them is left out." in findings
    assert "as far as it is told what was one" in html
    assert "were ads and in no ranking" not in findings


def test_of_how_many_it_is_not_told_is_told(told: list[dict[str, Any]], tmp_path: Path) -> None:
    silent = {line["id"] for line in organic(told)[:9]}
    folder = write(tmp_path, [{**line, "ad": None if line["id"] in silent else line["ad"]} for line in told])
    study = Study(load(folder), folder)
    assert study.ads_untold == len(silent)
    assert f"of {len(silent)}" in " ".join(Read(join([seen.scope(Context(study))])).text.split())
