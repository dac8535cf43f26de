"""What was found, in one paragraph of numbers."""

from __future__ import annotations

from collections.abc import Callable

from analysis.errors import AnalysisError
from analysis.report.context import Context, paragraph
from analysis.report.markup import Child, Html, el, join
from analysis.report.wording import day, interval, number, share, short
from analysis.report.sections import answers

KEY = "introduction"
TITLE = "Introduction"


def write(context: Context) -> Html:
    """The question, then the findings; a clause that the data do not answer says so in place."""
    question = paragraph(
        "TikTok's For You page chooses what each visitor sees. This report tells what it chose to show one anonymous visitor, "
        "run after run, and what grew unusually fast among that: which videos, audios and creators went viral, how sure that "
        "is, and whether posting often or going viral went with gaining followers. Each number with a dotted line opens its n, "
        "its definition and its interval."
    )
    clauses: list[Callable[[Context], Child]] = [
        answers.scope,
        answers.coverage,
        answers.viral_tiktoks,
        answers.viral_audios,
        answers.viral_creators,
        answers.concentration,
        answers.event,
        answers.posting_and_followers,
        answers.likes_and_followers,
        answers.comments_constant,
        answers.overflow,
    ]
    found = [clause(context, write_clause) for write_clause in clauses]
    return join([question, el("p", join(found, " "), id="findings")])


def clause(context: Context, write_clause: Callable[[Context], Child]) -> Html:
    """One sentence; what the data do not answer is said in as many words."""
    try:
        return join([write_clause(context)])
    except AnalysisError as error:
        name = write_clause.__name__.replace("_", " ")
        return join([f"{name[:1].upper()}{name[1:]}: ", el("span", "not answerable", title=str(error), cls="missing"), "."])
