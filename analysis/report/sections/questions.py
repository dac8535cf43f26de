"""Every question of the study and its answer, or why these data do not answer it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from analysis.report.answers import aged, growing, people, seen, taken_up, together, unequal, uploaded, viral
from analysis.report.context import Context, paragraph
from analysis.report.markup import Child, Html, el, join
from analysis.terms.errors import AnalysisError

KEY = "questions"
TITLE = "The questions, and their answers"


@dataclass(frozen=True)
class Question:
    """A question, who answers it, the section that shows more, the tables and figures there by their names."""

    key: str
    text: str
    answer: Callable[[Context], Child]
    more: str
    tables: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()


QUESTIONS = (
    Question(
        "unique",
        "How many creators, audios and TikToks were seen, in how many runs?",
        seen.scope,
        "crawl",
        ("totals", "runs"),
        ("accumulation", "calendar"),
    ),
    Question("sampled", "How much of what the feed had to show was that?", seen.pool, "crawl", ("pools",)),
    Question(
        "most-followed",
        "Who was the most followed creator over time?",
        people.most_followed,
        "viral-creators",
        ("most-followed",),
    ),
    Question(
        "follower-increase",
        "Whose followers increased most?",
        people.greatest_gain,
        "viral-creators",
        ("creators",),
        ("gains-of-creators", "follower-curves"),
    ),
    Question(
        "most-tiktoks", "Which creator has most TikToks?", people.most_tiktoks, "viral-creators", ("creator-totals",)
    ),
    Question(
        "likes-per-tiktok",
        "How many likes per TikTok?",
        people.likes_per_tiktok,
        "viral-creators",
        ("creator-totals", "tiktoks"),
    ),
    Question(
        "likes-per-follower",
        "How many likes per follower?",
        people.likes_per_follower,
        "viral-creators",
        ("creator-totals",),
        ("likes-per-follower-of-creators",),
    ),
    Question("prolific", "Who was most prolific?", people.most_prolific, "viral-creators", ("creator-totals",)),
    Question("posting", "How often do creators post?", people.posting_rate, "posting", ("posting",)),
    Question(
        "audio-uses",
        "Per audio: how many TikTok-audio combinations, uses seen, likes, comments?",
        growing.audio_uses,
        "viral-audios",
        ("uses-over-time", "audios"),
        ("uses-seen",),
    ),
    Question(
        "over-time",
        "Per TikTok: how did likes, comments and shares grow, over time and per hour?",
        growing.growth,
        "viral-videos",
        ("per-hour",),
        ("change-in-likes", "counts-over-time", "likes-per-hour"),
    ),
    Question(
        "upload-times",
        "At which hours and on which weekdays were they uploaded?",
        uploaded.uploads,
        "posting",
        ("upload-hours", "upload-weekdays"),
        ("upload-hours", "upload-weekdays"),
    ),
    Question("upload-gaps", "How many days lay between uploads?", people.uploads_apart, "posting", ("upload-gaps",)),
    Question(
        "likes-to-followers",
        "What are the percentiles of likes to followers?",
        together.likes_to_followers,
        "posting",
        ("likes-to-followers",),
        ("likes-per-follower", "likes-per-follower-of-creators"),
    ),
    Question(
        "viral-videos",
        "Which videos went viral for their age?",
        viral.viral_tiktoks,
        "viral-videos",
        ("tiktoks", "measures"),
        ("rate-against-age",),
    ),
    Question(
        "outbreaks",
        "Which outbreaks were observed?",
        viral.outbreaks,
        "viral-videos",
        ("tiktoks", "measures"),
        ("rates", "change-in-likes"),
    ),
    Question(
        "first-day",
        "Which videos went viral on their first day?",
        viral.first_day,
        "viral-videos",
        ("tiktoks", "measures"),
    ),
    Question(
        "viral-audios",
        "Which audios went viral?",
        taken_up.viral_audios,
        "viral-audios",
        ("audios", "audio-measures"),
        ("uses-seen",),
    ),
    Question(
        "viral-creators",
        "Which creators went viral?",
        taken_up.viral_creators,
        "viral-creators",
        ("creators", "creator-measures"),
        ("follower-curves",),
    ),
    Question(
        "definitions",
        "Does the answer hang on the definition of viral?",
        viral.definitions,
        "viral-videos",
        ("definitions",),
        ("specification",),
    ),
    Question("ranks", "How sure are the ranks?", viral.rank_doubt, "viral-videos", ("tiktoks", "audios", "creators")),
    Question(
        "top-share",
        "What share of the likes do the top 1 % hold?",
        unequal.concentration,
        "viral-videos",
        ("inequality",),
    ),
    Question("tail", "What does the tail of likes look like?", unequal.tail, "viral-videos", ("inequality",)),
    Question(
        "event-study",
        "Does a viral video bring followers?",
        together.event,
        "viral-creators",
        ("event-pairs", "event-unusable"),
        ("event-study",),
    ),
    *(
        Question(key, text, answer, "posting", ("associations",), (together.PAIRS[pair],))
        for key, text, answer, pair in (
            (
                "likes-and-followers",
                "Do gains of likes and of followers go together?",
                together.likes_and_followers,
                "likes and followers",
            ),
            (
                "posting-and-followers",
                "Does posting often go with follower growth?",
                together.posting_and_followers,
                "posting and followers",
            ),
            ("posting-and-likes", "Does posting often go with likes?", together.posting_and_likes, "posting and likes"),
        )
    ),
    Question(
        "comments-per-creator",
        "Is likes to comments constant for a creator?",
        together.comments_constant,
        "posting",
        ("comments",),
        ("likes-per-comment",),
    ),
    Question("comments-as-grown", "Is it constant as a video grows?", together.comments_grow, "posting", ("comments",)),
    Question(
        "overflow",
        "Whose likes have overflowed, and how often at least?",
        growing.overflow,
        "overflow",
        ("overflowed",),
    ),
    Question("age", "How well does the id tell a TikTok's age?", aged.age_by_id, "data", ("age-by-id",)),
)


def write(context: Context) -> Html:
    """All of them, in the order of the 2022 study, then what was added."""
    entries = [part for question in QUESTIONS for part in _entry(context, question)]
    return join(
        [
            paragraph("Each answer links to the tables and figures that show what it rests on."),
            el("dl", entries, cls="questions"),
        ]
    )


def _entry(context: Context, question: Question) -> list[Html]:
    try:
        told, answered = join([question.answer(context)]), "yes"
    except AnalysisError as error:
        told, answered = (
            join([el("b", "Not answerable: "), f"it needs {error.expected}; found: {error.found}."]),
            "no",
        )
    return [
        el("dt", question.text, id=f"question-{question.key}"),
        el("dd", told, " ", _more(context, question), data_question=question.key, data_answered=answered),
    ]


def _more(context: Context, question: Question) -> Html:
    """Links to what the answer rests on: what of it these data gave, and the section it stands in."""
    figures = [context.figures.named[key] for key in question.figures if key in context.figures.named]
    links = [
        *[el("a", f"table {name}", href=f"#{key}") for name, key in _drawn(context, question)],
        *[el("a", f"figure {number}", href=f"#figure-{number}") for number in figures],
        el("a", "section", href=f"#{question.more}", aria_label=f"The section on: {question.text}"),
    ]
    return el("span", "More: ", join(links, ", "), ".", cls="soft")


def _drawn(context: Context, question: Question) -> list[tuple[str, str]]:
    """(name, id) of the question's tables that are in this report."""
    return [(name, context.tables.drawn[name]) for name in question.tables if name in context.tables.drawn]
