"""SVG as matplotlib writes it, made smaller without a visible change.

Matplotlib gives each coordinate six decimals, each command of a path a line, and each marker of a series its style
anew; a figure of many points is mostly that. A unit is 1/72 inch, so two decimals are finer than any printer.
"""

from __future__ import annotations

import re

_NUMBER = re.compile(r"\d+\.\d+")
# Coordinates: paths, and where markers and letters stand. Scales are none of them: they need all their digits.
_COORDINATES = re.compile(r'(?<=[ \n])(?:(?:d|x|y)="[^"]*"|transform="translate\([^()"]*\)")')
_COMMAND = re.compile(r"\s*([MLHVCSQTAZ])\s*", re.IGNORECASE)
_STYLED = r'<use xlink:href="[^"]*" x="[^"]*" y="[^"]*" style="(?P<style>[^"]*)"/>'
# A group that holds nothing but markers of one style.
_MARKERS = re.compile(
    rf'<g(?P<given>(?: clip-path="[^"]*")?)>(?P<all>\s*{_STYLED}(?:\s*<use [^>]* style="(?P=style)"/>)*\s*)</g>'
)
_INDENT = re.compile(r">\s*\n\s*<")


def lean(svg: str) -> str:
    """*svg* with coordinates of two decimals, and with the style of a group's markers on the group."""
    return _INDENT.sub(">\n<", _COORDINATES.sub(_shorter, _MARKERS.sub(_once, svg)))


def _once(group: re.Match[str]) -> str:
    style = f' style="{group["style"]}"'
    return f"<g{group['given']}{style}>{group['all'].replace(style, '')}</g>"


def _shorter(coordinates: re.Match[str]) -> str:
    name, _, value = coordinates[0].partition("=")
    value = _NUMBER.sub(lambda number: f"{float(number[0]):.2f}".rstrip("0").rstrip("."), value)
    return f"{name}=" + (_COMMAND.sub(r"\1", value) if name == "d" else value)
