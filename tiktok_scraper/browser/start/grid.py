"""What a Selenium Grid tells of itself in /status: the slots of its nodes, and which session is called what. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Slots:
    """A grid's slots for one kind of browser. total: on nodes that are up; free: now; nodes: how many have any."""

    total: int
    free: int
    nodes: int


def slots_of(status: Any, browser: str) -> Slots | None:
    """Count the slots for *browser* ("chrome", "firefox") in what a grid answered for its status.

    None where the answer is no grid's: a driver that listens by itself has no nodes.
    """
    if not isinstance(nodes := _value(status).get("nodes"), list):
        return None
    each = [_slots_of_node(node, browser) for node in nodes if isinstance(node, dict)]
    counts = [(total, free) for total, free in each if total]
    return Slots(sum(total for total, _ in counts), sum(free for _, free in counts), len(counts))


def sessions_named(status: Any, name: str) -> list[str]:
    """The ids of a grid's sessions that were asked for under *name*, the capability `se:name`."""
    nodes = _value(status).get("nodes")
    found = []
    for node in nodes if isinstance(nodes, list) else []:
        for slot in _slots(node):
            session = _mapping(slot.get("session"))
            if _mapping(session.get("capabilities")).get("se:name") == name and session.get("sessionId"):
                found.append(str(session["sessionId"]))
    return found


def _slots_of_node(node: dict[str, Any], browser: str) -> tuple[int, int]:
    """The slots of a node, and those free: a node has a slot for each browser, but only `maxSessions` at once."""
    slots = list(_slots(node))
    fitting = [slot for slot in slots if _mapping(slot.get("stereotype")).get("browserName") == browser]
    if node.get("availability") != "UP":
        return 0, 0
    told = node.get("maxSessions")
    most = told if isinstance(told, int) else len(slots)
    busy = sum(slot.get("session") is not None for slot in slots)
    free = sum(slot.get("session") is None for slot in fitting)
    return min(most, len(fitting)), max(0, min(most - busy, free))


def _slots(node: Any) -> Iterator[dict[str, Any]]:
    told = node.get("slots") if isinstance(node, dict) else None
    yield from (slot for slot in (told if isinstance(told, list) else []) if isinstance(slot, dict))


def _value(status: Any) -> dict[str, Any]:
    return _mapping(_mapping(status).get("value"))


def _mapping(told: Any) -> dict[str, Any]:
    return told if isinstance(told, dict) else {}
