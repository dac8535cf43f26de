"""The commands that the documents name are there, with the options and defaults that they tell."""

from __future__ import annotations

import contextlib
import importlib.util
import io
import re
from pathlib import Path

import pytest

import replica.__main__
from replica.options import ALSO_NAMED, OBSTACLES, Options
from replica.unruly import RATES
from tests.documents.texts import DOCUMENTS, coded, rows, text_of
from tests.project import ROOT
from tools.hourly.units import SERVICE, TIMER

COMMANDS = "docs/commands.md"
REPLICA = "docs/replica.md"
RUN = sorted({name for path in DOCUMENTS for name in re.findall(r"python -m (\w+(?:\.\w+)*)", text_of(path))})
NAMED = sorted(
    {
        name
        for path in DOCUMENTS
        for name in coded(text_of(path))
        if re.fullmatch(r"(?:analysis|benchmarks|replica|tiktok_scraper)(?:\.\w+)+", name)
        and not (ROOT / name).exists()
        and name not in {SERVICE, TIMER}
    }
)


def test_every_command_of_make_is_documented_and_there() -> None:
    makefile = (ROOT / "Makefile").read_text()
    there = set(re.findall(r"^([a-z]+):.*##", makefile, re.MULTILINE))
    documented = {word for row in rows(COMMANDS, "command") for word in re.findall(r"`make ([a-z]+)`", row[0])}
    assert documented == there
    for document in DOCUMENTS:
        assert set(re.findall(r"`?\bmake ([a-z]+)`", text_of(document))) <= there, document


@pytest.mark.parametrize("module", RUN)
def test_every_module_to_run_is_there(module: str) -> None:
    found = importlib.util.find_spec(module)
    assert found is not None
    if found.submodule_search_locations is not None:
        assert importlib.util.find_spec(f"{module}.__main__") is not None
    else:
        assert found.origin is not None
        assert '__name__ == "__main__"' in Path(found.origin).read_text()


@pytest.mark.parametrize("module", NAMED)
def test_every_module_named_is_there(module: str) -> None:
    assert importlib.util.find_spec(module) is not None


def test_every_option_of_the_replica_is_documented_with_its_default() -> None:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), pytest.raises(SystemExit):
        replica.__main__.main(["serve", "--help"])
    taken = set(re.findall(r"--[a-z-]+", printed.getvalue())) - {"--help"}
    documented = {coded(row[0])[0]: row[1] for row in rows(REPLICA, "option")}
    assert set(documented) == taken
    assert documented.pop("--tame") == "off"
    for option, default in documented.items():
        name = option.removeprefix("--").replace("-", "_")
        if name in RATES:
            assert float(default) == float(f"{getattr(Options().rates, name):.2g}"), option
            continue
        held = getattr(Options(), name)
        worded = {"--now": "now", "--creator-failures": "0.01, late"}
        unset: dict[object, str] = {None: worded.get(option, "none"), False: "off"}
        assert default == (unset[held] if held is None or held is False else str(held)), option


def test_every_other_name_of_an_obstacle_is_a_reason_that_it_ends_a_run_for() -> None:
    (told,) = (line for line in text_of(REPLICA).splitlines() if line.startswith("`--obstacle` also takes"))
    names, _, of = told.partition(", as a crawl")
    assert dict(zip(coded(names)[1:], coded(of), strict=True)) == ALSO_NAMED
    assert ALSO_NAMED.keys() <= {coded(row[0])[0] for row in rows("docs/crawl.md", "reason")}
    assert {replica.__main__._obstacle(f"{name}@3") for name in ALSO_NAMED} == {
        (name, 3) for name in ALSO_NAMED.values()
    }
    assert set(ALSO_NAMED.values()) <= set(OBSTACLES) and not ALSO_NAMED.keys() & set(OBSTACLES)


def test_every_obstacle_of_the_replica_is_explained() -> None:
    (told,) = (row[2] for row in rows(REPLICA, "option") if row[0] == "`--obstacle`")
    assert [word for word in re.findall(r"[a-z]+(?:-[a-z]+)*", told) if word in OBSTACLES] == list(OBSTACLES)
