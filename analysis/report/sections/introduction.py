"""What was found, in one paragraph of numbers."""

from __future__ import annotations

from collections.abc import Callable

from analysis.report.answers import growing, seen, taken_up, together, unequal, viral
from analysis.report.context import Context, paragraph
from analysis.report.markup import Child, Html, el, join
from analysis.terms.errors import AnalysisError

KEY = "introduction"
TITLE = "Introduction"

Answer = Callable[[Context], Child]
FINDINGS: tuple[tuple[str, Answer], ...] = (
    ("What was seen", seen.scope),
    ("Coverage", seen.coverage),
    ("Viral videos", viral.viral_tiktoks),
    ("Observed outbreaks", viral.outbreaks),
    ("Viral audios", taken_up.viral_audios),
    ("Viral creators", taken_up.viral_creators),
    ("Inequality", unequal.concentration),
    ("Whether a viral video brings followers", together.event),
    ("Likes and followers", together.likes_and_followers),
    ("Posting and follower growth", together.posting_and_followers),
    ("Posting and likes", together.posting_and_likes),
    ("Likes to comments", together.comments_constant),
    ("Overflow", growing.overflow),
)


def write(context: Context) -> Html:
    """The question, then the findings; a clause that the data do not answer says so in its place."""
    question = paragraph(
        "TikTok's For You page chooses what each visitor sees. This report tells what it showed one anonymous "
        "visitor, run "
        "after run, and what grew unusually fast among that: which videos, audios and creators went viral, how sure "
        "that is, "
        "and whether posting often or going viral went with gaining followers. A number with a dotted line opens "
        "what it "
        "rests on: its n, its definition, its interval."
    )
    return join([question, el("p", join((clause(context, *finding) for finding in FINDINGS), " "), id="findings")])


def clause(context: Context, name: str, answer: Answer) -> Html:
    """What it is about, set apart to be found by, then a sentence or a few of its numbers.

    What the data do not answer is said in as many words, and why, as that number's note.
    """
    try:
        return _led(name, join([answer(context)]))
    except AnalysisError as error:
        told = context.facts(
            "not answerable", name, n=error.found, definition=f"needs {error.expected}", interval="none"
        )
        return _led(name, join([told, "."]))


def _led(name: str, told: Html) -> Html:
    """*told* after its name; where it begins with a name of its own ("Posting and likes: "), after that."""
    own, colon, rest = told.partition(": ")
    if colon and "<" not in own:
        return join([el("b", own + colon.rstrip(), cls="lead"), " ", Html(rest)])
    return join([el("b", f"{name}:", cls="lead"), " ", told])
