"""A page whose site calls one thing otherwise: what a CSS selects is given another name, and nothing else changes."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import html
from lxml.cssselect import CSSSelector

# One part of a CSS: a tag, #id, or [attribute], [attribute="value"] and so on.
PART = re.compile(r'(?P<tag>^[a-z]+)|#(?P<id>[\w-]+)|\[(?P<name>[\w-]+)(?:(?P<how>[*^$]?=)"(?P<value>[^"]*)")?\]')


def renamed(page: str, names: Iterable[str]) -> str:
    """*page* in which none of the CSS *names* selects anything any more."""
    if not page:
        return page
    root = html.document_fromstring(page.encode(), parser=html.HTMLParser(encoding="utf-8"))
    for css in names:
        for element in CSSSelector(css)(root):
            for part in PART.finditer(re.sub(r":not\([^)]*\)", "", css)):
                _rename(element, part)
        assert not CSSSelector(css)(root), css
    return html.tostring(root, encoding="unicode")


def _rename(element: html.HtmlElement, part: re.Match[str]) -> None:
    """Of the nearest element above that has it, in *part*: the selected one, or what it stands in."""
    if part["tag"]:
        if part["tag"] == "main":  # a name of its own; other tags are but where the name stands
            element.tag = "section"
        return
    name, value = ("id", part["id"]) if part["id"] else (part["name"], part["value"])
    for holder in (element, *element.iterancestors()):
        told = holder.get(name)
        if told is None or not (value is None or value in told):
            continue
        if value is None:
            del holder.attrib[name]
            holder.set("data-qq-item-id", told)
        else:
            middle = 1 if part["how"] in {"*=", "^="} else len(value)
            holder.set(name, told.replace(value, f"{value[:middle]}qq{value[middle:]}"))
        return
