"""Every question of the study and its answer, or why these data do not answer it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from analysis.errors import AnalysisError
from analysis.report.answers import growing, people, seen, taken_up, together, unequal, viral
from analysis.report.context import Context, paragraph
from analysis.report.markup import Child, Html, el, join

KEY = "questions"
TITLE = "The questions, and their answers"


@dataclass(frozen=True)
class Question:
    """A question, who answers it, and the section that shows more."""

    key: str
    text: str
    answer: Callable[[Context], Child]
    more: str


QUESTIONS = (
    Question("unique", "How many creators, audios and TikToks were seen, in how many runs?", seen.scope, "crawl"),
    Question("sampled", "How much of what the feed had to show was that?", seen.pool, "crawl"),
    Question("most-followed", "Who was the most followed creator over time?", people.most_followed, "viral-creators"),
    Question("follower-increase", "Whose followers increased most?", people.greatest_gain, "viral-creators"),
    Question("most-tiktoks", "Which creator has most TikToks?", people.most_tiktoks, "posting"),
    Question("likes-per-tiktok", "How many likes per TikTok?", people.likes_per_tiktok, "posting"),
    Question("likes-per-follower", "How many likes per follower?", people.likes_per_follower, "posting"),
    Question("prolific", "Who was most prolific?", people.most_prolific, "viral-creators"),
    Question("posting", "How often do creators post?", people.posting_rate, "posting"),
    Question(
        "audio-uses",
        "Per audio: how many TikTok-audio combinations, uses seen, likes, comments?",
        growing.audio_uses,
        "viral-audios",
    ),
    Question(
        "over-time",
        "Per TikTok: how did likes, comments and shares grow, over time and per hour?",
        growing.growth,
        "viral-videos",
    ),
    Question("upload-times", "At which hours and on which weekdays were they uploaded?", seen.uploads, "posting"),
    Question("upload-gaps", "How many days lay between uploads?", people.uploads_apart, "posting"),
    Question(
        "likes-to-followers", "What are the percentiles of likes to followers?", together.likes_to_followers, "posting"
    ),
    Question("viral-videos", "Which videos went viral for their age?", viral.viral_tiktoks, "viral-videos"),
    Question("outbreaks", "Which outbreaks were observed?", viral.outbreaks, "viral-videos"),
    Question("first-day", "Which videos went viral on their first day?", viral.first_day, "viral-videos"),
    Question("viral-audios", "Which audios went viral?", taken_up.viral_audios, "viral-audios"),
    Question("viral-creators", "Which creators went viral?", taken_up.viral_creators, "viral-creators"),
    Question("definitions", "Does the answer hang on the definition of viral?", viral.definitions, "viral-videos"),
    Question("ranks", "How sure are the ranks?", viral.rank_doubt, "viral-videos"),
    Question("top-share", "What share of the likes do the top 1 % hold?", unequal.concentration, "viral-videos"),
    Question("tail", "What does the tail of likes look like?", unequal.tail, "viral-videos"),
    Question("event-study", "Does a viral video bring followers?", together.event, "viral-creators"),
    Question(
        "likes-and-followers",
        "Do gains of likes and of followers go together?",
        together.likes_and_followers,
        "posting",
    ),
    Question(
        "posting-and-followers",
        "Does posting often go with follower growth?",
        together.posting_and_followers,
        "posting",
    ),
    Question("posting-and-likes", "Does posting often go with likes?", together.posting_and_likes, "posting"),
    Question(
        "comments-per-creator", "Is likes to comments constant for a creator?", together.comments_constant, "posting"
    ),
    Question("comments-as-grown", "Is it constant as a video grows?", together.comments_grow, "posting"),
    Question("overflow", "Whose likes have overflowed, and how often at least?", growing.overflow, "overflow"),
    Question("age", "How well does the id tell a TikTok's age?", seen.age_by_id, "data"),
)


def write(context: Context) -> Html:
    """All of them, in the order of the 2022 study, then what was added."""
    entries = [part for question in QUESTIONS for part in _entry(context, question)]
    return join(
        [paragraph("Each answer links to the section that shows what it rests on."), el("dl", entries, cls="questions")]
    )


def _entry(context: Context, question: Question) -> list[Html]:
    try:
        told, answered = join([question.answer(context)]), "yes"
    except AnalysisError as error:
        told, answered = (
            join([el("b", "Not answerable: "), f"it needs {error.expected}; found: {error.found}."]),
            "no",
        )
    more = el("a", "More", href=f"#{question.more}", aria_label=f"More on: {question.text}")
    return [
        el("dt", question.text, id=f"question-{question.key}"),
        el("dd", told, " ", more, data_question=question.key, data_answered=answered),
    ]
