"""The numbers in the text, and what each rests on.

A number is a button that opens its n, its definition and its interval: HTML's own popover, so it needs no script and
the keyboard reaches it. All of them stand in a table at the end as well, for print and for download.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from analysis.report.markup import Html, el, escaped


@dataclass(frozen=True)
class Fact:
    """One number: as shown, what it is, how many it rests on, how it is defined, how sure it is."""

    shown: str
    what: str
    n: str
    definition: str
    interval: str


@dataclass
class Facts:
    """Every number of one report, in the order of the text."""

    kept: list[Fact] = field(default_factory=list)

    def __call__(self, shown: str, what: str, *, n: str, definition: str, interval: str) -> Html:
        """The number as it stands in the text. interval: the interval, or why there is none."""
        self.kept.append(Fact(shown, what, n, definition, interval))
        key = f"fact-{len(self.kept)}"
        parts = (("n", n), ("definition", definition), ("interval", interval))
        note = [el("b", what)] + [el("span", el("i", f"{name}: "), told, cls="line") for name, told in parts]
        # The value stays text for a reader without popovers; aria-label tells what opens.
        button = el(
            "button", escaped(shown), type="button", cls="fact", popovertarget=key, title=f"{what}: what it rests on"
        )
        return Html(button + el("span", note, popover="auto", id=key, role="note", cls="note"))

    def frame(self) -> pd.DataFrame:
        """All of them: number (str), what (str), n (str), definition (str), interval (str)."""
        rows = [(fact.shown, fact.what, fact.n, fact.definition, fact.interval) for fact in self.kept]
        return pd.DataFrame(rows, columns=["number", "what", "n", "definition", "interval"], dtype="str")
