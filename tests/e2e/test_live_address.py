"""Plain `scrapy crawl tiktok`, its address untouched, on a replica that answers as https://www.tiktok.com."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from replica.options import Options
from replica.serving.server import Replica
from tests.e2e import geckodriver
from tests.e2e.against_truth import differences
from tests.e2e.conftest import command, read_lines, run_to_end


def talked_to(log: Path) -> set[str]:
    """The addresses that the browser connected to by TCP or sent a datagram to, from its own net log.

    A UDP socket that is connected and sends nothing only asks the kernel for a route, as Chromium does at its start.
    """
    told = json.loads(log.read_text(errors="replace"))
    names = {number: name for name, number in told["constants"]["logEventTypes"].items()}
    connected, reached = {}, set()
    for event in told["events"]:
        name, source, params = names[event["type"]], event["source"]["id"], event.get("params", {})
        if name == "TCP_CONNECT_ATTEMPT" and "address" in params:
            reached.add(params["address"])
        elif name == "UDP_CONNECT" and "address" in params:
            connected[source] = params["address"]
        elif name == "UDP_BYTES_SENT":
            reached.add(params.get("address") or connected.get(source, "an unknown address:0"))
    return reached


def crawl_live(folder: Path, limit: int, settings: dict[str, Any]) -> subprocess.CompletedProcess[str]:
    return run_to_end(command(None, folder, limit, settings))


@pytest.mark.browser
def test_thirty_tiktoks_given_only_two_browser_arguments(tmp_path: Path) -> None:
    log = tmp_path / "net.json"
    with Replica(Options(tls=True, latency_ms=20, card_delay_ms=20)) as site:
        port = site.base.rpartition(":")[2]
        arguments = [f"--host-resolver-rules=MAP www.tiktok.com 127.0.0.1:{port}", "--ignore-certificate-errors"]
        watch = [f"--log-net-log={log}"]  # for the last assertion, not for the crawl
        settings = {"SELENIUM_DRIVER_ARGUMENTS": json.dumps(arguments + watch), "TIKTOK_BLOCK_MEDIA": False}
        done = crawl_live(tmp_path / "data", 30, settings)
        truth = {told["id"]: told for told in site.truth()}
    lines = read_lines(tmp_path / "data" / "tiktoks.jsonlines")
    assert done.returncode == 0, done.stderr
    assert len({line["id"] for line in lines}) == 30
    assert not [d for line in lines if (d := differences(line, truth[line["id"]]))]
    reached = talked_to(log)
    assert reached, "the browser's own log names the addresses it connected to"
    assert {address.rpartition(":")[0] for address in reached} <= {"127.0.0.1", "[::1]"}


@pytest.mark.browser
@pytest.mark.firefox
def test_firefox_finds_it_too(tmp_path: Path) -> None:
    with Replica(Options(tls=True, latency_ms=20, card_delay_ms=20)) as site:
        port = site.base.rpartition(":")[2]
        arguments = [
            "-pref=network.dns.localDomains=www.tiktok.com",
            f"-pref=network.socket.forcePort=443={port}",
            "--ignore-certificate-errors",
        ]
        settings = {
            "SELENIUM_DRIVER_NAME": "firefox",
            "SELENIUM_DRIVER_EXECUTABLE_PATH": geckodriver.path(),
            "SELENIUM_DRIVER_ARGUMENTS": json.dumps(arguments),
        }
        done = crawl_live(tmp_path / "data", 12, settings)
    assert done.returncode == 0, done.stderr
    assert len(read_lines(tmp_path / "data" / "tiktoks.jsonlines")) == 12
