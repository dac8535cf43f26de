"""No blind press: before each, the page is asked where its target can be reached, and what lies there if nowhere."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from selenium.webdriver.remote.webdriver import WebDriver

from ...pages.masked import own_words
from ...pages.names import CARD, ViewNames
from ...pages.signs import PEOPLE
from .scripts import script

REACH_JS = f"const PEOPLE = {json.dumps(PEOPLE)};\n{script('reach.js')}"
# The first card that is no LIVE card, brought into view: where what opens it can be pressed.
OPENER_JS = """
const [names] = arguments;
const cards = [...document.querySelectorAll(names.feed_card)].filter((card) => !card.querySelector(names.live));
for (const name of names.openers) {
  for (const scope of [...cards, document]) {
    const opener = scope.matches && scope.matches(name) ? scope : scope.querySelector(name);
    if (!opener) continue;
    const r = opener.getBoundingClientRect();
    if (r.top < 0 || r.bottom > innerHeight) opener.scrollIntoView({ block: "center" });
    const found = reach([opener]);
    if (found) return { ...found, target: name };
  }
}
return null;
"""
# What speaks for the site; anything else that covers may be part of a post, whose words are somebody's.
DIALOGS = {"dialog", "alertdialog"}
# Elements of a name, in a root where one is given, and with certain words where they are.
TARGET_JS = """
const [css, root, words] = arguments;
const scope = root ? document.querySelector(root) : document;
const squeezed = (element) => (element.innerText || element.textContent || "").trim().replace(/\\s+/g, " ");
const all = scope && css ? [...scope.querySelectorAll(css)] : [];
const found = reach(words === null ? all : all.filter((element) => squeezed(element) === words));
return found ? { ...found, target: css } : null;
"""


@dataclass(frozen=True, slots=True)
class Cover:
    """What lies where something was to be pressed, or over the post. role: as told, else the tag; words: the first it
    shows.
    """

    role: str = ""
    label: str = ""
    name: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Reached:
    """A point where the target can be pressed (CSS pixels of the viewport), or what covers it.

    target: the name by which it was found.
    """

    target: str
    x: float = 0.0
    y: float = 0.0
    cover: Cover | None = None


def reach_opener(driver: WebDriver, names: ViewNames) -> Reached | None:
    """Where the first video can be opened; None where the page draws nothing that opens it."""
    return _reached(driver.execute_script(REACH_JS + OPENER_JS, asdict(names)))


def reach(driver: WebDriver, css: str, *, root: str = "", words: str | None = None) -> Reached | None:
    """Where the first element of *css* can be pressed; None where none is drawn.

    root: CSS of what it has to stand in. words: the text it has to show, white space folded.
    """
    return _reached(driver.execute_script(REACH_JS + TARGET_JS, css, root, words))


def cover_over(driver: WebDriver, names: ViewNames, *points: tuple[float, float]) -> Cover | None:
    """What lies over a view at one of *points* (CSS pixels of the viewport) and is no part of it; None: nothing does.

    The preview card is the page's own. Raises WebDriverException where the page can't be asked.
    """
    post = f"{names.media}, {names.likes}"
    told = driver.execute_script(f"{REACH_JS} return coverOver(...arguments);", names.viewer, CARD.root, post, points)
    return _cover(**told) if told else None


def cover_told(cover: Cover | None) -> str:
    """What covers, as text; "" where nothing does."""
    return json.dumps(asdict(cover), ensure_ascii=False) if cover else ""


def _reached(told: dict[str, Any] | None) -> Reached | None:
    if told is None:
        return None
    if cover := told.get("cover"):
        return Reached(told["target"], cover=_cover(**cover))
    return Reached(told["target"], told["x"], told["y"])


def _cover(role: str, label: str, name: str, words: str, *, people: bool, apart: bool = False) -> Cover:
    if not people and (apart or role in DIALOGS):
        return Cover(role, label, name, words)
    return Cover(role, own_words(label), name, own_words(words))
