"""Who went most viral, as cards and as findings: those of the rankings, with what these know of how sure they are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from scipy.stats import chi2

from analysis.load import load
from analysis.report.answers import brief, most
from analysis.report.cards import SHOWN, Card, tiles, trio
from analysis.report.context import Context
from analysis.report.markup import Html, join
from analysis.report.sections import introduction, overview
from analysis.report.study import Study
from analysis.terms.definitions import RANKED_AT_LEAST
from analysis.terms.errors import AnalysisError
from tests.analysis.report.report_lines import lines, write
from tests.analysis.report.test_markup import Read
from tests.analysis.report.test_report import unpainted


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Context:
    folder = write(tmp_path_factory.mktemp("cards"), lines(tiktoks=150, runs=10))
    return Context(Study(load(folder), folder), figures=unpainted())


@pytest.fixture
def little(tmp_path: Path) -> Context:
    folder = write(tmp_path, lines(tiktoks=6, runs=1))
    return Context(Study(load(folder), folder), figures=unpainted())


def text(*children: object) -> str:
    return " ".join(Read(join(children)).text.split())  # type: ignore[arg-type]


def test_the_cards_are_the_first_of_each_ranking(context: Context) -> None:
    rows = context.study.verdicts.rows
    best = rows[rows["outbreak_lo"] > 0].nlargest(SHOWN, "outbreak_lo")
    cards = most.tiktoks(context)
    assert [text(card.name)[-6:] for card in cards] == [str(key)[-6:] for key in best["id"]]
    audios, _ = context.study.audio_verdicts
    first = audios[audios["new_rank"] == 1]["audio_url"]
    assert str(re.search('href="([^"]+)"', join([most.audios(context)[0].name]))[1]) in set(first)  # type: ignore[index]
    growth = context.study.creators.set_index("creator")["log_gain_per_day_lo"].dropna().sort_values(ascending=False)
    names = [text(card.name) for card in most.creators(context)]
    assert [growth[name.removeprefix("@")] for name in names] == list(growth.head(len(names)))


def test_each_card_has_a_course_a_gain_and_how_sure_it_is(context: Context) -> None:
    for cards in (most.tiktoks(context), most.audios(context), most.creators(context)):
        assert len(cards) == SHOWN
        for card in cards:
            assert '<path d="M' in card.course
            assert re.match(r"\+\d", text(card.gain))
            assert re.match(r"(within|exactly) .*(anywhere from rank \d+ to \d+|surely number \d+)", text(card.sure))
            assert join([card.gain, card.sure]).count('class="fact"') == 3


def test_a_gain_known_exactly_is_not_told_as_the_least(context: Context) -> None:
    for card in (*most.tiktoks(context), *most.creators(context)):
        assert ("at least" in card.of) is text(card.sure).startswith("within")


def test_an_audios_interval_is_of_the_new_creators_on_its_card(context: Context) -> None:
    """Garwood's exact interval of a Poisson count k: chi-squared quantiles of 2k and of 2k + 2 degrees of freedom."""
    for card in most.audios(context):
        new = int(re.match(r"\+(\d+)", text(card.gain))[1])  # type: ignore[index]
        low, high = chi2.ppf(0.025, 2 * new) / 2, chi2.ppf(0.975, 2 * new + 2) / 2
        assert f"within {low:.0f}\u2013{high:.0f} (95 %)" in text(card.sure)


def test_where_too_few_creators_were_compared_none_is_called_viral(context: Context) -> None:
    """The text answers the same: "Which creators went viral? Not answerable"."""
    told = Read(overview.write(context)).text
    few = bool(context.study.creators["viral_rank"].notna().sum() < RANKED_AT_LEAST)
    assert ("Most viral creators" in told) is not few
    assert ("Creators that grew most" in told) is few


def test_what_one_run_cannot_tell_is_not_made_up(little: Context) -> None:
    for cards in (most.tiktoks, most.audios):
        with pytest.raises(AnalysisError):
            cards(little)
    for finding in (brief.for_its_age, brief.in_a_day, brief.taken_up, brief.grew):
        with pytest.raises(AnalysisError):
            finding(little)
    told = overview.write(little)
    assert "Most viral TikToks: not answerable." in Read(told).text
    assert 4 <= told.count('class="tile"') <= 6


def test_a_finding_tells_what_its_first_number_rests_on(context: Context) -> None:
    kept = len(context.facts.kept)
    line = Read(introduction.finding(context, "Fast in a day", brief.in_a_day)).text
    fact = context.facts.kept[kept]
    assert fact.n in line
    assert line.endswith(fact.interval)


def test_a_finding_without_an_answer_leaves_no_number_behind(context: Context) -> None:
    def half(made: Context) -> Html:
        made.facts("7", "seven", n="1", definition="d", interval="i")
        raise AnalysisError(expected="more runs", found="one run", where="x", next_step="y")

    kept = len(context.facts.kept)
    line = Read(introduction.finding(context, "Something", half)).text
    assert "not answerable" in line
    assert "one run" in line
    assert [fact.what for fact in context.facts.kept[kept:]] == ["Something"]


def test_names_in_cards_are_names() -> None:
    bad = Card(name="<b>", course=Html("<svg></svg>"), gain="+1", of="<i>", sure="<u>", under="<s>")
    read = Read(trio("<h1>", "<q>", [bad], "x"))
    assert not {"b", "i", "u", "s", "h1", "q"} & set(read.tags)
    assert tiles([("1", "<b>")]).count("&lt;b&gt;") == 1
