"""What was found: a short list, each line one finding with what it rests on and how sure it is."""

from __future__ import annotations

from collections.abc import Callable

from analysis.report.answers import brief, growing, seen, together, unequal
from analysis.report.context import Context, beside, paragraph
from analysis.report.facts import Fact
from analysis.report.markup import Child, Html, el, join
from analysis.terms.errors import AnalysisError

KEY = "introduction"
TITLE = "What was found"

Answer = Callable[[Context], Child]
FINDINGS: tuple[tuple[str, Answer], ...] = (
    ("Fast for its age", brief.for_its_age),
    ("Fast in a day", brief.in_a_day),
    ("Audio", brief.taken_up),
    ("Creator", brief.grew),
    ("Inequality", unequal.concentration),
    ("Does a viral video bring followers?", together.event),
    ("Likes and followers", together.likes_and_followers),
    ("Posting and follower growth", together.posting_and_followers),
    ("Posting and likes", together.posting_and_likes),
    ("Likes to comments", together.comments_constant),
    ("Overflow", growing.overflow),
)


def write(context: Context) -> Html:
    """The question, then the findings; one that the data do not answer says so in its place."""
    question = paragraph(
        "TikTok's For You page chooses what each visitor sees. This report tells what it showed one anonymous "
        "visitor, run "
        "after run, and what grew unusually fast among that: which videos, audios and creators went viral, how sure "
        "that is, "
        "and whether posting often or going viral went with gaining followers. A number with a dotted line opens "
        "what it "
        "rests on: its n, its definition, its interval."
    )
    scope = context.attempt("What was seen", lambda: paragraph(seen.scope(context)))
    found = el("ul", [finding(context, *one) for one in FINDINGS], id="findings")
    return join([beside(question, scope), found])


def finding(context: Context, name: str, answer: Answer) -> Html:
    """A line: what it is about, the finding, and its n and how sure it is, as its first number tells them.

    What the data do not answer is said in as many words, and why.
    """
    before = len(context.facts.kept)
    try:
        told = _bare(join([answer(context)]))
    except AnalysisError as error:
        del context.facts.kept[before:]
        told = context.facts(
            "not answerable", name, n=error.found, definition=f"needs {error.expected}", interval="none"
        )
    return el("li", el("b", name, cls="lead"), el("span", told, cls="told"), _rests(context.facts.kept[before]))


def _bare(told: Html) -> Html:
    """*told* without a name of its own before it ("Posting and likes: "), as it stands under one already."""
    own, colon, rest = told.partition(": ")
    return Html(rest[:1].upper() + rest[1:]) if colon and "<" not in own else told


def _rests(fact: Fact) -> Html:
    """What a number rests on, in sight."""
    how_sure = "" if fact.interval == "none" else fact.interval
    return el("span", el("i", "n "), fact.n, el("br") if how_sure else None, how_sure or None, cls="sure")
