"""What a reader sees first: key numbers as tiles, and who went viral as cards, each with its course and its gain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.report.markup import Child, Html, el

SHOWN = 3  # of each kind, side by side


@dataclass(frozen=True)
class Card:
    """One that went viral: its name, what it came with, its course, how much it gained, how sure that is."""

    name: Child
    course: Html
    gain: Child
    of: str
    """What was gained, and in which time, in words behind the number."""
    sure: Child
    under: Child = None
    ends: Child = None
    """When its course begins and ends, and at which values."""


def tiles(told: Sequence[tuple[Child, str]]) -> Html:
    """Key numbers, each over its name."""
    entries = [el("div", el("dd", shown), el("dt", name), cls="tile") for shown, name in told]
    return el("dl", entries, cls="tiles")


def trio(heading: str, told: Child, cards: Sequence[Card], key: str) -> Html:
    """*cards* side by side under a heading; told: how they were chosen."""
    entries = [_card(card, place) for place, card in enumerate(cards, 1)]
    head = el("h3", heading, " ", el("span", told, cls="chosen"))
    return el("div", head, el("ol", entries, cls="cards"), cls="trio", id=f"most-{key}")


def _card(card: Card, place: int) -> Html:
    return el(
        "li",
        el("p", el("span", str(place), cls="place", aria_hidden="true"), card.name, cls="who"),
        el("p", card.under, cls="with") if card.under is not None else None,
        card.course,
        card.ends,
        el("p", el("span", card.gain, cls="gain"), " ", card.of, cls="gained"),
        el("p", card.sure, cls="sure"),
        cls="card",
    )
