"""What the replica tells of its own traffic is what was asked of it, its own addresses left out."""

from __future__ import annotations

import json
import urllib.request

from replica.options import Options
from replica.serving.server import Replica


def test_requests_and_the_bytes_of_bodies_are_told() -> None:
    with Replica(Options(era="b", latency_ms=0)) as site:
        told = [json.loads(fetched(f"{site.base}/_replica/traffic"))]
        bodies = [fetched(f"{site.base}{path}") for path in ("/foryou", "/robots.txt", "/_site/js/boot.js")]
        fetched(f"{site.base}/_replica/truth")
        told.append(json.loads(fetched(f"{site.base}/_replica/traffic")))
    assert told == [{"requests": 0, "sent": 0}, {"requests": 3, "sent": sum(map(len, bodies))}]


def fetched(url: str) -> bytes:
    with urllib.request.urlopen(url) as reply:
        body: bytes = reply.read()
    return body
