"""An SVG of matplotlib's as part of a page: what it draws and nothing else, in the page's colours and fonts.

The page's policy lets no style of an element act, so styles become attributes; ids carry the figure's key, as a page
holds many figures; colours that `theme.PAGE` stands for become names that the page's style sheet gives a colour to.
Elements and attributes that are not known to draw are left out, so whatever a name in the data holds stays text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from itertools import count
from xml.etree import ElementTree

from analysis.plots.parts.lean import lean
from analysis.plots.parts.theme import VARIABLES

_SHAPES = frozenset({"g", "defs", "clipPath", "mask", "path", "rect", "use", "image", "pattern"})
# In the order in which they are written; all of them are attributes in SVG as well as properties in CSS.
_DRAWS = (
    *("id", "href", "d", "x", "y", "width", "height", "transform", "clip-path", "mask", "patternUnits"),
    *("fill", "fill-opacity", "fill-rule", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray"),
    *("stroke-dashoffset", "stroke-linejoin", "stroke-linecap", "stroke-miterlimit", "opacity"),
    *("font-size", "font-weight", "font-style", "text-anchor"),
)
# What holds unless it is said: SVG's own, and the page's style sheet for figures.
_GIVEN = {"stroke-linejoin": "round", "stroke-linecap": "butt", "font-weight": "normal", "stroke-dashoffset": "0"}
_USED = re.compile(r'href="#([^"]+)"|url\(#([^)]+)\)')
_URL = re.compile(r"url\(#([^)]+)\)")
_NO_TURN = re.compile(r"\s*rotate\(-?0(?: [^()]*)?\)")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # what XML holds no way (XML 1.0, 2.2)
_FOREIGN = re.compile(r"\{[^}]*\}")


def inline(svg: str, key: str, told: str) -> str:
    """*svg* as an element of a page. key: what ids begin with; told: what is drawn, in words. Same svg, same bytes."""
    used = {one or other: f"{key}-{n}" for (one, other), n in zip(dict.fromkeys(_USED.findall(svg)), count())}
    root = ElementTree.fromstring(lean(_NOT_XML.sub("\ufffd", svg)))
    box = root.get("viewBox", "")
    body = "".join(piece for child in root for piece in _written(child, used))
    words = escape(_NOT_XML.sub("\ufffd", told))
    return f'<svg class="drawn" viewBox="{escape(box)}" role="img" aria-label="{words}">{body}</svg>'


def _written(element: ElementTree.Element, used: dict[str, str]) -> Iterator[str]:
    tag = _FOREIGN.sub("", element.tag)
    if tag == "text":
        yield f"<text{_attributes(element, used)}>{escape(''.join(element.itertext()), quote=False)}</text>"
    if tag not in _SHAPES:
        return
    told = _attributes(element, used)
    inner = "".join(piece for child in element for piece in _written(child, used))
    if tag in {"g", "defs"} and not inner:
        return
    if tag == "path" and ' fill="none"' in told and " stroke=" not in told:
        return  # the ground of a figure and of its Axes, which is the page's
    if tag == "g" and not told:
        yield inner
    else:
        yield f"<{tag}{told}>{inner}</{tag}>" if inner else f"<{tag}{told}/>"


def _attributes(element: ElementTree.Element, used: dict[str, str]) -> str:
    """What of an element's attributes and style draws, each with a space before it."""
    given = {_FOREIGN.sub("", name): value for name, value in element.attrib.items()}
    for declaration in given.pop("style", "").split(";"):
        name, _, value = declaration.partition(":")
        given[name.strip()] = value.strip()
    told = ((name, _value(name, given[name], used)) for name in _DRAWS if name in given)
    return "".join(f' {name}="{escape(value)}"' for name, value in told if value and value != _GIVEN.get(name))


def _value(name: str, value: str, used: dict[str, str]) -> str:
    """An attribute's value in the page; empty where there is nothing to say."""
    match name:
        case "id":
            told = used.get(value, "")
        case "href" if value.startswith("#"):
            told = f"#{used[value[1:]]}"
        case "href":
            told = re.sub(r"\s", "", value) if value.startswith("data:image/png;base64,") else ""
        case "transform":
            told = _NO_TURN.sub("", value)
        case "font-size":
            told = value.removesuffix("px")
        case "d":
            told = value.strip()
        case _:
            given = f"var({VARIABLES[value]})" if value in VARIABLES else value
            told = _URL.sub(lambda found: f"url(#{used[found[1]]})", given)
    return told
