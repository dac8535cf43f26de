"""Set-up faults of a crawl: each place and program that a run touches, and how it can be wrong.

`python -m tests.e2e.setup_faults` prints what each of them costs, as a table in Markdown.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from tests import forks
from tests.e2e.conftest import command, environment
from tests.project import ROOT

ROOT_HERE = os.geteuid() == 0
STRANGER = 65534
# Root without its rights is an ordinary user to whom root's files belong.
ORDINARY = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] if ROOT_HERE else []
NOT_OURS = "belongs to" if ROOT_HERE else "may not be written"
NO_SANDBOX = "No usable sandbox! If you are running on Ubuntu 23.10+ or another Linux distro"


@dataclass(slots=True)
class Scene:
    """Where one crawl is run: its data folder, which is not there yet, and what it is run with."""

    folder: Path
    data: Path
    settings: dict[str, object] = field(default_factory=dict)
    environment: dict[str, str] = field(default_factory=dict)
    mount: str = ""  # options of a file system of its own for the data folder
    after: ExitStack = field(default_factory=ExitStack)

    def within(self, name: str) -> Path:
        """The place called *name* in the data folder, which is made."""
        self.data.mkdir(exist_ok=True)
        return self.data / name

    def script(self, name: str, text: str, mode: int = 0o755) -> Path:
        """A program in the scene's folder."""
        path = self.folder / name
        path.write_text(text)
        path.chmod(mode)
        return path


@dataclass(frozen=True)
class Fault:
    """What is wrong, and the words that the line must hold: the cause and the remedy."""

    place: str
    fault: str
    arrange: Callable[[Scene], object]
    says: tuple[str, ...]
    needs_root: bool = False

    @property
    def name(self) -> str:
        return f"{self.place}: {self.fault}"


def not_ours(path: Path, *, folder: bool = False) -> None:
    """Make *path*, and give it to somebody else; an ordinary user takes the right to write from it."""
    path.mkdir() if folder else path.touch()
    path.chmod(0o555 if folder else 0o444)
    if ROOT_HERE:
        path.chmod(0o755 if folder else 0o644)
        os.chown(path, STRANGER, STRANGER)


def file(path: Path) -> None:
    path.write_text("a file\n")


def browser(text: str, mode: int = 0o755) -> Callable[[Scene], None]:
    return lambda scene: scene.settings.update(
        SELENIUM_BROWSER_EXECUTABLE_PATH=scene.script("a browser", text, mode), TIKTOK_HEADLESS=True
    )


def driver(text: str, mode: int = 0o755) -> Callable[[Scene], None]:
    return lambda scene: scene.settings.update(SELENIUM_DRIVER_EXECUTABLE_PATH=scene.script("a driver", text, mode))


def setting(**told: object) -> Callable[[Scene], None]:
    return lambda scene: scene.settings.update(told)


def nothing_on_the_path(scene: Scene) -> None:
    scene.environment["PATH"] = str(scene.folder / "empty")


def no_driver_on_the_path(scene: Scene) -> None:
    """A PATH as cron's, less browsers and drivers: Selenium looks for one in the network, and there is none."""
    (scene.folder / "bin").mkdir()
    for program in ("sh", "uname", "cat", "grep", "sed"):
        (scene.folder / "bin" / program).symlink_to(shutil.which(program) or "/nonexistent")
    scene.environment.update(PATH=str(scene.folder / "bin"), HTTPS_PROXY="http://127.0.0.1:9")
    scene.environment["SE_CACHE_PATH"] = str(scene.folder)


def only_the_driver_on_the_path(scene: Scene) -> None:
    (scene.folder / "bin").mkdir()
    (scene.folder / "bin" / "chromedriver").symlink_to(shutil.which("chromedriver") or "/nonexistent")
    scene.environment["PATH"] = str(scene.folder / "bin")


def silent_executor(scene: Scene) -> None:
    """An address that takes connections and never answers."""
    listening = socket.create_server(("127.0.0.1", 0))
    scene.after.callback(listening.close)
    scene.settings["SELENIUM_COMMAND_EXECUTOR"] = f"http://127.0.0.1:{listening.getsockname()[1]}"


def deep(make: Callable[[Path], object]) -> Callable[[Scene], None]:
    """A data folder too deep for a browser's socket, and something at the short place that is used instead."""

    def arrange(scene: Scene) -> None:
        scene.data = scene.folder / ("d" * 60)
        scene.environment["TMPDIR"] = str(scene.folder)
        make(scene.folder / f"tiktok_scraper-{os.getuid()}")

    return arrange


def full(scene: Scene) -> None:
    scene.mount = "size=64k"


def read_only(scene: Scene) -> None:
    scene.mount = "ro"


def too_small(scene: Scene) -> None:
    scene.mount = "size=8m"


def pipe(path: Path) -> None:
    os.mkfifo(path)


def elsewhere(path: Path) -> None:
    path.symlink_to("/")


EXITS = "#!/bin/sh\n{} >&2\nexit 133\n"
DATA, PLACE = "the data folder", "TIKTOK_DATA_DIR"
FAULTS = (
    Fault(DATA, "a file", lambda s: file(s.data), ("is a file where a folder should be", PLACE)),
    Fault(DATA, "below a file", setting(TIKTOK_DATA_DIR="/dev/null/x"), ("/dev/null is a file", PLACE)),
    Fault(DATA, "not ours", lambda s: not_ours(s.data, folder=True), (NOT_OURS,)),
    Fault(DATA, "read-only", read_only, ("read-only", PLACE), True),
    Fault(DATA, "full", full, ("no space left", PLACE), True),
    Fault("tiktoks.jsonlines", "a folder", lambda s: s.within("tiktoks.jsonlines").mkdir(), ("is a folder", "move")),
    Fault("tiktoks.jsonlines", "not ours", lambda s: not_ours(s.within("tiktoks.jsonlines")), (NOT_OURS,)),
    Fault("tiktoks.jsonlines", "a pipe", lambda s: pipe(s.within("tiktoks.jsonlines")), ("no plain file", "move")),
    Fault("runs.jsonlines", "a folder", lambda s: s.within("runs.jsonlines").mkdir(), ("is a folder", "move")),
    Fault("runs.jsonlines", "not ours", lambda s: not_ours(s.within("runs.jsonlines")), (NOT_OURS,)),
    Fault("rejected.jsonlines", "a folder", lambda s: s.within("rejected.jsonlines").mkdir(), ("is a folder", "move")),
    Fault("rejected.jsonlines", "not ours", lambda s: not_ours(s.within("rejected.jsonlines")), (NOT_OURS,)),
    Fault("runs/", "a file", lambda s: file(s.within("runs")), ("is a file where a folder should be",)),
    Fault("runs/", "not ours", lambda s: not_ours(s.within("runs"), folder=True), (NOT_OURS,)),
    Fault("runs/", "too little room for a profile", too_small, ("no space left", PLACE), True),
    Fault(
        "raw/",
        "not ours",
        lambda s: (setting(TIKTOK_KEEP_RAW=True)(s), not_ours(s.within("raw"), folder=True)),
        (NOT_OURS,),
    ),
    Fault(
        "evidence/",
        "a file",
        lambda s: (setting(TIKTOK_EVIDENCE=True)(s), file(s.within("evidence"))),
        ("is a file where a folder should be",),
    ),
    Fault("the temporary folder", "made by another user", deep(lambda p: not_ours(p, folder=True)), ("TMPDIR",), True),
    Fault("the temporary folder", "a file", deep(file), ("is no folder", "TMPDIR")),
    Fault("the temporary folder", "a link", deep(elsewhere), ("is no folder", "TMPDIR")),
    Fault(
        "the browser", "missing", only_the_driver_on_the_path, ("no chromium on the PATH", "cron", "apt-get install")
    ),
    Fault("the browser", "no such file", setting(SELENIUM_BROWSER_EXECUTABLE_PATH="/none"), ("no file at /none",)),
    Fault("the browser", "not executable", browser("#!/bin/sh\n", 0o644), ("may not be run", "chmod +x '")),
    Fault("the browser", "for another machine", browser("\x7fELF\0\0"), ("exits at once", "install it anew")),
    Fault(
        "the browser", "exits at once, silent", browser(EXITS.format(":")), ("exits at once", "says nothing", "by hand")
    ),
    Fault(
        "the browser",
        "no usable sandbox",
        browser(EXITS.format(f"echo '[1:1:0101/000000.0:FATAL:host.cc(128)] {NO_SANDBOX}'")),
        ("No usable sandbox!", "apt-get install chromium-sandbox", "TIKTOK_ALLOW_NO_SANDBOX"),
    ),
    Fault(
        "the browser",
        "a library is missing",
        browser(EXITS.format("echo 'chromium: error while loading shared libraries: libnss3.so: cannot open'")),
        ("libnss3.so", "install --reinstall"),
    ),
    Fault("the driver", "missing", no_driver_on_the_path, ("no chromedriver on the PATH", "cron", "EXECUTABLE_PATH")),
    Fault("the driver", "an empty PATH", nothing_on_the_path, ("no chromedriver on the PATH", "apt-get install")),
    Fault("the driver", "no such file", setting(SELENIUM_DRIVER_EXECUTABLE_PATH="/none"), ("no file at /none",)),
    Fault("the driver", "not executable", driver("#!/bin/sh\n", 0o644), ("may not be run", "chmod +x '")),
    Fault("the driver", "for another machine", driver("\x7fELF\0\0"), ("can't be run", "kind of machine")),
    Fault("the driver", "exits at once", driver("#!/bin/sh\necho no luck >&2\nexit 3\n"), ("code 3: no luck",)),
    Fault("the driver", "no driver", driver("#!/bin/sh\necho sleep 9.1\n"), ("sleep 9.1", "DRIVER_EXECUTABLE_PATH")),
    Fault(
        "the driver", "Firefox's", driver("#!/bin/sh\necho geckodriver 0.36\n"), ("no driver of chrome", "DRIVER_NAME")
    ),
    Fault("the driver", "hangs", driver("#!/bin/sh\nexec sleep 60\n"), ("within 4 s",)),
    Fault("the display", "none", setting(TIKTOK_HEADLESS=False), ("DISPLAY", "xvfb-run")),
    Fault(
        "the display",
        "does not answer",
        lambda s: (setting(TIKTOK_HEADLESS=False)(s), s.environment.update(DISPLAY=":77")),
        ("Missing X server", "xvfb-run"),
    ),
    Fault(
        "the far driver",
        "nobody there",
        setting(SELENIUM_COMMAND_EXECUTOR="http://127.0.0.1:9"),
        ("nobody answers", "Connection refused", "SELENIUM_COMMAND_EXECUTOR"),
    ),
    Fault("the far driver", "never answers", silent_executor, ("nobody answers", "SELENIUM_COMMAND_EXECUTOR")),
    Fault(
        "the reactor",
        "not asyncio's",
        setting(TWISTED_REACTOR="twisted.internet.selectreactor.SelectReactor"),
        ("TWISTED_REACTOR must be", "leave it out"),
    ),
    Fault(
        "the reactor", "no such class", setting(TWISTED_REACTOR="nonsense"), ("TWISTED_REACTOR must be", "leave it out")
    ),
)


@dataclass(frozen=True)
class Ended:
    """How a crawl ended. seconds: how long it took in all, of which Python's and Scrapy's start is most."""

    code: int
    said: str
    seconds: float
    runs: str


def mounted(scene: Scene, words: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run the crawl's *words* with a file system of its own at its data folder."""
    scene.data.mkdir()
    mounting = f'mount -t tmpfs -o {scene.mount} tmpfs "$0" && exec "$@"'
    own = ["unshare", "--mount", "--propagation", "private", "sh", "-c", mounting, str(scene.data), *ORDINARY]
    return subprocess.run(
        [*own, *words], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300, check=False
    )


def crawl(fault: Fault, folder: Path) -> Ended:
    """Run a crawl with the *fault* in *folder*, which is short enough for a browser's socket."""
    scene = Scene(folder, folder / "data")
    with scene.after:
        fault.arrange(scene)
        words = command("http://127.0.0.1:9/foryou", scene.data, 5, scene.settings)
        told = {name: text for name, text in environment().items() if name not in {"DISPLAY", "WAYLAND_DISPLAY"}}
        told |= scene.environment
        began = time.monotonic()
        done = mounted(scene, words, told) if scene.mount else forks.run(words, told, 300, under=tuple(ORDINARY))
        seconds = time.monotonic() - began
        runs = scene.data / "runs.jsonlines"
        recorded = runs.read_text() if runs.is_file() else ""
    return Ended(done.returncode, done.stderr.replace(str(folder), "FOLDER"), seconds, recorded)


def table() -> str:
    """Every fault with the line it gets, its exit code and its seconds."""
    rows = ["| what | fault | exit code | seconds | line |", "|---|---|---|---|---|"]
    for fault in FAULTS:
        with tempfile.TemporaryDirectory(prefix="s-") as folder:
            ended = crawl(fault, Path(folder))
        line = ended.said.strip().replace("\n", " // ").replace("|", "\\|")
        rows.append(f"| {fault.place} | {fault.fault} | {ended.code} | {ended.seconds:.1f} | `{line}` |")
    return "\n".join(rows) + "\n"


if __name__ == "__main__":
    sys.stdout.write(table())
