"""A smaller SVG shows the same picture: the same elements, in the same places, in the same colours."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from analysis.plots.parts import style
from analysis.plots.parts.lean import lean

MARKERS = """<g clip-path="url(#p1)">
  <use xlink:href="#m1" x="10.123456" y="20.987654" style="fill: #0072b2"/>
  <use xlink:href="#m1" x="11" y="21.5" style="fill: #0072b2"/>
</g>"""


def test_what_markers_share_is_said_once_and_coordinates_are_rounded() -> None:
    assert lean(MARKERS) == (
        '<g clip-path="url(#p1)" style="fill: #0072b2">\n<use xlink:href="#m1" x="10.12" y="20.99"/>\n'
        '<use xlink:href="#m1" x="11" y="21.5"/>\n</g>'
    )


def test_markers_of_two_styles_keep_both() -> None:
    mixed = MARKERS.replace('y="21.5" style="fill: #0072b2"', 'y="21.5" style="fill: #d55e00"')
    assert lean(mixed).count("style=") == 2


def test_a_path_keeps_its_commands_and_a_scale_its_digits() -> None:
    path = '<path transform="scale(0.015625)" d="M 1.005001 -2.999999 \nL 3 0.000001 \nz\n"/>'
    assert lean(path) == '<path transform="scale(0.015625)" d="M1.01 -3L3 0z"/>'


def test_a_figure_has_the_same_elements_smaller() -> None:
    figure, ax = style.new_figure((4, 3))
    ax.plot([value**0.5 for value in range(200)], "o-", alpha=0.5)
    ax.set_title("a <b> & c")
    with_all = style._written(figure, "svg", 100, {"Date": None, "Creator": None}).decode()
    small = style.svg(figure)
    assert len(small) < 0.75 * len(with_all)
    before, after = (ElementTree.fromstring(text) for text in (with_all, small))
    assert [element.tag for element in before.iter()] == [element.tag for element in after.iter()]
    for name in ("x", "y"):
        places = [
            [float(element.get(name, 0)) for element in tree.iter() if element.tag.endswith("use")]
            for tree in (before, after)
        ]
        assert max(abs(was - is_) for was, is_ in zip(*places, strict=True)) <= 0.005 + 1e-9
    colours = [set(re.findall("#[0-9a-f]{6}", text)) for text in (with_all, small)]
    assert colours[0] == colours[1]
