"""The colours of a figure: light, dark, and those of the page, which are names that the page gives a colour to.

The colours are those of Okabe and Ito (2008, "Color Universal Design"), which stay apart for every common colour
blindness; where lines carry names, the names stand beside the lines, so that colour is never the only key.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count

from matplotlib.colors import Colormap, LinearSegmentedColormap, ListedColormap, to_hex

BLACK, ORANGE, SKY, GREEN = "#000000", "#E69F00", "#56B4E9", "#009E73"
YELLOW, BLUE, VERMILION, PURPLE = "#F0E442", "#0072B2", "#D55E00", "#CC79A7"


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of one variant. *paper* is the figure's ground; "none" leaves it transparent."""

    name: str
    ink: str
    faint: str
    grid: str
    gap: str
    paper: str
    cycle: tuple[str, ...]
    density: tuple[str, ...]

    @property
    def main(self) -> str:
        """What is measured."""
        return self.cycle[0]

    @property
    def accent(self) -> str:
        """What the reader should look at first."""
        return self.cycle[1]

    @property
    def density_map(self) -> Colormap:
        """From few to many, monotone in lightness, so that it also prints in grey."""
        if self is PAGE:  # a colour between two names has none
            return ListedColormap(list(self.density), name="density-page")
        return LinearSegmentedColormap.from_list(f"density-{self.name}", list(self.density))


LIGHT = Theme(
    name="light",
    ink="#1b1f24",
    faint="#5c6670",
    grid="#dfe3e8",
    gap="#ececec",
    paper="#ffffff",
    cycle=(BLUE, VERMILION, GREEN, PURPLE, ORANGE, SKY, BLACK),
    density=("#c9dff0", SKY, BLUE, "#00263d"),
)
DARK = Theme(
    name="dark",
    ink="#e8eaed",
    faint="#a3abb5",
    grid="#353b43",
    gap="#2a2f36",
    paper="#15171a",
    cycle=(SKY, ORANGE, GREEN, PURPLE, YELLOW, VERMILION, "#ffffff"),
    density=("#1d4a6b", BLUE, SKY, "#eaf6ff"),
)

SHADES = 16  # of the page's density: more than an eye tells apart in hexagons, few enough to name each
_PARTS = ("ink", "faint", "grid", "gap", "paper")
# Stand for names while a figure is drawn, and for nothing else; so far apart that no rounding takes one for another.
_SIGNS = (f"#5e{9 * n:02x}b5" for n in count())
PAGE = Theme(
    name="page",
    **{part: next(_SIGNS) for part in _PARTS},
    cycle=tuple(next(_SIGNS) for _ in LIGHT.cycle),
    density=tuple(next(_SIGNS) for _ in range(SHADES)),
)


def _named(theme: Theme) -> dict[str, str]:
    """The name of each colour of a theme in the page's style sheet, and the colour."""
    map_ = theme.density_map
    density = theme.density if theme is PAGE else [to_hex(map_((n + 0.5) / SHADES)) for n in range(SHADES)]
    lists = {"c": theme.cycle, "d": density}
    named = {f"--f-{part}": str(getattr(theme, part)) for part in _PARTS}
    return named | {f"--{letter}{n}": color for letter, colors in lists.items() for n, color in enumerate(colors)}


# A colour as `PAGE` draws it -> its name. What is drawn in any other colour keeps it, in the light and in the dark.
VARIABLES = {color: name for name, color in _named(PAGE).items()}


def declared(theme: Theme) -> str:
    """The page's names with the colours of *theme*, as declarations of CSS."""
    return " ".join(f"{name}: {color};" for name, color in _named(theme).items())
