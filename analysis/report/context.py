"""What a section writes with: the measures, and the keepers of numbers, tables and figures of this one report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from analysis.report.facts import Facts
from analysis.report.figures import Figures
from analysis.report.markup import Child, Html, el, join
from analysis.report.study import Study
from analysis.report.tables import Tables
from analysis.report.wording import interval, number
from analysis.statistics.intervals import Estimate
from analysis.terms.errors import AnalysisError


@dataclass
class Context:
    """One report in the making."""

    study: Study
    facts: Facts = field(default_factory=Facts)
    tables: Tables = field(default_factory=Tables)
    figures: Figures = field(default_factory=Figures)

    def attempt(self, what: str, write: Callable[[], Child]) -> Html:
        """What *write* writes; where the data do not answer it (AnalysisError), that and why; the report goes on."""
        try:
            return join([write()])
        except AnalysisError as error:
            return not_answerable(what, error)

    def estimate(self, told: Estimate, what: str, form: Callable[[Any], str] = number) -> Html:
        """An estimate as a number of the text; "not answerable" where the data gave none."""
        n = f"{told.n:,} of {told.of:,}"
        level = f"{number(told.level * 100)} %"
        if not told.answerable:
            why = "the data give no number"
            if told.lacks is not None:
                why = f"{interval(told.low, told.high, form, level)}, which is no answer: {told.lacks}"
            return self.facts("not answerable", what, n=n, definition=told.definition, interval=why)
        return self.facts(
            form(told.estimate),
            what,
            n=n,
            definition=told.definition,
            interval=interval(told.low, told.high, form, level),
        )


def not_answerable(what: str, error: AnalysisError) -> Html:
    """A question these data do not answer, and why."""
    told = f" It needs {error.expected}; found: {error.found}."
    return el("div", el("p", el("b", f"{what}: not answerable."), told), cls="unanswerable")


def paragraph(*children: Child) -> Html:
    """A paragraph of text; a div, because the notes of its numbers stand within it."""
    return el("p", *children)


def beside(*children: Child) -> Html:
    """Texts and figures next to each other where the screen has room, else one below the other."""
    told = [join([child]) for child in children]
    return el("div", [el("div", child) for child in told if child], cls="beside")


def folded(title: str, *children: Child) -> Html:
    """What only some readers look for, under its title until it is opened, searched, linked to or printed."""
    return el("details", el("summary", title), *children)
