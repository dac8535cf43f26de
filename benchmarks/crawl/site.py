"""The replica in a process of its own, so that what it computes does not run in a measured interpreter."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urljoin

from benchmarks.places import ROOT

LATENCY_MS = 150  # of every reply of the site's own interfaces
CARD_DELAY_MS = 150  # the pointer's rest before the page asks for the creator
STOP_WITHIN_S = 10


@contextmanager
def served(*options: str) -> Iterator[str]:
    """Serve the replica with *options* of its command line; gives the feed's address.

    Every creator's reply comes, because the bench counts whether all were obtained.

    Raises:
        RuntimeError: it ended instead of serving; why stands on stderr.
    """
    told = [*options, "--latency-ms", str(LATENCY_MS), "--card-delay-ms", str(CARD_DELAY_MS)]
    command = [sys.executable, "-m", "replica", "serve", *told, "--creator-failures", "0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as replica:
        try:
            assert replica.stdout is not None
            url = replica.stdout.readline().strip()
            if not url:
                raise RuntimeError(f"the replica did not start: {' '.join(command)}")
            yield url
        finally:
            replica.terminate()
            try:
                replica.wait(STOP_WITHIN_S)
            except subprocess.TimeoutExpired:
                replica.kill()


def traffic(url: str) -> tuple[int, int]:
    """How many requests the replica behind *url* has had, and the bytes of the bodies that it sent."""
    with urllib.request.urlopen(urljoin(url, "/_replica/traffic")) as reply:
        told = json.load(reply)
    return told["requests"], told["sent"]
