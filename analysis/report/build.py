"""Puts the report together: every section in the paper's order, then what they offered, then the page around them."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType

from analysis.report.context import Context
from analysis.report.figures import Figures
from analysis.report.markup import Html, el
from analysis.report.page import Section, page
from analysis.report.sections import (
    conditions,
    crawl,
    creators,
    downloads,
    introduction,
    limits,
    methods,
    numbers,
    overflow,
    posting,
    questions,
    scraped,
    tiktoks,
    audios,
)
from analysis.report.study import Study
from analysis.report.tables import Tables

# As the 2022 paper was laid out; what stands in all of them (numbers, downloads) comes last, when it is known.
SECTIONS: tuple[ModuleType, ...] = (
    introduction,
    crawl,
    conditions,
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


def build(study: Study, progress: Callable[[str], None] = lambda _: None) -> str:
    """The report on *study* as HTML; the same study gives the same text."""
    simulated = study.simulated
    context = Context(study, tables=Tables(simulated), figures=Figures(simulated))
    written = []
    for section in SECTIONS:
        progress(section.TITLE)
        body = context.attempt(section.TITLE, lambda section=section: section.write(context))
        written.append(Section(section.KEY, section.TITLE, body))
    return page(title(study), lead(study), written, foot(study))
