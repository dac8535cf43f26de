"""A Selenium Grid of this machine for tests: a hub, a node of two slots and one of one."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Self

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.remote.client_config import ClientConfig

from benchmarks.grid.server import Grid, found_jar
from tests.e2e import geckodriver
from tests.e2e.beside import wait_until

OURS = "tiktok_scraper "  # how the names of our sessions begin


class Watched(Grid):
    """A grid, and whose sessions are on it."""

    def __init__(self, folder: Path) -> None:
        jar = found_jar()
        if jar is None:
            pytest.skip("Java or Selenium's server is not here: sh tools/grid.sh says what to type")
        self._geckodriver = geckodriver.path()
        super().__init__(folder, jar)
        self._addresses: dict[str, str] = {}
        self._read: dict[str, int] = {}
        self._dead: set[str] = set()  # whom the hub still lists, for minutes

    def __enter__(self) -> Self:
        super().__enter__()
        self._addresses = {"first": self.node("first", 2), "second": self.node("second", 1, self._geckodriver)}
        return self

    def sessions(self) -> dict[str, str]:
        """The sessions of all nodes that were not killed: id -> name, "" where they have none."""
        nodes = [node for node in self.nodes() if node["uri"] not in self._dead]
        held = [slot["session"] for node in nodes for slot in node["slots"] if slot["session"]]
        return {session["sessionId"]: session["capabilities"].get("se:name", "") for session in held}

    def told(self) -> str:
        """What hub and nodes have logged since this was last asked."""
        parts = []
        for log in sorted(self._folder.glob("*.log")):
            whole = log.read_text(errors="replace")
            parts.append(f"{log.name}:\n{whole[self._read.get(log.name, 0) :]}")
            self._read[log.name] = len(whole)
        return "\n".join(parts)

    def ours(self) -> set[str]:
        """The ids of the sessions that crawls have."""
        return {id for id, name in self.sessions().items() if name.startswith(OURS)}

    def kill(self, name: str) -> None:
        """Kill a node with all that it has started, or the hub, as when its machine fails."""
        if name in self._addresses:
            self._dead.add(self._addresses[name])
        super().kill(name)

    def mend(self) -> None:
        """Start the second node again, where it was killed."""
        if "second" not in self._processes:
            self._addresses["second"] = self.node("second", 1)
            wait_until(lambda: self._addresses["second"] in {node["uri"] for node in self.nodes()})

    def somebody_elses(self) -> webdriver.Remote:
        """A session that is none of a crawl's."""
        options = Options()
        for argument in ("--headless=new", "--no-sandbox"):
            options.add_argument(argument)
        options.binary_location = shutil.which("chromium") or ""
        known = ClientConfig(self._hub, username=self.name, password=self.password)
        return webdriver.Remote(self._hub, options=options, client_config=known)
