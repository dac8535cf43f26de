"""What look saw -> which page this is.

`Look` is the one thing that crosses from the browser's script (browser/look.py) to the pure side: what is
VISIBLE, never the page's source, where the words captcha, login and error stand on every page
(site.md sections 6.3 and 6.5).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Hit:
    """One visible element that a name of pages/names.py found; rectangle in CSS pixels of the viewport."""

    name: str
    text: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Look:
    """What is visible on the page now. `text` is the start of the visible text (4,000 characters at most)."""

    url: str
    title: str
    text: str
    hits: tuple[Hit, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def from_dict(cls, told: Mapping[str, Any]) -> Look:
        """Make a Look of what the script returned."""
        hits = tuple(Hit(**hit) for hit in told["hits"])
        return cls(url=told["url"], title=told["title"], text=told["text"], hits=hits, counts=told["counts"])

    def hit(self, name: str) -> Hit | None:
        """The first visible element of *name*, in document order."""
        return next((hit for hit in self.hits if hit.name == name), None)
