"""Damaged pages: five hundred mutations of the golden cases and of the saved pages, and no number that was not there.

Tags go, come twice, change places or lose attributes, texts of letters go, the page is cut short or wrongly decoded. No
mutation writes a digit, so a count is what it was, or it is refused.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from tests.captures import CAPTURES
from tests.tiktok_scraper.pages.golden import Case, cases
from tests.tiktok_scraper.pages.test_golden import READERS
from tiktok_scraper.counts.read import read_count
from tiktok_scraper.errors import UnreadableCount
from tiktok_scraper.pages.facts import ItemFacts, Unreadable

SAVED = (
    ("2022-08_foryou_27cards_browse_overlay", "a", "/@denisemanno/video/7118347470546980101"),
    ("2025-03_explore_browse_overlay_captcha_cookie", "b", "/@willsmith/video/7481699258819693870"),
    ("2022-08_video_page", "a", "/@merveilleux123/video/7135383664971582725"),
    ("2025-06_video_page_fr_captcha", "b", "/@salmakml1/video/7513603225887509766"),
)
_TOKEN = re.compile(r"<[^>]*>|[^<]+|<")
_ATTRIBUTE = re.compile(r"""\s[\w-]+(?:=(?:"[^"]*"|'[^']*'|[^\s>]*))?""")
Tokens = list[str]


def drop(tokens: Tokens, drawn: random.Random) -> Tokens:
    at = drawn.randrange(len(tokens))
    return tokens[:at] + tokens[at + 1 :]


def twice(tokens: Tokens, drawn: random.Random) -> Tokens:
    at = drawn.choice([n for n, token in enumerate(tokens) if not re.search(r"\d", token)] or [0])
    return tokens[: at + 1] + tokens[at:]


def swap(tokens: Tokens, drawn: random.Random) -> Tokens:
    """Two tags change places; texts stay where they are."""
    tags = [n for n, token in enumerate(tokens) if token.startswith("</")]
    first, second = (drawn.choice(tags), drawn.choice(tags)) if tags else (0, 0)
    tokens = [*tokens]
    tokens[first], tokens[second] = tokens[second], tokens[first]
    return tokens


def bare(tokens: Tokens, drawn: random.Random) -> Tokens:
    """A tag loses an attribute."""
    at = drawn.choice([n for n, token in enumerate(tokens) if _ATTRIBUTE.search(token) and token[0] == "<"] or [0])
    found = [*_ATTRIBUTE.finditer(tokens[at])]
    lost = drawn.choice(found) if found else None
    stripped = tokens[at][: lost.start()] + tokens[at][lost.end() :] if lost else tokens[at]
    return [*tokens[:at], stripped, *tokens[at + 1 :]]


def cut(tokens: Tokens, drawn: random.Random) -> Tokens:
    """The page ends between two tokens: a number cut in its middle would be another number."""
    return tokens[: drawn.randrange(1, len(tokens) + 1)]


def garbled(tokens: Tokens, drawn: random.Random) -> Tokens:
    """The page is read in another encoding than its own, in one place."""
    at = drawn.randrange(len(tokens))
    wrong = drawn.choice(["latin-1", "cp1251", "ascii"])
    return [*tokens[:at], tokens[at].encode().decode(wrong, "replace"), *tokens[at + 1 :]]


MUTATIONS: tuple[Callable[[Tokens, random.Random], Tokens], ...] = (drop, twice, swap, bare, cut, garbled)


def sources() -> list[Case]:
    """The golden viewers and cards, and the saved pages where there are any."""
    golden = [param.values[0] for param in cases(pages=False) if param.values[0].reader in {"viewer", "card"}]
    saved = [(CAPTURES / "html" / f"{name}.html", name, era, url) for name, era, url in SAVED]
    return golden + [
        Case(name, "viewer", {"era": era, "url": f"https://www.tiktok.com{url}"}, path.read_text("utf-8"))
        for path, name, era, url in saved
        if path.exists()
    ]


def numbers(read: Any) -> dict[str, int]:
    """Every count that is read as a number."""
    told = read.told if not isinstance(read, ItemFacts) else read.told.get("page", {})
    if not isinstance(read, ItemFacts):
        told = {name: text for block in told.values() for name, text in block.items()} if _nested(told) else told
    found = {}
    for name, text in told.items():
        try:
            value = read_count(text).value
        except UnreadableCount:
            continue
        if value is not None:
            found[name] = value
    return found


def _nested(told: Any) -> bool:
    return any(isinstance(block, dict) for block in told.values())


@pytest.mark.parametrize(
    ("seed", "mutants"), [(1, 50), pytest.param(2, 500, marks=pytest.mark.thorough)], ids=["tenth", "all"]
)
def test_a_damaged_page_tells_what_it_told_or_less(seed: int, mutants: int) -> None:
    drawn = random.Random(seed)
    whole = [
        (case, numbers(read)) for case in sources() if not isinstance(read := reading(case, case.text), Unreadable)
    ]
    assert sum(len(told) for _, told in whole) > 30
    wrong, came = [], Counter[str]()
    for number in range(mutants):
        case, told = whole[number % len(whole)]
        tokens = _TOKEN.findall(case.text)
        # A browser's HTML always nests; where posts stand side by side, tags that don't would make two of them one.
        fit = [m for m in MUTATIONS if m is not swap] if case.text.count("xgwrapper-") > 1 else MUTATIONS
        done = [drawn.choice(fit) for _ in range(drawn.randrange(1, 6))]
        for mutate in done:
            tokens = mutate(tokens, drawn) or [""]
        read = reading(case, "".join(tokens))
        if isinstance(read, Unreadable):
            assert read.reason
            came["unreadable"] += 1
            continue
        found = numbers(read)
        came["whole" if found == told else "less"] += 1
        wrong += [
            (case.name, [mutate.__name__ for mutate in done], name, value, told.get(name))
            for name, value in found.items()
            if value != told.get(name)
        ]
        if isinstance(read, ItemFacts):
            missing = {name for name in told if name not in read.told.get("page", {})}
            assert not missing or read.missed, "a page that lacks something is told from a whole one"
    assert wrong == []
    assert came.total() == mutants
    assert came["whole"] and came["less"]


def reading(case: Case, text: str) -> Any:
    return READERS[case.reader](text, **case.arguments)
