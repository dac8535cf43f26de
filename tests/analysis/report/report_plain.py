"""The digits of a report's text that no note stands behind: what is left when all that opens something is taken out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html.parser import HTMLParser

VOID = frozenset({"br", "hr", "img", "link", "meta", "input", "col", "source"})
# Buttons and their notes, and what of a note stands in sight; tables, their folds and the lines under them; names and
# links; places in a row of cards, and the ends of a card's course, which are its axes; figures, which have captions and
# axes of their own; what says that a question has no answer, which is about how little there was; and citations of
# others.
APART = frozenset(
    {"button", "table", "a", "bdi", "figure", "code", "script", "style", "nav", "title", "head", "summary"}
)
APART_CLASSES = frozenset({"note", "sure", "under", "unanswerable", "references", "place", "ends"})
WORD = re.compile(r"\S*\d\S*")


class Plain(HTMLParser):
    """section id -> sentences of it, without what opens a note or stands apart."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.sections: dict[str, list[str]] = {}
        self._section = "page"
        self._open: list[tuple[str, bool]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "section":
            self._section = str(told.get("id"))
        if tag in {"p", "li", "dd", "dt", "h2", "h3", "div"}:
            self.sections.setdefault(self._section, []).append("")
        if tag not in VOID:
            apart = tag in APART or not APART_CLASSES.isdisjoint((told.get("class") or "").split())
            self._open.append((tag, apart or told.get("data-answered") == "no"))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not any(apart for _, apart in self._open):
            parts = self.sections.setdefault(self._section, [""])
            parts[-1] += data


@dataclass(frozen=True)
class Allowed:
    """A number that may stand plain: the words around it, in which sections (all of them if none is named), and why."""

    words: str
    why: str
    sections: tuple[str, ...] = ()

    def without(self, section: str, sentence: str) -> str:
        """*sentence* without these words, where they may stand in *section*."""
        return re.sub(self.words, "", sentence) if not self.sections or section in self.sections else sentence


def sentences(html: str) -> list[tuple[str, str]]:
    """(section, sentence) of the text that opens nothing, white space folded, in its order."""
    return [(section, " ".join(told.split())) for section, parts in Plain(html).sections.items() for told in parts]


def plain_numbers(html: str, allowed: Iterable[Allowed] = ()) -> list[tuple[str, str, str]]:
    """(section, the word with a digit, its sentence) of every number that opens nothing and is not *allowed*."""
    found = []
    for section, sentence in sentences(html):
        rest = sentence
        for one in allowed:
            rest = one.without(section, rest)
        found += [(section, word, sentence) for word in WORD.findall(rest)]
    return found
