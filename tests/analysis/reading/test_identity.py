"""A creator is an id where it is known: handles change, and others take them over."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from analysis.counts.bounds import with_bounds
from analysis.load import load
from analysis.measures.ads import left_out, marked
from analysis.measures.creators import creator_rows, ranked
from analysis.reading.identity import handle_of
from analysis.reading.stream import stream
from analysis.terms.schema import SIGHTINGS_ORDER
from tests.analysis.lines_of import OLD, line

ANN, BOB, EVE = "6800000000000000001", "6900000000000000002", "7000000000000000003"
# (number, hours, handle, id): ann changes her name; bob takes over the one that eve had.
SEEN: list[tuple[int, float, str | None, str | None]] = [
    (1, 0, "ann", ANN),
    (2, 0, "shop", EVE),
    (3, 1, "shop", None),
    (4, 24, "anna", ANN),
    (5, 25, "ann", None),
    (6, 46, "shop", None),
    (7, 48, "shop", BOB),
    (8, 49, "nobody", None),
    (9, 50, None, ANN),
]
SHOWN = ["anna", f"shop ({EVE})", f"shop ({EVE})", "anna", "anna", "shop", "shop", "nobody", "anna"]


def seen(number: int, hours: float, handle: str | None, id_: str | None, **told: Any) -> dict[str, Any]:
    """A sighting in a run of its own."""
    username = f"https://www.tiktok.com/@{handle}" if handle else None
    return line(number, run=f"r{hours}", hours=hours, username=username, creator_id=id_, **told)


def written(folder: Path, lines: Iterable[dict[str, Any]]) -> Path:
    path = folder / "tiktoks.jsonlines"
    path.write_text("".join(f"{json.dumps(told)}\n" for told in lines), encoding="utf-8")
    return folder


def shown(folder: Path) -> list[str | None]:
    """What the creators are shown as, in the order of the file; None where nobody knows."""
    sightings = load(folder, force=True).sightings.sort_values("line_from")
    return [None if pd.isna(name) else name for name in sightings["creator"]]


def test_creators_are_told_apart_by_id_and_shown_under_their_latest_handle(tmp_path: Path) -> None:
    assert shown(written(tmp_path, [seen(*one) for one in SEEN])) == SHOWN


def test_the_order_of_the_file_makes_no_difference(tmp_path: Path) -> None:
    assert shown(written(tmp_path, [seen(*one) for one in reversed(SEEN)])) == SHOWN[::-1]


def test_a_handle_that_two_had_equally_near_is_nobodys(tmp_path: Path) -> None:
    lines = [
        seen(0, 0, "shop", EVE),
        seen(1, 1, "shop", None, scraped_at="2026-08-01T15:00:00.000+00:00"),
        seen(0, 2, "shop", BOB),
    ]
    assert shown(written(tmp_path, lines)) == [f"shop ({EVE})", None, "shop"]


def test_what_became_of_handles_is_told_where_there_is_something_to_tell(tmp_path: Path) -> None:
    assert not any("handle" in told for told in load(written(tmp_path, [seen(1, 0, "ann", ANN)])).report.warnings)
    (told,) = load(written(tmp_path, [seen(*one) for one in SEEN])).report.warnings
    assert told.startswith("Creators who changed their handle, by their creator_id: 1; handles of several")
    assert " creators: 1 (@shop). Each creator" in told
    lines = [seen(0, 0, "shop", EVE), seen(1, 1, "shop", None), seen(0, 2, "shop", BOB)]
    lines[1]["scraped_at"] = "2026-08-01T15:00:00.000+00:00"
    assert any("had equally near in time: 1." in told for told in load(written(tmp_path, lines)).report.warnings)


def test_an_id_without_a_handle_is_a_creator_all_the_same(tmp_path: Path) -> None:
    assert shown(written(tmp_path, [seen(1, 0, None, ANN), seen(2, 1, None, None)])) == [f"_ ({ANN})", None]


def test_lines_without_ids_keep_their_handles(tmp_path: Path) -> None:
    assert shown(written(tmp_path, [OLD, OLD | {"url": f"{OLD['url'][:-1]}5"}])) == ["someone", "someone"]


def test_nobody_gains_by_taking_over_a_handle(tmp_path: Path) -> None:
    followers = [5_000, 200, 5_600, 3_200_000]
    people = [(1, 0, "ann", ANN), (2, 0, "shop", EVE), (1, 48, "anna", ANN), (3, 48, "shop", BOB)]
    lines = [
        seen(*one, user_followers=told, user_followers_step=1) for one, told in zip(people, followers, strict=True)
    ]
    rows = ranked(creator_rows(left_out(marked(with_bounds(load(written(tmp_path, lines)).sightings)))))
    told = rows.set_index("creator")
    assert sorted(told.index) == ["anna", "shop", f"shop ({EVE})"]
    assert told["followers_gain_lo"].dropna().to_dict() == {"anna": 600}
    assert told.loc["anna", "username"] == "https://www.tiktok.com/@anna"


@pytest.mark.parametrize("size", [300, 2_000, 10_000_000])
def test_blocks_know_the_same_creators_as_the_whole(tmp_path: Path, size: int) -> None:
    folder = written(tmp_path, [seen(*one) for one in SEEN])
    blocks = pd.concat(stream(folder, size=size), ignore_index=True)
    whole = load(folder, force=True).sightings
    assert_frame_equal(blocks.sort_values(list(SIGHTINGS_ORDER), ignore_index=True), whole)


@pytest.mark.parametrize(
    ("name", "handle"),
    [("ann", "ann"), (f"shop ({EVE})", "shop"), ("A (2 b)", "A (2 b)"), ("shop (p-k3j5-mgl2hcohk42swtwh)", "shop")],
)
def test_the_handle_of_a_name(name: str, handle: str) -> None:
    assert handle_of(name) == handle
