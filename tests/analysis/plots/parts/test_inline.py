"""A figure as part of a page: its shapes and words, in the page's colours, and nothing that acts or names another."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import numpy as np
import pytest

from analysis.plots.parts import style
from analysis.plots.parts.astext import measured, svg_with_text
from analysis.plots.parts.inline import inline
from analysis.plots.parts.label import drawable, names_as_text
from analysis.plots.parts.theme import DARK, LIGHT, PAGE, VARIABLES, declared
from tests.analysis.plots.plot_frames import HOSTILE
from tests.analysis.plots.test_plots import PLOTS

SHAPES = {"svg", "g", "defs", "clipPath", "mask", "path", "rect", "use", "image", "pattern", "text"}


def drawn(name: str, key: str = "f1") -> str:
    frame, draw = PLOTS[name]
    figure, ax = style.new_figure((6.8, 4.2), PAGE)
    with names_as_text():
        draw(frame, ax, PAGE)
        return inline(svg_with_text(figure), key, f"{name} <in words>")


@pytest.mark.parametrize("name", PLOTS)
def test_every_figure_is_shapes_and_text_in_the_pages_colours(name: str) -> None:
    svg = drawn(name)
    tree = ElementTree.fromstring(svg)
    assert {element.tag for element in tree.iter()} <= SHAPES
    values = [(key, value) for element in tree.iter() for key, value in element.attrib.items()]
    assert not {key for key, _ in values if key.startswith("on") or key == "style"}
    colours = {value for key, value in values if key in {"fill", "stroke"}}
    assert all(re.fullmatch(r"none|var\(--[a-z0-9-]+\)|url\(#f1-\d+\)", value) for value in colours), colours
    assert {re.sub(r"[()]|var", "", value) for value in colours if value.startswith("var")} <= set(VARIABLES.values())
    assert all(text.get("fill") for text in tree.iter("text"))
    assert tree.get("aria-label") == f"{name} <in words>"
    links = [value for key, value in values if key == "href"]
    assert all(re.match(r"#f1-\d+$|data:image/png;base64,", link) for link in links)


@pytest.mark.parametrize("name", ["change in likes", "run calendar"])
def test_the_same_figure_gives_the_same_bytes_and_ids_of_its_own(name: str) -> None:
    one = drawn(name)
    assert one == drawn(name)
    ids = re.findall(r' id="([^"]+)"', one)
    assert len(set(ids)) == len(ids) > 0
    assert set(re.findall(r'(?:href="#|url\(#)([^")]+)', one)) <= set(ids)
    assert not set(ids) & set(re.findall(r' id="([^"]+)"', drawn(name, "f2")))


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_text_and_nothing_else(name: str) -> None:
    figure, ax = style.new_figure((14, 1), PAGE)
    ax.text(0, 0.5, name, color=PAGE.ink, parse_math=False)
    svg = inline(svg_with_text(figure), "f1", name)
    lines = [line for line in re.split("[\n\x00]", name) if line]
    told = "".join(text.text or "" for text in ElementTree.fromstring(svg).iter("text"))
    assert all(line in told for line in lines)
    assert "<script" not in svg


def test_dots_by_the_thousand_are_a_mask_that_the_page_colours() -> None:
    figure, ax = style.new_figure((4, 3), PAGE)
    points = np.random.default_rng(1).normal(size=(5000, 2))
    ax.plot(*points.T, "o", color=PAGE.accent, markersize=3, alpha=0.3, markeredgewidth=0, rasterized=True)
    svg = inline(svg_with_text(figure), "f1", "dots")
    assert len(svg) < 80_000  # as dots of their own they would take four times that
    mask = re.search(r'<mask id="([^"]+)"><image ', svg)
    assert mask is not None
    assert re.search(rf'<rect [^>]*mask="url\(#{mask[1]}\)" fill="var\(--c1\)"/>', svg)


def test_a_picture_of_several_colours_keeps_them() -> None:
    figure, ax = style.new_figure((4, 3), PAGE)
    ax.plot([1, 2], [1, 2], "o", color="#ff0000", markersize=20, rasterized=True)
    ax.plot([1, 2], [2, 1], "o", color=PAGE.main, markersize=20, rasterized=True)
    svg = inline(svg_with_text(figure), "f1", "dots")
    assert "<mask" not in svg
    assert "<image " in svg


def test_what_measures_has_a_letter_for_all_that_it_measures() -> None:
    for name in HOSTILE:
        assert {ord(char) for char in measured(name) if char.isprintable()} <= drawable()
    assert measured("plain") == "plain"
    assert measured("日本") == "WW"


def test_each_colour_of_a_figure_has_a_name_and_each_theme_a_colour_for_it() -> None:
    assert len(VARIABLES) == len({*PAGE.cycle, *PAGE.density, PAGE.ink, PAGE.faint, PAGE.grid, PAGE.gap, PAGE.paper})
    light, dark = (dict(re.findall(r"(--[\w-]+): (#[0-9a-fA-F]{6});", declared(theme))) for theme in (LIGHT, DARK))
    assert set(light) == set(dark) == set(VARIABLES.values())
    assert [light[f"--c{n}"] for n in range(len(LIGHT.cycle))] == list(LIGHT.cycle)
    assert (dark["--f-ink"], dark["--c0"]) == (DARK.ink, DARK.main)
