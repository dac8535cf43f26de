"""A crawl of ours in a process of its own, started as its user would and left to the bench."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import IO, Any

from benchmarks.places import ROOT

TIKTOKS = "tiktoks.jsonlines"


def started(
    url: str,
    folder: Path,
    tiktoks: int,
    complaints: int | IO[str],
    *,
    temporary: Path | None = None,
    browsers: int = 1,
    **told: Any,
) -> subprocess.Popen[bytes]:
    """Start a crawl of *tiktoks* by so many *browsers* into *folder*, with the settings *told*.

    complaints: where its stderr goes. temporary: its folder for temporary files, if not the system's.
    """
    settings = {"TIKTOK_DATA_DIR": folder, "LOG_LEVEL": "WARNING", **told}
    given = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
    crawl = [sys.executable, "-m", "scrapy.cmdline", "crawl", "tiktok", "-a", f"url={url}", "-a", f"limit={tiktoks}"]
    crawl += ["-a", f"browsers={browsers}"]
    return subprocess.Popen(
        [*crawl, *given],
        cwd=ROOT,
        env=environment(**({"TMPDIR": str(temporary)} if temporary is not None else {})),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=complaints,
    )


def environment(**more: str) -> dict[str, str]:
    """This process's environment with *more*; Selenium asks nobody."""
    return {**os.environ, "SE_OFFLINE": "true", "SE_AVOID_STATS": "true", **more}


def lines(path: Path) -> int:
    """How many lines a file has; none where it is not there yet."""
    return path.read_bytes().count(b"\n") if path.exists() else 0
