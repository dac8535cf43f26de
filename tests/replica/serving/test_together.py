"""No list of the feed goes to anybody before as many visitors as told have asked for one."""

from __future__ import annotations

import json
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import pytest

from replica.options import Options
from replica.serving.server import Replica


def asked(site: Replica, visitor: str) -> int:
    """How many items a visitor with that cookie gets in one list."""
    cookie = {"Cookie": f"ttwid=1%7C{visitor}"}
    request = urllib.request.Request(f"{site.base}/api/recommend/item_list/?count=6", headers=cookie)
    with urllib.request.urlopen(request, timeout=30) as reply:
        return len(json.loads(reply.read())["itemList"])


def test_lists_are_held_until_all_visitors_have_asked() -> None:
    with Replica(Options(latency_ms=0, together=2)) as site, ThreadPoolExecutor() as threads:
        first = [threads.submit(asked, site, "one") for _ in range(2)]
        while sum("item_list" in path for _, path, _ in site.requests) < 2:
            with urllib.request.urlopen(f"{site.base}/foryou") as page:
                assert page.status == 200, "pages are not held"
        assert not any(waiting.done() for waiting in first), "one visitor that asks twice is one visitor"
        assert asked(site, "two") > 0
        assert all(waiting.result(30) > 0 for waiting in first)
        assert asked(site, "three") > 0


def test_less_than_one_visitor_is_refused() -> None:
    with pytest.raises(ValueError, match="--together must be 1 or more; not 0"):
        Options(together=0)
