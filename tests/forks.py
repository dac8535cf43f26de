"""Scrapy's commands in processes of their own, forked from one that has imported everything: a start costs nothing.

What a start itself prints and does is told by tests that start Python anew; most crawls are about what comes after.
A fork is a process as any other: its environment, folder, output and exit code are its own, and it ends as Python does.
"""

from __future__ import annotations

import array
import atexit
import importlib
import json
import os
import pkgutil
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from tests.e2e.lender import Lender
from tests.project import ROOT

PYTHON = [sys.executable, "-m", "scrapy.cmdline"]
MOST = 1 << 20  # bytes of a request


def run(
    words: list[str],
    environment: dict[str, str],
    seconds: float,
    *,
    cwd: Path = ROOT,
    under: tuple[str, ...] = (),
    lends: bool = False,
) -> subprocess.CompletedProcess[str]:
    """Run `python -m scrapy.cmdline ...` as `subprocess.run` does, from a fork of a process that was started *under*.

    lends: whether it borrows a browser that is there already (tests/e2e/lender.py).
    Raises TimeoutExpired when it takes longer, after killing it.
    """
    assert words[: len(PYTHON)] == PYTHON
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        request = Request(words[len(PYTHON) :], environment, str(cwd))
        code = _server(under, lends).run(request, (out.fileno(), err.fileno()), seconds)
        out.seek(0), err.seek(0)
        printed, complained = out.read().decode(), err.read().decode()
    if code is None:
        raise subprocess.TimeoutExpired(words, seconds, printed, complained)
    return subprocess.CompletedProcess(words, code, printed, complained)


class Request(NamedTuple):
    """What a fork is to do: the words after `scrapy`, its whole environment, its folder."""

    words: list[str]
    environment: dict[str, str]
    cwd: str


class Server:
    """The process that has imported everything, and its socket."""

    def __init__(self, under: tuple[str, ...], lends: bool) -> None:
        self._here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with there:
            self._process = subprocess.Popen(
                [*under, sys.executable, "-m", "tests.forks", str(there.fileno()), *["lends"][:lends]],
                cwd=ROOT,
                env={**os.environ, "SCRAPY_SETTINGS_MODULE": "tiktok_scraper.settings", "PYTHONPATH": str(ROOT)},
                pass_fds=[there.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
            )
        assert self._told() == "ready"

    def run(self, request: Request, to: tuple[int, int], seconds: float) -> int | None:
        """Return the exit code, negative for a signal; None where the time was over."""
        self._here.sendmsg(
            [json.dumps(request).encode()], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", to))]
        )
        pid = int(self._told())
        self._here.settimeout(seconds)
        try:
            return int(self._told())
        except TimeoutError:
            os.kill(pid, signal.SIGKILL)
            self._here.settimeout(None)
            self._told()
            return None
        finally:
            self._here.settimeout(None)

    def close(self) -> None:
        self._here.close()
        self._process.wait()

    def _told(self) -> str:
        return self._here.recv(100).decode()


@cache
def _server(under: tuple[str, ...], lends: bool) -> Server:
    program = (shutil.which(under[0]) or under[0], *under[1:]) if under else ()
    server = Server(program, lends)
    atexit.register(server.close)
    return server


def serve(channel: socket.socket, lender: Lender | None) -> list[str]:
    """Fork for every request; return its words in the fork alone."""
    channel.send(b"ready")
    while True:
        told, fds, _, _ = socket.recv_fds(channel, MOST, 2)
        if not told:
            if lender:
                lender.end()
            raise SystemExit(0)
        if lender:
            lender.make_ready()
        pid = os.fork()
        if pid == 0:
            channel.close()
            if lender:
                lender.lend()
            for number, fd in enumerate(fds, start=1):
                os.dup2(fd, number)
                os.close(fd)
            request = Request(*json.loads(told))
            os.environ.clear()
            os.environ.update(request.environment)
            os.chdir(request.cwd)
            sys.path[:0] = request.environment.get("PYTHONPATH", "").split(os.pathsep)
            return request.words
        for fd in fds:
            os.close(fd)
        channel.send(str(pid).encode())
        channel.send(str(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])).encode())


def import_everything() -> Callable[..., Any]:
    """Import what any of the commands may; return Scrapy's entry."""
    import scrapy.cmdline
    import scrapy.commands
    from scrapy.settings import BaseSettings, Settings

    import tiktok_scraper

    for package in (scrapy.commands, tiktok_scraper):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)
    settings = Settings()
    settings.setmodule("tiktok_scraper.settings")
    parts = [part for told in settings.values() for part in (told if isinstance(told, BaseSettings) else [told])]
    for part in parts:
        if isinstance(part, str) and part.startswith("scrapy.") and ".handlers." not in part:
            importlib.import_module(part.rpartition(".")[0])
    for name in ("chrome", "firefox", "remote"):
        importlib.import_module(f"selenium.webdriver.{name}.webdriver")
    assert "twisted.internet.reactor" not in sys.modules, "each process makes its own"
    return scrapy.cmdline.execute


if __name__ == "__main__":
    execute = import_everything()
    sys.argv[1:] = serve(socket.socket(fileno=int(sys.argv[1])), Lender() if "lends" in sys.argv[2:] else None)
    sys.argv[0] = str(Path(sys.modules["scrapy.cmdline"].__file__ or ""))
    execute()
