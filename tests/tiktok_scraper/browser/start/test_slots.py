"""How many browsers a grid can have at once, by what it answers for its status."""

from __future__ import annotations

from typing import Any

import pytest

from tiktok_scraper.browser.start.grid import Slots, sessions_named, slots_of


def node(*slots: tuple[str, str | None], most: int, availability: str = "UP") -> dict[str, Any]:
    """A node with such slots: the browser, and the name of the session that it has now."""
    told = [
        {
            "stereotype": {"browserName": browser},
            "session": {"sessionId": name, "capabilities": {"se:name": name}} if name else None,
        }
        for browser, name in slots
    ]
    return {"availability": availability, "maxSessions": most, "slots": told}


def status(*nodes: dict[str, Any]) -> dict[str, Any]:
    return {"value": {"ready": True, "nodes": list(nodes)}}


BOTH = [("chrome", None), ("chrome", None), ("firefox", None), ("firefox", None)]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (status(), Slots(0, 0, 0)),
        (status(node(("chrome", None), most=1)), Slots(1, 1, 1)),
        (status(node(("chrome", "x"), most=1), node(("chrome", None), ("chrome", None), most=2)), Slots(3, 2, 2)),
        (status(node(("firefox", None), most=1)), Slots(0, 0, 0)),
        (status(node(("chrome", None), most=1, availability="DRAINING")), Slots(0, 0, 0)),
        (status(node(*BOTH, most=2)), Slots(2, 2, 1)),
        (status(node(*BOTH[:3], ("firefox", "x"), most=2)), Slots(2, 1, 1)),
        (status(node(("firefox", "x"), ("firefox", "y"), *BOTH, most=2)), Slots(2, 0, 1)),
    ],
)
def test_slots_are_counted_as_the_grid_gives_them_out(told: object, expected: Slots) -> None:
    assert slots_of(told, "chrome") == expected


@pytest.mark.parametrize(
    "told", [None, [], {}, {"value": None}, {"value": {"ready": True, "message": "ChromeDriver ready"}}, {"value": 1}]
)
def test_a_driver_that_listens_by_itself_is_no_grid(told: object) -> None:
    assert slots_of(told, "chrome") is None
    assert sessions_named(told, "mine") == []


def test_sessions_are_found_by_their_whole_name() -> None:
    told = status(node(("chrome", "mine"), ("chrome", "mine too"), most=2), node(("firefox", "mine"), most=1))
    assert sessions_named(told, "mine") == ["mine", "mine"]


def test_what_no_grid_answers_is_no_slot_and_no_session() -> None:
    odd = {"slots": [{"session": "x", "stereotype": None}, {"session": {"sessionId": 1, "capabilities": None}}, 7]}
    told = status({**odd, "availability": "UP", "maxSessions": None})
    assert slots_of(told, "chrome") == Slots(0, 0, 0)
    assert sessions_named(told, "mine") == []
