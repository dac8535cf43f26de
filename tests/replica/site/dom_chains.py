"""Which data-e2e values a page has, on which tags, and inside what: a page's likeness without its hashes."""

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


def values(found: set[str]) -> set[str]:
    """The data-e2e values of *found*."""
    return {chain[chain.rindex("[") + 1 : -1] for chain in found}


def sources(path: Path) -> set[str]:
    """The data-e2e values that SOURCES.md lists as invented: in its section of that name, between backquotes."""
    text = path.read_text(encoding="utf-8")
    section = text.split("## Invented names", 1)[1].split("\n## ", 1)[0]
    return set(re.findall(r"`([\w-]+)`", section))
