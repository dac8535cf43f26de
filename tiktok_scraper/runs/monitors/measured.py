"""What of a run is compared: shares of its counts, the age and the languages of its feed. Pure.

Each is read from the end of a run as runs.jsonlines tells it; None where that does not tell it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from .chance import Counted
from .feed import UNTOLD

Record = Mapping[str, Any]
TOP = 3  # so many of the most frequent languages are compared
# The standard error of a median is 1.2533 standard deviations by the root of n, and quartiles lie 1.349 apart.
MEDIAN_BY_QUARTILES = 1.2533 / 1.349
NULLS = ("audio", "audio_url", "likes", "comments", "username", "shares", "views")
FAIL_TO_ZERO = {"likes", "shares", "views"}  # what failed counts leave null, which `zeroed` counts
OF_CREATORS = ("user_followers", "user_likes")
MEDIAN_AGE = "see whether this is a For You feed: contact in runs.jsonlines, and the addresses of the lines"


@dataclass(frozen=True, slots=True)
class Share:
    """A share that should not grow. limit: the threshold beyond which its growth is a fault; None: it never is."""

    name: str
    what: str
    look: str
    of: Callable[[Record], Counted | None]
    limit: str | None = None


class Age(NamedTuple):
    """The logarithm of a median age in hours, and the standard deviation that it has by chance."""

    log_h: float
    spread: float


def counted(of: Callable[[Record], tuple[Any, Any]]) -> Callable[[Record], Counted | None]:
    """Return *of* for records of any making: None where they do not tell two whole numbers, so many of so many."""

    def safely(record: Record) -> Counted | None:
        try:
            had, among = of(record)
        except (TypeError, KeyError, AttributeError, ValueError):
            return None
        whole = isinstance(had, int) and isinstance(among, int) and 0 <= had <= among and among > 0
        return (had, among) if whole else None

    return safely


def _null(name: str) -> Callable[[Record], Counted | None]:
    def of(record: Record) -> tuple[Any, Any]:
        null, failed = record["null"].get(name, 0), record["zeroed"] if name in FAIL_TO_ZERO else 0
        return max(0, null - failed), record["written"]

    return counted(of)


def _missed(name: str) -> Callable[[Record], Counted | None]:
    """By the readings, and the share of hits, which is rounded to three places."""
    return counted(
        lambda record: (round((1 - record["name"][name]) * record["name_read"][name]), record["name_read"][name])
    )


NOT_TOLD = "see contact.items in runs.jsonlines, which says what the site sent, and scrapy doctor --site"
SHARES = (
    *(Share(f"null/{name}", f"lines without {name}", NOT_TOLD, _null(name), "lost") for name in NULLS),
    *(
        Share(f"null/{name}", f"lines without {name}", f"a visitor may not be told; {NOT_TOLD}", _null(name))
        for name in OF_CREATORS
    ),
    Share(
        "language-untold",
        "lines without a language",
        "see source in runs.jsonlines: the page's own data tell the language, what it displays does not",
        counted(lambda record: (record["feed"]["languages"].get(UNTOLD, 0), record["feed"]["lines"])),
    ),
    Share(
        "repeats",
        "TikToks that came again",
        "see whether the feed goes on: reason, and contact.replies",
        counted(lambda record: (record["repeated"], record["repeated"] + record["unique"])),
    ),
    Share(
        "one-creator",
        "TikToks of one creator",
        "see whether this is a For You feed: contact.page",
        counted(lambda record: (round(record["feed"]["top_creator_share"] * record["written"]), record["written"])),
    ),
    Share(
        "creators-unanswered",
        "creators who were asked for and not told",
        "see note in runs.jsonlines (creator-unanswered, card-absent), and TIKTOK_CARD_TIMEOUT",
        counted(lambda record: (record["creators_asked"] - record["creators_answered"], record["creators_asked"])),
    ),
    Share(
        "fell",
        "TikToks with a tenth fewer likes than at their last sighting, or less",
        "compare their lines by id: likes may be read from the wrong place",
        counted(lambda record: (record["feed"]["fell"], record["feed"]["seen_before"])),
        "fell",
    ),
    Share(
        "zeroed",
        "lines with counts that had failed to 0",
        "they are null and no zeros; the site itself fails, which passes",
        counted(lambda record: (record["zeroed"], record["written"])),
    ),
    Share(
        "positive-wraps",
        "creators' likes that had overflowed to a positive number",
        "compare user_likes_shown with user_likes in those lines: the number that told may be another's",
        counted(lambda record: (record["wrapped_positive"], record["written"])),
    ),
)


def shares_of(run: Record) -> list[Share]:
    """Return the shares that are compared of *run*: the fixed ones, and the misses of each name that it read."""
    return [*SHARES, *(_of_name(str(name)) for name in run.get("name") or {})]


def _of_name(name: str) -> Share:
    return Share(
        f"name/{name}",
        f"readings that missed the name of {name}",
        "scrapy doctor --site says which name of pages/names.py the site has changed",
        _missed(name),
    )


def median_age(record: Record) -> Age | None:
    """Return the median age of the TikToks that a run saw."""
    try:
        lower, median, upper = record["feed"]["age_h"]
        spread = MEDIAN_BY_QUARTILES * math.log(upper / lower) / math.sqrt(record["feed"]["lines"])
        return Age(math.log(median), spread)
    except (TypeError, KeyError, ValueError, ZeroDivisionError):
        return None


def language_share(record: Record, language: str) -> Counted | None:
    """Return how many lines of a run are in *language*, of those that tell theirs."""
    return counted(lambda of: (of["feed"]["languages"].get(language, 0), _with_language(of)))(record)


def top_languages(run: Record, last: Sequence[Record]) -> list[str]:
    """Return the languages that most lines of the *last* runs are in, and the first of this one; sorted."""
    return sorted({*_top([run], 1), *_top(last, TOP)})


def _with_language(record: Record) -> int:
    return int(record["feed"]["lines"]) - int(record["feed"]["languages"].get(UNTOLD, 0))


def _top(records: Sequence[Record], most: int) -> list[str]:
    lines: Counter[str] = Counter()
    for record in records:
        try:
            lines.update({str(name): int(count) for name, count in record["feed"]["languages"].items()})
        except (TypeError, KeyError, AttributeError, ValueError):
            continue
    lines.pop(UNTOLD, None)
    return [name for name, _ in lines.most_common(most)]
