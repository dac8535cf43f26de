"""Which data-e2e values a page has, on which tags, and inside what: a page's likeness without its hashes.

`chains` goes by component names. Where a capture has lost those (2026-10), `shapes` goes by all else there is.
"""

from __future__ import annotations

import re
from pathlib import Path

from lxml import html

COMPONENT = re.compile(r"(?:tiktok|css)-[a-z0-9]+-(?:[0-9a-f]{8}--)?([A-Z]\w*(?:-[A-Z]\w*)*)")


def chains(page: str, root: str) -> set[str]:
    """`tag.Component > ... > tag[data-e2e]` of every element with a data-e2e under the first match of *root*.

    *root*: an XPath. Hashes, ids and texts are left out, so that two builds of one page give the same set.
    """
    tree = html.document_fromstring(page.encode(), parser=html.HTMLParser(encoding="utf-8", huge_tree=True))
    tops = tree.xpath(root)
    assert tops, f"no {root} on the page"
    return {_chain(element, tops[0]) for element in tops[0].iter() if _is_named(element)}


def _is_named(element: html.HtmlElement) -> bool:
    return isinstance(element.tag, str) and element.get("data-e2e") is not None


def _chain(element: html.HtmlElement, top: html.HtmlElement) -> str:
    steps = [f"{_label(element)}[{element.get('data-e2e')}]"]
    while element is not top:
        element = element.getparent()
        steps.append(_label(element))
    return " > ".join(reversed(steps))


def _label(element: html.HtmlElement) -> str:
    names = COMPONENT.findall(element.get("class") or "")
    return ".".join([str(element.tag), *names])


# What a shape tells of an element besides its tag, and what in it is another at each post.
TOLD = ("id", "data-e2e", "role", "tabindex", "aria-label", "data-scroll-index", "data-more-menu-item-id", "href")
VARIES = (
    (re.compile(r"(with music|from user) .*"), r"\1 ..."),
    (re.compile(r"of the .* category"), "of the ... category"),
    (re.compile(r"^/(@|music/|tag/).*"), r"/\1..."),
    (re.compile(r"\d[\d.]*[KMB]?"), "N"),
)
HASHED = re.compile(r"e[0-9a-z]{5,}\d|css-.*")


def shapes(page: str, root: str) -> set[str]:
    """`tag.class[attribute=value] > ...` of every element under each match of *root*, an XPath, and of the match.

    Kept are stable classes, and of TOLD what is the same at each post.
    """
    tree = html.document_fromstring(page.encode(), parser=html.HTMLParser(encoding="utf-8", huge_tree=True))
    tops = tree.xpath(root)
    assert tops, f"no {root} on the page"
    return {_shape(element, top) for top in tops for element in top.iter() if isinstance(element.tag, str)}


def _shape(element: html.HtmlElement, top: html.HtmlElement) -> str:
    steps = [_seen(element)]
    while element is not top:
        element = element.getparent()
        steps.append(_seen(element))
    return " > ".join(reversed(steps))


def _seen(element: html.HtmlElement) -> str:
    stable = sorted({word for word in (element.get("class") or "").split() if not HASHED.fullmatch(word)})
    told = [f"[{name}={_common(element.get(name))}]" for name in TOLD if element.get(name) is not None]
    return ".".join([str(element.tag), *stable]) + "".join(told)


def _common(value: str) -> str:
    for varying, kept in VARIES:
        value = varying.sub(kept, value)
    return value


def values(found: set[str]) -> set[str]:
    """The data-e2e values of *found*."""
    return {chain[chain.rindex("[") + 1 : -1] for chain in found}


def sources(path: Path) -> set[str]:
    """The data-e2e values that SOURCES.md lists as invented: in its section of that name, between backquotes."""
    text = path.read_text(encoding="utf-8")
    section = text.split("## Invented names", 1)[1].split("\n## ", 1)[0]
    return set(re.findall(r"`([\w-]+)`", section))
