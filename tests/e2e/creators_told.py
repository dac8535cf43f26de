"""Which creators a crawl asked for, and which of them were told, against the replica's truth."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, unquote

from tests.e2e.against_truth import OF_CREATOR, differences


def asked_names(crawled: Any) -> list[str]:
    """The creators the page itself asked for, as the server saw it, once for each request."""
    return [parse_qs(query)["uniqueId"][0] for _, path, query in crawled.requests if path == "/api/user/detail/"]


def names(crawled: Any) -> set[str]:
    """The creators of the lines, by name."""
    return {unquote(line["username"].partition("/@")[2]) for line in crawled.lines}


def check_all_told(crawled: Any, limit: int) -> None:
    """Every creator of *limit* TikToks was told, as truly as the site did."""
    assert crawled.exit_code == 0, crawled.printed
    assert len({line["id"] for line in crawled.lines}) == len(crawled.lines) == limit
    assert told(crawled) == {line["username"] for line in crawled.lines}
    untold = [line["url"] for line in crawled.lines for name in OF_CREATOR if line[name] is None]
    assert not untold, "not told of any of their TikToks"
    wrong = {line["id"]: d for line in crawled.lines if (d := differences(line, crawled.truth[line["id"]]))}
    assert not wrong


def told(crawled: Any) -> set[str]:
    return {line["username"] for line in crawled.lines if line["user_followers"] is not None}
