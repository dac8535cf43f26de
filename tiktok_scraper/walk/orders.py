"""A decision of the walk -> what the browser is told: an action's name and its plain values."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..config import CrawlConfig
from .decisions import Ask, Decision, Enter, Open, Press, Step


@dataclass(frozen=True, slots=True)
class Orders:
    """Makes orders for one run. url: the feed's address; run: its id, the name of its folder of pictures."""

    config: CrawlConfig
    url: str
    run: str

    def of(self, decision: Decision) -> tuple[str, dict[str, Any]]:
        """The action of browser/session.py for *decision*, and its arguments."""
        timeout = self.config.step_timeout
        match decision:
            case Open():
                return self.opening()
            case Enter():
                return "enter", {"timeout": timeout, "view": decision.view}
            case Step():
                return "step", {"timeout": decision.timeout, "back": decision.back, "known": decision.known}
            case Ask():
                return "ask", {
                    "username": decision.username,
                    "timeout": self.config.card_timeout,
                    "until": decision.until,
                    "picture": str(self._picture(decision.username)) if decision.picture else None,
                }
            case Press():
                return "press", {"sign": decision.sign, "words": decision.words, "timeout": timeout}
        raise TypeError(f"{decision} is no order to a browser")

    def opening(self) -> tuple[str, dict[str, Any]]:
        """To open the feed."""
        return "open", {"url": self.url, "timeout": self.config.step_timeout}

    def keeping(self) -> tuple[str, dict[str, Any]]:
        """To keep what the page looks like."""
        return "keep", {"folder": str(self.config.data_dir / "contact"), "run": self.run or "run"}

    def _picture(self, username: str) -> Path:
        name = "".join(c if c.isalnum() or c in "._-" else "_" for c in username)
        return self.config.data_dir / "evidence" / self.run / f"{name}.png"
