"""The code that the documents show is code that works with what is there."""

from __future__ import annotations

import ast
import asyncio
from collections.abc import Callable
from typing import Any

from scrapy import Spider

from tests.documents.texts import code_blocks, coded, text_of


def test_the_spider_shown_asks_what_it_says() -> None:
    (shown,) = code_blocks("docs/scrapy-selenium.md", "python")
    names: dict[str, Any] = {}
    exec(compile(shown, "docs/scrapy-selenium.md", "exec"), names)
    (spider,) = (v for v in names.values() if isinstance(v, type) and issubclass(v, Spider) and v is not Spider)
    (request,) = asyncio.run(_first_requests(spider))
    assert (request.wait_time, request.screenshot) == (10, True)
    assert request.wait_until is not None
    assert "scrollTo" in request.script


async def _first_requests(spider: Callable[[], Any]) -> list[Any]:
    return [request async for request in spider().start()]


def test_the_request_named_beside_it_keeps_its_fields() -> None:
    (named,) = (code for code in coded(text_of("docs/scrapy-selenium.md")) if code.startswith("from "))
    names: dict[str, Any] = {}
    exec(named, names)
    given = {"wait_time": 10, "wait_until": bool, "screenshot": True, "script": "1"}
    replaced = names["SeleniumRequest"](url="http://a.test/", **given).replace(url="http://b.test/")
    assert {name: getattr(replaced, name) for name in given} == given


def test_the_script_shown_for_the_analysis_finds_what_it_imports() -> None:
    (shown,) = code_blocks("analysis/README.md", "python")
    tree = ast.parse(shown)
    tree.body = [node for node in tree.body if isinstance(node, ast.ImportFrom)]
    names: dict[str, Any] = {}
    exec(compile(tree, "analysis/README.md", "exec"), names)
    assert {"load", "with_bounds", "marked", "left_out", "tiktok_rows", "ranked", "creator_rows"} <= set(names)
