"""README and its neighbours say what the code does: names, defaults, orders, and that what they point to is there."""

from __future__ import annotations

import ast
import asyncio
import contextlib
import importlib.util
import inspect
import io
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from PIL import Image
from scrapy import Spider

import replica.__main__
from replica.options import OBSTACLES, Options
from tiktok_scraper import settings
from tiktok_scraper.items import EXTRAS, FIELDS
from tiktok_scraper.runs import health
from tiktok_scraper.runs import record as runs
from tiktok_scraper.runs.health import Thresholds
from tiktok_scraper.spiders.tiktok_spider import TikTokSpider
from tiktok_scraper.walk import walk

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = ("README.md", "ARCHITECTURE.md", "ETHICS.md", "CHANGELOG.md", "replica/SOURCES.md")
README = (ROOT / "README.md").read_text()
MODULES = sorted((ROOT / "tiktok_scraper").rglob("*.py"))
SCHEMA = json.loads((ROOT / "tiktok_scraper" / "tiktok.schema.json").read_text())
# Kinds of page that end no run under their own name: those wanted, those that pass, those of no use.
NO_ENDS = {"feed", "viewer", "shell", "unknown", "profile", "video-page", "other"}
WORDS_OF_TYPES = {"string": "text", "integer": "number", "boolean": "truth", "array": "list", "null": "null"}


def rows(heading: str, text: str = README) -> list[list[str]]:
    """The cells of the table whose first column has that heading."""
    lines = iter(text.splitlines())
    next(line for line in lines if line.startswith(f"| {heading} |"))
    next(lines)
    found = []
    for line in lines:
        if not line.startswith("|"):
            break
        found.append([cell.strip() for cell in line.strip("|").split(" | ")])
    return found


def coded(text: str) -> list[str]:
    """What stands in backquotes."""
    return re.findall(r"`([^`]+)`", text)


def code_blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def trees() -> Iterator[ast.Module]:
    for path in MODULES:
        yield ast.parse(path.read_text())


def strings(node: ast.AST) -> set[str]:
    """Every string literal in *node*, but not those that something is only compared with."""
    compared = {id(inner) for n in ast.walk(node) if isinstance(n, ast.Compare) for inner in ast.walk(n)}
    constants = (n for n in ast.walk(node) if isinstance(n, ast.Constant) and id(n) not in compared)
    return {n.value for n in constants if isinstance(n.value, str)}


def calls(*names: str) -> Iterator[ast.Call]:
    """Every call of a function or method of one of those names in the package."""
    for tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", None)
                if called in names:
                    yield node


def given(name: str) -> set[str]:
    """The names of settings that the README's table documents, or that the package reads."""
    return set(re.findall(r"\b(?:TIKTOK|SELENIUM)_[A-Z_]*[A-Z]\b", name))


# What a line holds


def test_every_field_is_explained_in_the_order_of_the_line() -> None:
    explained = [name for row in rows("field") for name in coded(row[0])]
    assert explained == [*FIELDS, *EXTRAS]


@pytest.mark.parametrize("row", rows("field"), ids=lambda row: coded(row[0])[0])
def test_the_type_explained_is_the_schemas(row: list[str]) -> None:
    for name in coded(row[0]):
        told = SCHEMA["properties"][name]
        types = told.get("type") or [_type_of(value) for value in told["enum"]]
        types = {types} if isinstance(types, str) else set(types)
        words = {WORDS_OF_TYPES["integer" if t == "number" else t] for t in types}
        assert set(row[1].split(" or ")) == words, name


def _type_of(value: object) -> str:
    return {int: "integer", str: "string", type(None): "null"}[type(value)]


def test_the_line_shown_is_a_line() -> None:
    (shown,) = code_blocks("json")
    line = json.loads(shown)
    jsonschema.validate(line, SCHEMA)
    assert tuple(line) == FIELDS


def test_names_mapped_to_the_research_api_are_ours() -> None:
    ours = [coded(row[0])[0] for row in rows("ours")]
    assert set(ours) <= {*FIELDS, *EXTRAS}
    assert len(set(ours)) == len(ours)


# Settings, arguments, reasons


def test_every_setting_is_documented_and_every_documented_one_is_read() -> None:
    read = set().union(*(given(text) for tree in trees() for text in strings(tree) if text in given(text)))
    read |= {name for name in dir(settings) if name.startswith(("TIKTOK_", "SELENIUM_"))}
    read |= {f"TIKTOK_HEALTH_{name.upper()}" for name in Thresholds.__dataclass_fields__ if name != "min_tiktoks"}
    documented = [coded(row[0])[0] for row in rows("setting")]
    assert sorted(documented) == sorted(read)


@pytest.mark.parametrize(("name", "default"), [(coded(row[0])[0], row[1]) for row in rows("setting")])
def test_the_default_documented_is_the_default(name: str, default: str) -> None:
    if name.startswith("TIKTOK_HEALTH_"):
        held = getattr(Thresholds(), name.removeprefix("TIKTOK_HEALTH_").lower())
        assert float(default) == held
    elif name == "TIKTOK_MIN_TIKTOKS":
        assert default == "90 % of the limit"
        assert [Thresholds().fewest(limit) for limit in (100, 20, 7)] == [90, 18, 7]
    elif name == "TIKTOK_DATA_DIR":
        assert default == "the project's root"
        assert Path(settings.TIKTOK_DATA_DIR) == ROOT
    elif default in {"found", "none"}:
        assert not hasattr(settings, name)
    else:
        assert default == str(getattr(settings, name))


def test_no_document_names_a_setting_that_is_none() -> None:
    documented = {coded(row[0])[0] for row in rows("setting")}
    for name in DOCUMENTS:
        assert given((ROOT / name).read_text()) <= documented, name


def test_every_argument_of_the_crawl_is_documented_with_its_default() -> None:
    parameters = inspect.signature(TikTokSpider.__init__).parameters.values()
    taken = {f"-a {p.name}": p.default for p in parameters if p.kind is p.POSITIONAL_OR_KEYWORD and p.name != "self"}
    assert {coded(row[0])[0]: row[1] for row in rows("argument")} == taken


def end_reasons() -> set[str]:
    """Every reason the package can give: named where a run ends, or of a page that ends it by its kind."""
    ends = set().union(*(strings(call) for call in calls("End", "_why", "_finish", "_end_run")))
    kinds = {str(c.args[0].value) for c in calls("Page") if c.args and isinstance(c.args[0], ast.Constant)}
    pages_not_reached = _returned("_get") - {"ok"}
    named = {health.FAULT, *health.REASONS.values(), *walk.REFUSED_AS.values(), *walk.FINAL}
    return ends | (kinds - NO_ENDS) | pages_not_reached | named


def _returned(function: str) -> set[str]:
    """The texts that a function of that name returns."""
    nodes = (node for tree in trees() for node in ast.walk(tree))
    found = [node for node in nodes if isinstance(node, ast.FunctionDef) and node.name == function]
    returns = [node for body in found for node in ast.walk(body) if isinstance(node, ast.Return)]
    return set().union(*(strings(node) for node in returns))


def test_every_reason_a_run_can_end_for_is_documented() -> None:
    documented = [coded(row[0])[0] for row in rows("reason")]
    assert len(set(documented)) == len(documented)
    assert set(documented) == end_reasons()


def test_every_oddity_a_run_can_note_is_documented() -> None:
    noted: set[str] = set()
    for call in calls("note"):
        (told,) = call.args
        noted |= strings(told) if isinstance(told, ast.Constant) else set()
        noted |= {f"{next(iter(strings(told)))}*"} if isinstance(told, ast.JoinedStr) else set()
    for call in calls("set_value"):
        noted |= {text.removeprefix("tiktok/note/") for text in strings(call) if text.startswith("tiktok/note/")}
    # Noted by the kind of the page that was got past, or that passed.
    noted |= {"login-prompt", "error-page", "waf"}
    assert [coded(row[0])[0] for row in rows("note") if coded(row[0])[0] not in noted] == []
    assert noted <= {coded(row[0])[0] for row in rows("note")}


def test_what_is_said_of_a_runs_end_is_in_its_line() -> None:
    (said,) = re.findall(r"^The line at the end of a run tells.*?\n\n", README, re.MULTILINE | re.DOTALL)
    held = {*runs.outcome({}), "reason", "verdict", "because"}
    assert set(coded(said)) <= held
    assert set(runs.COUNTED) <= set(coded(said))


def test_every_obstacle_of_the_replica_is_explained() -> None:
    (told,) = (row[2] for row in rows("option") if row[0] == "`--obstacle`")
    assert [word for word in re.findall(r"[a-z]+(?:-[a-z]+)*", told) if word in OBSTACLES] == list(OBSTACLES)


# Commands


def test_every_command_of_make_is_documented_and_there() -> None:
    makefile = (ROOT / "Makefile").read_text()
    there = set(re.findall(r"^([a-z]+):.*##", makefile, re.MULTILINE))
    documented = {word for row in rows("command") for word in re.findall(r"`make ([a-z]+)`", row[0])}
    assert documented == there
    for name in DOCUMENTS:
        assert set(re.findall(r"`?\bmake ([a-z]+)`", (ROOT / name).read_text())) <= there, name


@pytest.mark.parametrize("module", sorted(set(re.findall(r"python -m ([a-z_.]+)", README))))
def test_every_module_to_run_is_there(module: str) -> None:
    found = importlib.util.find_spec(module)
    assert found is not None
    if found.submodule_search_locations is not None:
        assert importlib.util.find_spec(f"{module}.__main__") is not None
    else:
        assert found.origin is not None
        assert '__name__ == "__main__"' in Path(found.origin).read_text()


def test_every_option_of_the_replica_is_documented_with_its_default() -> None:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), pytest.raises(SystemExit):
        replica.__main__.main(["serve", "--help"])
    taken = set(re.findall(r"--[a-z-]+", printed.getvalue())) - {"--help"}
    documented = {coded(row[0])[0]: row[1] for row in rows("option")}
    assert set(documented) == taken
    for option, default in documented.items():
        held = getattr(Options(), option.removeprefix("--").replace("-", "_"))
        worded = {"--now": "now", "--creator-failures": "0.01, late"}
        unset: dict[object, str] = {None: worded.get(option, "none"), False: "off"}
        assert default == (unset[held] if held is None or held is False else str(held)), option


# What is pointed to


def anchors(text: str) -> set[str]:
    """The anchors of a document's headings, as forges make them."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_lead_somewhere(name: str) -> None:
    text = (ROOT / name).read_text()
    for target in re.findall(r"\]\(([^)]+)\)", text):
        path, _, anchor = target.partition("#")
        assert "://" not in target, f"{target}: nothing outside the project is needed to read this"
        there = (ROOT / name).parent / path if path else ROOT / name
        assert there.exists(), target
        assert not anchor or anchor in anchors(there.read_text()), target


def test_the_pictures_are_pictures_of_a_readable_size() -> None:
    pictures = re.findall(r"^!\[(.+)\]\((docs/.+)\)$", README, re.MULTILINE)
    assert {path for _, path in pictures} == {f"docs/{path.name}" for path in (ROOT / "docs").glob("*.png")}
    for meaning, path in pictures:
        assert len(meaning) > 40, f"{path} needs words for those who can't see it"
        with Image.open(ROOT / path) as picture:
            picture.verify()
            assert picture.width >= 800
        assert (ROOT / path).stat().st_size < 500_000


def test_the_spider_shown_asks_what_it_says() -> None:
    (shown,) = (block for block in code_blocks("python") if "class " in block)
    names: dict[str, Any] = {}
    exec(compile(shown, "README.md", "exec"), names)
    (spider,) = (v for v in names.values() if isinstance(v, type) and issubclass(v, Spider) and v is not Spider)
    (request,) = asyncio.run(_first_requests(spider))
    assert (request.wait_time, request.screenshot) == (10, True)
    assert request.wait_until is not None
    assert "scrollTo" in request.script


async def _first_requests(spider: Callable[[], Any]) -> list[Any]:
    return [request async for request in spider().start()]


# ARCHITECTURE.md


def test_the_house_names_what_is_there() -> None:
    told = (ROOT / "ARCHITECTURE.md").read_text()
    (house,) = re.findall(r"^```\n(tiktok_scraper/\n.*?)^```$", told, re.MULTILINE | re.DOTALL)
    named = {Path(path).name for path in re.findall(r"[\w./]+\.(?:py|js|json|md|cron)\b", house)}
    there = {path.name for path in ROOT.rglob("*") if ".venv" not in path.parts}
    assert named <= there
    assert {path.name for path in MODULES if not path.name.startswith("__")} - _in_packages(house) <= named


def _in_packages(house: str) -> set[str]:
    """Modules of packages that the house tells of as a whole."""
    return {path.name for path in MODULES if path.parent.name == "lines" and "lines/" in house}


def test_long_modules_are_explained() -> None:
    told = (ROOT / "ARCHITECTURE.md").read_text()
    explained = {coded(row[0])[0] for row in rows("module", told)}
    sources = [
        path for part in ("tiktok_scraper", "replica", "benchmarks", "analysis") for path in (ROOT / part).rglob("*.py")
    ]
    lengths = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in sources}
    assert {name for name, length in lengths.items() if length > 250} <= explained
    assert explained <= lengths.keys()
