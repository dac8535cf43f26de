"""What stands in the way: what the site offers a button for is closed, once each; the rest ends the walk. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from ..pages.state import ASIDE, Look, Page, recognise
from .decisions import Decision, End, Press

FINAL = {"captcha", "captcha-v1", "login-wall", "region", "waf", "feed-ended", "covered"}
# Pages on which no walk can begin, and the name of such an end.
NO_FEED = {
    "shell": "never-drawn",
    "profile": "wrong-page",
    "video-page": "wrong-page",
    "other": "wrong-page",
    "unknown": "unknown-layout",
}
CLOSED_ONCE = {"login-prompt", "interests", *ASIDE}


@dataclass(slots=True)
class Obstacles:
    """What a session has pressed away so far. refresh_waits: seconds before each Refresh of an error page.

    why: names an end without a visible cause, which the last list may tell.
    """

    refresh_waits: tuple[float, ...]
    note: Callable[[str], None]
    why: Callable[[str], str]
    pressed: set[str] = field(default_factory=set)
    refreshed: int = 0
    last: str = ""  # the kind that was to be closed last
    put_off: set[str] = field(default_factory=set)  # kinds that lay beneath another, which was closed before them

    @property
    def passed(self) -> set[str]:
        """What lies over the feed, was pressed away once, and may stay."""
        return self.pressed & ASIDE.keys()

    def meet(self, page: Page) -> Decision | None:
        """What to do about *page*; None where nothing stands in the way."""
        if page.cookie_banner and "cookie-banner" not in self.pressed:
            self.pressed.add("cookie-banner")  # noted once and left alone
            self.note("cookie-banner")
        if page.kind in FINAL:
            return End(page.kind)
        if page.kind == "error-page":
            return self._refresh(page)
        if page.kind not in CLOSED_ONCE:
            return None
        if page.kind in self.pressed or page.button is None:
            return End(page.kind if page.kind == "login-prompt" else "covered")
        return self._close(page)

    def beneath(self, look: Look) -> Decision:
        """The button is covered: by one that can be closed as well, it may be, and then that one comes first."""
        page = recognise(look, {*self.passed, self.last})
        if self.last in self.put_off | {""} or page.kind not in CLOSED_ONCE - self.pressed or page.button is None:
            return End("covered")
        self.put_off.add(self.last)
        self.pressed.discard(self.last)
        return self._close(page)

    def _close(self, page: Page) -> Decision:
        if page.kind not in self.put_off:  # else it is noted already
            self.note(page.kind)
        self.pressed.add(page.kind)
        self.last = page.kind
        return _press(page)

    def _refresh(self, page: Page) -> Decision:
        """Pressing again after a pause helps at times (site.md 6.7); an empty list is drawn as this error, too."""
        if page.button is None or self.refreshed >= len(self.refresh_waits):
            return End(self.why("error-page"))
        wait = self.refresh_waits[self.refreshed]
        self.refreshed += 1
        self.last = ""
        self.note("error-page")
        return _press(page, after=wait)


def _press(page: Page, after: float = 0.0) -> Press:
    button = page.button
    assert button is not None
    return Press(button.name, " ".join(button.text.split()), after)
