"""The text of a whole report: every number in it opens what it rests on, every question leads to what shows more."""

from __future__ import annotations

import re

import pytest

from analysis.load import load
from analysis.report.build import build
from analysis.report.sections.questions import QUESTIONS
from analysis.report.study import Study
from tests.analysis.report.report_ads import with_ads
from tests.analysis.report.report_lines import lines, write
from tests.analysis.report.report_plain import Allowed, plain_numbers, sentences
from tests.analysis.report.test_markup import Read
from tests.analysis.report.test_report import unpainted

# What stands plain is no finding: words of a definition, the site's own rules, the names of percentiles.
ALLOWED = (
    Allowed(r"\b99 %", "the level of every verdict, part of what viral means"),
    Allowed(r"top 1 %", "whose share is asked for"),
    Allowed(r"per 1,000 sightings", "the unit of uses seen"),
    Allowed(r"likes grow by 1 %|; 1 would be a constant ratio", "the unit of a slope, and what it would mean"),
    Allowed(r"\(100 % would be", "what the greatest ICC would mean"),
    Allowed(r"\b(5|50|95)th percentile is", "the names of percentiles; what they are opens its note"),
    Allowed(r"\b36 hours", "how young the first-day measure must see a TikTok"),
    Allowed(r"\b24 hours", "how far apart two counts of a creator must lie", ("viral-creators",)),
    Allowed(r"log10", "the name of a function", ("viral-videos", "methods")),
    Allowed(r"\b2022\b", "the study before this one, by its year", ("overflow", "posting")),
    Allowed(r"below 10,000 whole|to 100 below|to 100,000 below", "how the site prints counts", ("data",)),
    Allowed(r"above 10,000 are told rounded", "how the site prints counts", ("viral-creators",)),
    Allowed(r"32-bit|2\^32", "the type that overflows", ("overflow", "methods")),
    Allowed(r"2,147,483,647|4,294,967,29[56]", "the edges of that type", ("overflow",)),
    Allowed(r"-1934013585 and -2131727774 likes", "what the site showed in 2022", ("overflow",)),
    Allowed(r"2,360,953,711 and 2,163,239,522", "what these stand for: the worked example", ("overflow",)),
    Allowed(r"s/2 below to s/2 - 1 above", "the formula of bounds", ("methods",)),
    Allowed(r"Chao2", "the name of an estimator", ("methods",)),
    Allowed(r"the 60 definitions", "the cells of the specification curve", ("methods",)),
    Allowed(r"in the 7 days after|of the 7 before", "the window of the event study", ("methods",)),
    Allowed(r"comments of 20 or more", "the least comments a ratio rests on", ("methods",)),
    Allowed(r"Intervals hold 95 %", "the level of every interval", ("methods",)),
    Allowed(r"from seed 1\b", "what was drawn at random", ("methods",)),
    Allowed(r"whose sha256 is", "the name of a hash", ("downloads",)),
)


@pytest.fixture(scope="module")
def html(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = write(tmp_path_factory.mktemp("text"), with_ads(lines(tiktoks=300, runs=14)))
    return build(Study(load(folder), folder), unpainted())


def test_the_file_answers_nearly_every_question_so_that_the_listing_sees_its_text(html: str) -> None:
    assert set(re.findall(r'data-question="([^"]+)" data-answered="no"', html)) <= {
        "event-study",
        "likes-and-followers",  # rounding takes too much of it here
        "top-share",  # of 289 likes with so heavy a tail it is 33 to 100 %
    }


def test_every_number_of_the_text_opens_what_it_rests_on(html: str) -> None:
    assert plain_numbers(html, ALLOWED) == []


def test_nothing_is_allowed_that_does_not_occur(html: str) -> None:
    told = sentences(html)
    idle = [
        one.words for one in ALLOWED if all(one.without(section, sentence) == sentence for section, sentence in told)
    ]
    assert idle == []
    assert all(one.why for one in ALLOWED)


def test_the_listing_of_plain_numbers_finds_them() -> None:
    page = (
        '<section id="x"><p>of the 513, <button>7</button><span class="note">8 <i>9</i></span> and (58 %)</p></section>'
    )
    assert [word for _, word, _ in plain_numbers(page)] == ["513,", "(58"]
    allowed = Allowed(r"of the 513", "a test", ("x",))
    assert [word for _, word, _ in plain_numbers(page, [allowed])] == ["(58"]
    assert len(plain_numbers(page.replace("of the", "of his"), [allowed])) == 2
    assert len(plain_numbers(page.replace('"x"', '"y"'), [allowed])) == 2


def test_each_answer_links_to_tables_and_figures_of_this_report(html: str) -> None:
    targets = set(re.findall(r' id="([^"]+)"', html))
    answers = re.findall(r'<dd data-question="([^"]+)" data-answered="(\w+)">(.*?)</dd>', html, re.DOTALL)
    told = {key: (answered, answer) for key, answered, answer in answers}
    assert set(told) == {question.key for question in QUESTIONS}
    for question in QUESTIONS:
        answered, answer = told[question.key]
        links = re.findall(r'href="#([^"]+)"', answer)
        assert set(links) <= targets
        if answered == "yes":
            assert {f"table-{name}" for name in question.tables} <= set(links), question.key
            assert sum(link.startswith("figure-") for link in links) == len(question.figures), question.key
            assert any(link.startswith("table-") for link in links), question.key


def test_each_answer_opens_n_definition_and_interval(html: str) -> None:
    for key, answer in re.findall(r'<dd data-question="([^"]+)" data-answered="yes">(.*?)</dd>', html, re.DOTALL):
        notes = re.findall(r'<span popover="auto"[^>]*class="note">(.*?)</span></span>', answer, re.DOTALL)
        assert notes, key
        for note in notes:
            parts = re.findall(r"<i>(\w+): </i>([^<]+)", note + "</span>")
            assert [name for name, said in parts if said.strip()] == ["n", "definition", "interval"], key


def test_each_reference_is_cited_and_each_citation_leads_to_one(html: str) -> None:
    section = html[html.index('<section id="methods">') : html.index('<section id="numbers">')]
    cited = set(re.findall(r'<a href="#reference-(\d+)">\1</a>', section))
    assert cited == set(re.findall(r'<li id="reference-(\d+)">', section))
    assert re.findall(r"\[\d", section) == []  # none that is no link


def test_viral_audios_are_not_said_to_beat_the_share_that_ties_make_untrue(html: str) -> None:
    findings = Read(html[html.index('<ul id="findings">') : html.index('<section id="crawl">')]).text
    assert "taken up faster than" not in findings


def test_counts_over_time_and_ratios_are_drawn(html: str) -> None:
    for caption in (
        "Likes, comments and shares over time of the greatest observed outbreak",
        "Likes of a TikTok per comment",
        "All likes of a creator per follower",
        "Uses seen, likes and comments over time",
    ):
        assert caption in html
