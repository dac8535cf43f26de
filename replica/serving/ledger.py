"""What was served: the truth of every TikTok at the moment its reply was sent, and every request received."""

from __future__ import annotations

from typing import Any

from replica.feed.feed import Card, CreatorAnswer
from replica.items.truth import iso

COUNTS = ("likes", "comments", "shares", "views", "saves")
ANSWERED = ("stats", "statsV2")


class Ledger:
    """One line per TikTok and visit, first serving; later servings and creator replies are noted in it.

    A line has the names of tiktoks.jsonlines with exact values, and besides:

    - `position`: rank from 1 among all cards of the visit, LIVE cards and repeats too; `session`: which visit;
    - `sent_at`: when the reply was sent; `sent`: the count blocks of the item as sent;
    - `again`: [{position, sent_at, likes, ...}] for each later serving in the same visit;
    - `creator_told`: what told of the creator so far: "item", "detail", or "none";
    - `creator`: {sent_at, reply, user_followers, user_likes, user_videos} at the creator's last detail reply,
      where `reply` is "stats" or "statsV2" (the best block sent), else the refusal's name;
    - `creator_replies`: the same of every reply so far, in order of sending;
    - `hidden_username`: of a TikTok sent without its creator's handle, the creator's address all the same.

    `presses`: what a pointer or key was pressed on, as the pages report it (site/js/presses.js); no part of `requests`:

    - `kind`: "pointer", "key" or "wheel" (one line a turn); `key`: its name; `x`, `y`: where, in CSS pixels;
    - `target`: the tag that was hit; `tag`, `e2e`, `label`, `text`: of the control that it belongs to, else its own;
    - `inside`: "obstacle", "viewer", "feed" or "page" (a key's target is mostly body, which is "page");
    - `obstacle`: the name of the one that was hit, or None; `covered`: whether one was up, `standing`: the names of all
      that were; `viewing`: whether a full-screen view was open; `path`: the address; `at`: Unix milliseconds.
    """

    def __init__(self) -> None:
        self._lines: dict[tuple[int, str], dict[str, Any]] = {}
        self._creators: dict[str, list[dict[str, Any]]] = {}
        self.requests: list[tuple[str, str, str]] = []
        self.presses: list[dict[str, Any]] = []

    def card(self, card: Card, *, session: int, position: int, at: float) -> None:
        """Note that *card* is sent at *at*."""
        if card.truth is None:
            return
        served = {"position": position, "sent_at": iso(at)}
        key = session, card.truth["id"]
        if key in self._lines:
            counts = {name: card.truth[name] for name in COUNTS}
            self._lines[key]["again"].append({**served, **counts})
            return
        self._lines[key] = {**card.truth, **served, "session": session, "again": []}

    def creator(self, username: str, answer: CreatorAnswer, at: float) -> None:
        """Note that *answer* about the creator at the address *username* is sent at *at*."""
        reply = {"sent_at": iso(at), "reply": answer.reply, **answer.truth}
        self._creators.setdefault(username, []).append(reply)

    def lines(self) -> list[dict[str, Any]]:
        """Every line so far, in order of serving."""
        return [self._with_creator(line) for line in list(self._lines.values())]

    def _with_creator(self, line: dict[str, Any]) -> dict[str, Any]:
        replies = list(self._creators.get(line["username"] or line.get("hidden_username", ""), []))
        told = replies[-1] if replies else None
        answered = told is not None and told["reply"] in ANSWERED
        creator_told = "detail" if answered else line["creator_told"]
        return {**line, "creator": told, "creator_replies": replies, "creator_told": creator_told}
