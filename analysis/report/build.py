"""Puts the report together: every section in the paper's order, then the page around them."""

from __future__ import annotations

from types import ModuleType

from analysis.report.ahead import begin
from analysis.report.answers import seen
from analysis.report.context import Context, not_answerable
from analysis.report.figures import Figures
from analysis.report.later import Workers, processors
from analysis.report.markup import Child, Html, el, join
from analysis.report.page import Section, page
from analysis.report.sections import (
    audios,
    crawl,
    creators,
    downloads,
    introduction,
    limits,
    methods,
    numbers,
    overflow,
    overview,
    posting,
    questions,
    scraped,
    tiktoks,
)
from analysis.report.study import Study
from analysis.report.tables import Tables
from analysis.terms.errors import AnalysisError

# What a reader looks for first, then as the 2022 paper was laid out. Numbers and downloads gather from the others,
# so they come last.
SECTIONS: tuple[ModuleType, ...] = (
    overview,
    introduction,
    crawl,
    scraped,
    overflow,
    tiktoks,
    audios,
    creators,
    posting,
    questions,
    limits,
    methods,
    numbers,
    downloads,
)
ZONE_ASSUMED = (
    "Local times without a zone are in the file and were taken for UTC, so every hour of day and every age may be off, "
    "and what went viral for its age with them: write this report anew with --naive-zone."
)
SIMULATED = (
    "Simulated data: the people, TikToks and numbers of this report are a program's. It says nothing about TikTok, and "
    "its links lead to addresses that the program made up."
)


def build(study: Study, figures: Figures | None = None, processes: int | None = None) -> str:
    """The report on *study* as HTML; the same data give the same text.

    figures: draws them, anew numbered, if given. processes: how many work at once (default: one a processor).
    """
    workers = Workers(processes or processors())
    tables = Tables(study.simulated, ads_told=not study.ads_untold, workers=workers)
    context = Context(study, tables=tables, figures=figures or Figures(study.simulated, workers))
    begin(study, workers)
    try:
        top = lead(context)
        sections = [_section(context, section) for section in SECTIONS]
        study.progress("pictures and tables")
        return workers.filled(page(title(study), top, sections, foot(study)))
    finally:
        workers.close()
        study.ahead.clear()


def title(study: Study) -> str:
    """The title; it says where everything is simulated."""
    return f"{'Simulated: ' if study.simulated else ''}What went viral on TikTok's For You page"


def lead(context: Context) -> Html:
    """What stands under the title: what this is of, and the banner where it is simulated."""
    told: Child = "no usable sighting"
    if not context.study.sightings.empty:
        looked = context.attempt("Coverage", lambda: seen.coverage(context))
        told = [el("b", seen.period(context)), ". ", looked]
    banner = el("p", SIMULATED, cls="simulated", role="note") if context.study.simulated else None
    zone = el("p", ZONE_ASSUMED, cls="warning", role="note") if context.study.loaded.report.zone_assumed else None
    return join([banner, el("p", told, cls="period"), zone])


def foot(study: Study) -> Html:
    """Which data this is about."""
    report = study.loaded.report
    data = el("code", report.sha256)
    made = "Made by tiktok_scraper's analysis from the "
    if len(report.files) > 1:
        return el("p", made, "files of lines whose sha256 is ", data, ".")
    return el("p", made, "tiktoks.jsonlines whose sha256 is ", data, ".")


def _section(context: Context, section: ModuleType) -> Section:
    context.study.progress(section.TITLE)
    try:
        body: Html = section.write(context)
    except AnalysisError as error:
        body = not_answerable(section.TITLE, error)
    return Section(section.KEY, section.TITLE, body)
