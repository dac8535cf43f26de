"""A Selenium Grid of this machine: hub and nodes on free ports of 127.0.0.1, gone with whoever started them.

It is guarded as docs/grid.md has one guard it: who asks the hub needs a name and a password, and a node a secret.
"""

from __future__ import annotations

import os
import random
import secrets
import shutil
import signal
import socket
import subprocess
import time
from contextlib import suppress
from functools import partial
from http.client import HTTPException
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote

from benchmarks.places import ROOT
from benchmarks.started import environment
from tiktok_scraper.browser.start import far
from tiktok_scraper.browser.start.processes import die_with_parent, in_session

READY_WITHIN_S = 120.0  # on a machine with much else to do; five seconds are usual
ANSWERS_WITHIN_S = 5.0
LOOK_EVERY_S = 0.1
GIVEN_TO_NOBODY = range(20_000, 32_000)  # below Linux's local ports, which the others' connections take at random
# Drivers and browsers outlive a node that is killed: this ends them all when it is told to, or its starter dies.
TOGETHER = ("sh", "-c", 'trap "kill -KILL 0" TERM; "$@" & wait', "sh")


class Grid:
    """A hub, and nodes that are started one by one; *folder* takes their logs. As a context manager it ends itself."""

    def __init__(self, folder: Path, jar: Path) -> None:
        self._folder, self._jar = folder, jar
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        port, publish, subscribe = free_ports(3)
        bus = f"tcp://127.0.0.1:{publish}", f"tcp://127.0.0.1:{subscribe}"
        self.name, self.password, self._secret = "crawl", f"p@ss/{secrets.token_hex(8)}", secrets.token_hex(8)
        self._hub = f"http://127.0.0.1:{port}"
        self.address = f"http://{self.name}:{quote(self.password, safe='')}@127.0.0.1:{port}"
        self._port = port
        self._rest = ["--host", "127.0.0.1", "--publish-events", bus[0], "--subscribe-events", bus[1]]
        self._rest += ["--registration-secret", self._secret]

    def node(self, name: str, slots: int, geckodriver: str | None = None) -> str:
        """Start a node of so many *slots*, each for Chromium or, with a *geckodriver*, for Firefox; return its address.

        It need not be there yet: see `await_nodes`.
        """
        drivers = [f"-Dwebdriver.chrome.driver={shutil.which('chromedriver')}"]
        browsers = ["--driver-implementation", "chrome"]
        if geckodriver is not None:
            drivers.append(f"-Dwebdriver.gecko.driver={geckodriver}")
            browsers += ["--driver-implementation", "firefox"]
        (port,) = free_ports(1)
        most = ["--max-sessions", str(slots), "--override-max-sessions", "true", "--selenium-manager", "false"]
        self._start(name, drivers, ["node", "--port", str(port), "--hub", self._hub, *most, *browsers])
        return f"http://127.0.0.1:{port}"

    def nodes(self) -> list[dict[str, Any]]:
        """The nodes as the hub tells of them in /status; none while it does not answer."""
        with suppress(OSError, HTTPException):
            told = far.status_of(self.address, ANSWERS_WITHIN_S)
            return list(told["value"].get("nodes", [])) if told else []
        return []

    def await_nodes(self, count: int) -> Self:
        """Wait until *count* nodes have come.

        Raises:
            TimeoutError: they do not; their logs tell why.
        """
        ends = time.monotonic() + READY_WITHIN_S
        while len(self.nodes()) < count:
            if time.monotonic() > ends:
                raise TimeoutError(f"no {count} nodes came to {self._hub}: see {self._folder}/*.log")
            time.sleep(LOOK_EVERY_S)
        return self

    def pids(self) -> list[int]:
        """The processes of hub and nodes; drivers and browsers are below those."""
        return [process.pid for process in self._processes.values()]

    def kill(self, name: str) -> None:
        """Kill a node with all that it has started, as when its machine fails."""
        self._end(self._processes.pop(name))

    def __enter__(self) -> Self:
        guarded = ["--username", self.name, "--password", self.password]
        self._start("hub", [], ["hub", "--port", str(self._port), *guarded])
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._processes.values():
            process.terminate()
        for process in self._processes.values():
            with suppress(subprocess.TimeoutExpired):
                process.wait(10)
            self._end(process)

    def _start(self, name: str, drivers: list[str], words: list[str]) -> None:
        with (self._folder / f"{name}.log").open("wb") as log:
            self._processes[name] = subprocess.Popen(
                [*TOGETHER, "java", *drivers, "-jar", str(self._jar), *words, *self._rest],
                cwd=self._folder,
                env=environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                preexec_fn=partial(die_with_parent, signal.SIGTERM),  # noqa: PLW1509  it imports nothing and takes no lock
                start_new_session=True,
            )

    def _end(self, process: subprocess.Popen[bytes]) -> None:
        """Kill whatever is left of the session that *process* leads: drivers and browsers of a node."""
        for pid in {process.pid, *in_session(process.pid)} if process.poll() is None else in_session(process.pid):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        process.wait()


def found_jar() -> Path | None:
    """Selenium's server, which tools/grid.sh fetches; None where nobody has, or there is no Java to run it."""
    found = sorted((ROOT / ".grid").rglob("selenium-server-*.jar"))
    return found[-1] if found and shutil.which("java") else None


def free_ports(count: int) -> list[int]:
    """So many ports that nobody listens on now, of those that no system gives out by itself: Java takes a while."""
    ports: set[int] = set()
    while len(ports) < count:
        port = random.choice(GIVEN_TO_NOBODY)
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            ports.add(port)
    return list(ports)
