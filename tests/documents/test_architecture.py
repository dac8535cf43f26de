"""ARCHITECTURE.md's house is the one that is built: its folders, its files, and the modules that are long."""

from __future__ import annotations

import re
from pathlib import Path

from tests.documents.texts import code_blocks, coded, rows, tracked
from tests.project import ROOT

ARCHITECTURE = "ARCHITECTURE.md"
PARTS = ("analysis", "benchmarks", "replica", "tiktok_scraper")


def house() -> tuple[set[Path], set[Path]]:
    """The folders and the files that the tree names."""
    (tree,) = (block for block in code_blocks(ARCHITECTURE) if block.startswith("tiktok_scraper/"))
    folders, files = set(), set()
    part = Path()
    for line in tree.splitlines():
        found = re.match(r"(|  )([\w.]+/?(?:, [\w.]+)*)  +\S", line)
        assert found is not None, f"{line!r} is no name and no words beside it"
        inner, names = found.groups()
        for name in names.split(", "):
            path = part / name if inner else Path(name)
            (folders if name.endswith("/") else files).add(path)
        part = part if inner else Path(names)
    return folders, files


def test_the_house_names_every_folder_two_levels_deep_and_no_other() -> None:
    parents = {parent for path in tracked() for parent in path.parents if parent != Path()}
    there = {path for path in parents if len(path.parts) <= 2 and not path.parts[0].startswith(".")}
    assert house()[0] == there


def test_the_files_that_the_house_names_are_there() -> None:
    files = house()[1]
    assert files <= {*tracked()}
    top = {path for path in tracked() if path.suffix == ".py" and len(path.parts) == 2 and path.parts[0] in PARTS}
    assert {path for path in top if path.name not in {"__init__.py", "__main__.py"}} <= files


def test_long_modules_are_explained() -> None:
    explained = {coded(row[0])[0] for row in rows(ARCHITECTURE, "module")}
    sources = [path for part in PARTS for path in (ROOT / part).rglob("*.py")]
    lengths = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in sources}
    assert {name for name, length in lengths.items() if length > 250} <= explained
    assert explained <= lengths.keys()
