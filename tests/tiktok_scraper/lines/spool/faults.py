"""Real faults of disks, and processes that kill themselves at a chosen call, for the tests of spools."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.project import ROOT

RUN = "20261122T220700Z-3fa9"
# Root without its rights is an ordinary user to whom root's files belong.
ORDINARY = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] if os.geteuid() == 0 else []

# Writes lines 0, 1, ... of RUN into the folder named first, so many as named second; FAULT is put between two lines.
WRITER = """
import os, resource, shutil, sys
from pathlib import Path
from tiktok_scraper.lines.spool import KeptFile, kept_aside
folder, count = Path(sys.argv[1]), int(sys.argv[2])
file = KeptFile(folder / "tiktoks.jsonlines", lambda: "RUN", sync_lines=4)
PRELUDE
for number in range(count):
    FAULT
    file.append({"scraped_at": "x", "url": "u", "number": number, "run": "RUN", "simulated": True, "pad": "x" * 400})
file.close()
print(file.kept, file.lost, *file.where)
print(kept_aside(file))
"""

# The fsync of the data file numbered AT fails; with REACHED False the lines since the last one are gone with it.
FAILING_FSYNC = """
fsync, synced, calls = os.fsync, 0, 0
def failing(fd):
    global synced, calls
    if os.path.realpath(f"/proc/self/fd/{fd}") != str(file.path):
        return fsync(fd)
    calls += 1
    if calls == AT:
        REACHED or os.truncate(file.path, synced)
        raise OSError(28, "No space left on device")
    synced = file.path.stat().st_size
os.fsync = failing
"""

# Appends the spools of the folder named first, and is killed at the write, fsync, ftruncate or unlink numbered second:
# before it, and of a write after half of it. Prints how many such calls there were where it got through.
KILLED = """
import os, signal, sys
from pathlib import Path
from tiktok_scraper.lines.spool import absorb
count, at = 0, int(sys.argv[2])

def counted(call):
    def instead(*told, **named):
        global count
        count += 1
        if count == at:
            if call is write:
                write(told[0], told[1][: len(told[1]) // 2])
            os.kill(os.getpid(), signal.SIGKILL)
        return call(*told, **named)
    return instead

write = os.write
for name in ("write", "fsync", "ftruncate", "unlink"):
    setattr(os, name, counted(getattr(os, name)))
absorb(Path(sys.argv[1]))
sys.stdout.write(f"{count}\\n")
"""


def run(program: str, *told: object, temporary: Path, ordinary: bool = False) -> subprocess.CompletedProcess[str]:
    """Run a program of the above with *temporary* as its folder for temporary files."""
    words = [*(ORDINARY if ordinary else []), sys.executable, "-c", program, *map(str, told)]
    environment = {**os.environ, "TMPDIR": str(temporary)}
    return subprocess.run(words, capture_output=True, text=True, cwd=ROOT, env=environment, timeout=120, check=False)


def written(
    folder: Path, count: int, temporary: Path, fault: str = "pass", *, prelude: str = "", ordinary: bool = False
) -> list[str]:
    """Run WRITER with a fault; returns what it printed: how many lines are kept and lost and where, and the error."""
    program = WRITER.replace("FAULT", fault).replace("RUN", RUN).replace("PRELUDE", prelude)
    done = run(program, folder, count, temporary=temporary, ordinary=ordinary)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@contextmanager
def small_disk(at: Path, size: str) -> Iterator[Path]:
    """Mount a file system of its own that holds so much; skips where nobody may."""
    at.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", at], capture_output=True, check=False)
    if done.returncode:
        pytest.skip(f"no file system can be mounted here: {done.stderr.decode().strip()}")
    try:
        yield at
    finally:
        subprocess.run(["umount", "--lazy", at], check=True)
