"""A small builder of HTML that escapes whatever is not HTML already: names and titles in the data are hostile.

Children and attribute values that are plain text are escaped; only `Html` passes through, and only this module and the
page's own files make it. So a text cannot become markup by being forgotten.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

SITE = "https://www.tiktok.com/"
_PSEUDONYMS = re.compile(rf"{re.escape(SITE)}@p-[a-z2-7]{{4}}(?:-[a-z2-7]{{16}})?(?:/|$)")
# Void elements have no end tag (HTML, 13.1.2).
VOID = frozenset({"br", "hr", "img", "link", "meta", "input", "col", "source"})
# What HTML forbids or a page should not hold: C0 and C1 controls but tab and newline, lone surrogates, noncharacters.
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


class Html(str):
    """Text that is HTML already."""

    __slots__ = ()


Child = str | Html | None | Iterable["Child"]


def escaped(text: str) -> Html:
    """*text* as HTML that shows it; characters a page may not hold become U+FFFD, so that it can be encoded."""
    if isinstance(text, Html):
        return text
    return Html(html.escape(FORBIDDEN.sub("\ufffd", text), quote=True))


def join(children: Iterable[Child], between: str = "") -> Html:
    """The children one after another, plain text escaped, None left out."""
    return Html(escaped(between).join(piece for child in children for piece in _pieces(child)))


def _pieces(child: Child) -> list[Html]:
    if child is None:
        return []
    if isinstance(child, str):
        return [escaped(child)]
    return [piece for part in child for piece in _pieces(part)]


def el(name: str, *children: Child, **attributes: str | int | bool | None) -> Html:
    """An element. `cls` is class, `for_` for, `_` a `-`; True: without a value; None, False: left out."""
    told = "".join(
        _attribute(key, value) for key, value in attributes.items() if value is not None and value is not False
    )
    if name in VOID:
        return Html(f"<{name}{told}>")
    return Html(f"<{name}{told}>{join(children)}</{name}>")


def _attribute(key: str, value: str | int | bool) -> str:
    name = {"cls": "class"}.get(key, key.removesuffix("_").replace("_", "-"))
    return f" {name}" if value is True else f' {name}="{escaped(str(value))}"'


def name_of(text: str) -> Html:
    """A name somebody chose, set apart so that its writing direction stays its own (UAX 9)."""
    return el("bdi", text)


def link(url: str | None, label: str) -> Html:
    """A link to the site; an address that is not the site's is shown as text, never followed.

    So is one with a pseudonym in the handle's place (python -m tiktok_scraper.privacy): it leads nowhere.
    """
    if url is None or not url.startswith(SITE) or _PSEUDONYMS.match(url):
        return name_of(label)
    return el("a", name_of(label), href=url, rel="noopener noreferrer nofollow")


MARK = escaped("Made by tiktok_scraper's analysis")  # by which a page is known to be a report that may be written anew
