"""Each golden case reads as its expected.json says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.tiktok_scraper.pages.golden import Case, cases
from tiktok_scraper.pages import data, dom

READERS: dict[str, Callable[..., Any]] = {
    "viewer": dom.read_viewer,
    "card": dom.read_card,
    "feed_reply": data.read_feed_reply,
    "creator_reply": data.read_creator_reply,
    "embedded": data.read_embedded,
}


@pytest.mark.parametrize("case", cases(pages=False))
def test_reads_as_written_down(case: Case) -> None:
    case.hold(READERS[case.reader](case.text, **case.arguments))
