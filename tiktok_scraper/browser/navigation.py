"""Whether an address brought a page: a browser that gets none keeps the one before, or shows one of its own.

Nothing that WebDriver returns tells of it: after a download, a 204 or a broken connection `get` comes back as after
any page, `current_url` may be the address asked for, and the source is what stood there before.
"""

from __future__ import annotations

from collections.abc import Iterable

from selenium.common.exceptions import TimeoutException, WebDriverException
from selenium.webdriver.remote.webdriver import WebDriver

from ..turn import Event
from .deaths import UNREACHED, first_line

# The empty page, and how Firefox and Chromium name the pages in which they tell of an error.
OWN = ("about:", "chrome-error:")
PAGELESS = (204, 205, 304)
# All of it as text.
BROWSER_JS = """
const video = document.createElement("video");
return {
  webdriver: String(navigator.webdriver),
  h264: String(Boolean(video.canPlayType('video/mp4; codecs="avc1.42E01E"'))),
  visibility: document.visibilityState,
  page_locale: navigator.language,
};
"""


def shown(driver: WebDriver) -> str:
    """The address of the document on screen, as the document has it: the browser's own pages have one of OWN."""
    return str(driver.execute_script("return document.documentURI"))


def is_no_page(driver: WebDriver, url: str, before: str = "about:blank") -> bool:
    """Whether *url* was opened and brought no page: the one *before* it is on screen still, or one of the browser's."""
    now = shown(driver)
    return (now.startswith(OWN) and not url.startswith("about:")) or (now == before != url)


def why_not(events: Iterable[Event]) -> str:
    """What came instead of a page, by what the network told of documents since the address was opened."""
    told = [event for event in events if event.kind in {"document", "lost", "failed"} and event.username is None]
    if not told:
        return "no page came, and the browser does not say why"
    last = told[-1]
    if last.status in PAGELESS:
        return f"the server answered {last.status}, which brings no page"
    if last.kind == "failed":
        answered = f"the server answered {last.status} without a page, " if last.status else ""
        return f"{answered}the browser says {last.body or 'nothing more'}"
    if last.status:
        kind = last.headers.get("content-type") or "no content type"
        return f"the server answered {last.status} with a file ({kind}), which a browser saves instead of showing it"
    return f"the server's answer brings no page, and the browser gave it up ({last.body or 'it does not say why'})"


def opened(driver: WebDriver, url: str) -> tuple[str, str]:
    """Open *url*: "ok", "slow" where it did not load in time, "dropped" where nobody answered; and why."""
    try:
        driver.get(url)
    except TimeoutException:
        return "slow", "no page in time"
    except WebDriverException as error:
        if not any(sign in str(error) for sign in UNREACHED):
            raise
        return "dropped", first_line(error)
    return "ok", ""


def told_of(driver: WebDriver) -> dict[str, str]:
    """What the page on screen can tell of the browser, for the contact record."""
    told: dict[str, str] = driver.execute_script(BROWSER_JS)
    return told
