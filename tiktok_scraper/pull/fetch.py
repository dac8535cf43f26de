"""Fetching: by rsync; where it is missing at either end by ssh and tail; whole files by scp where nothing runs there.

What is fetched is put behind the bytes that the staged file has already. A cut leaves what came, so the next pull goes
on from there.
"""

from __future__ import annotations

import shlex
import shutil
import sys
from pathlib import Path
from typing import Never

from tqdm import tqdm

from ..errors import CouldNotPull
from .connection import Connection
from .look import MARK, There
from .names import OTHERS, STEMS
from .said import SSH_FAILED

_BLOCK = 1 << 18
# Whole and partial answers of rsync: 23, some files could not be read; 24, some went away meanwhile.
_PARTLY = {23, 24}


def by_rsync(way: Connection, wanted: dict[str, There], stage: Path) -> None:
    """Fetch the rest of each file with rsync, which sends what stands behind the staged file's end.

    The staged file may begin with a hole in place of what is here already: how that begins there was compared before,
    by its SHA-256, so --append alone is asked for, and --append-verify would read the hole.

    Raises:
        CouldNotPull: the connection was lost or rsync failed; what came is kept.
    """
    source = way.place.path.rstrip("/") + "/"
    command = [
        *_rsync(way),
        *("--append", "--partial", "--copy-links", "--protect-args", "--files-from=-", "--from0"),
        *("--", _there(way, source), f"{stage}/"),
    ]
    code = way.run(command, given=b"".join(name.encode("utf-8", "surrogateescape") + b"\0" for name in wanted))
    if code and code not in _PARTLY:
        raise way.failed(
            SSH_FAILED if code in {10, 12, 30} and way.place.host else code, "rsync failed (--by ssh does without)"
        )


def by_tail(way: Connection, wanted: dict[str, There], stage: Path) -> None:
    """Fetch the rest of each file through ssh alone, by `tail -c`.

    Raises:
        CouldNotPull: the connection was lost or the file can't be read; what came is kept.
    """
    for name, there in wanted.items():
        staged = stage / name
        at = staged.stat().st_size if staged.exists() else 0
        tail = f"exec tail -c +{at + 1} ./{shlex.quote(name)}"
        script = f"cd -- {shlex.quote(way.place.path)} && echo && echo '{MARK}' && {tail}\n"
        process = way.start(script)
        assert process.stdout is not None
        try:
            while (line := process.stdout.readline()) and line != f"{MARK}\n".encode():
                pass
            with staged.open("ab") as file, _bar(name, there.size - at) as bar:
                while block := process.stdout.read1(_BLOCK):  # type: ignore[attr-defined]
                    file.write(block)
                    bar.update(len(block))
        except BaseException:
            process.terminate()
            raise
        finally:
            process.stdout.close()
            code = process.wait()
        if code:
            raise way.failed(code, f"{name} could not be read")


def by_scp(way: Connection, stage: Path) -> dict[str, There]:
    """Fetch all files whole, the record of the runs first; returns what came.

    Raises:
        CouldNotPull: the connection failed, or there are no such files.
    """
    said = ""
    for stem in sorted(STEMS):  # the same order as elsewhere: what the runs tell of is there by then
        command = [
            *_scp(way),
            "-q",
            "-p",
            "--",
            _there(way, f"{_no_glob(way.place.path)}/{stem}*.jsonlines*"),
            f"{stage}/",
        ]
        if code := way.run(command):
            told = way.said()
            if not ("No such file" in told or "no match" in told.lower()):
                raise _scp_failed(way, code, told)
            said = told
    came = {path.name: path.lstat() for path in stage.iterdir() if path.is_file() and not path.is_symlink()}
    if not came:
        raise CouldNotPull(f"{way.place.told}: scp found no files of lines: {said}")
    return {name: There(told.st_ino, told.st_size, int(told.st_mtime)) for name, told in came.items()}


def others(way: Connection, into: Path) -> None:
    """Copy what else the crawl keeps (raw replies, pictures, logs), by rsync; nothing here is removed.

    Raises:
        CouldNotPull: there is no rsync here, or it failed.
    """
    names = [f"--include=/{name}" for name in OTHERS]
    source = way.place.path.rstrip("/") + "/"
    command = [
        *_rsync(way),
        *("--recursive", "--times", "--partial", "--protect-args", *names, "--exclude=*"),
        *("--", _there(way, source), f"{into}/"),
    ]
    if (code := way.run(command)) and code not in _PARTLY:
        raise way.failed(code, "rsync failed")


def _there(way: Connection, path: str) -> str:
    return path if way.place.host is None else f"{way.place.spelled}:{path}"


def _rsync(way: Connection) -> list[str]:
    shown = ["--info=progress2", "--human-readable"] if sys.stdout.isatty() else []
    over = ["--compress", "--rsh", shlex.join(way.ssh)] if way.place.host is not None else []
    return ["rsync", *shown, *over]


def _scp(way: Connection) -> list[str]:
    """scp knows not all of ssh's options, so it is given ssh with all of them as a program of its own."""
    program = way.folder / "ssh"
    program.write_text(f'#!/bin/sh\nexec {shlex.join(way.ssh)} "$@"\n', encoding="utf-8")
    program.chmod(0o700)
    return ["scp", "-S", str(program)]


def _scp_failed(way: Connection, code: int, told: str) -> CouldNotPull:
    return CouldNotPull(
        f"{way.place.told}: scp failed: {told or f'exit code {code}'}", lost="lost" in told or "closed" in told
    )


def _no_glob(path: str) -> str:
    return "".join(f"\\{letter}" if letter in "*?[]\\" else letter for letter in path.rstrip("/") or "/")


def _bar(name: str, size: int) -> tqdm[Never]:
    return tqdm(total=max(size, 0), desc=name, unit="B", unit_scale=True, disable=None, leave=False, delay=1)


def has_rsync() -> bool:
    """Whether rsync is installed on this machine."""
    return shutil.which("rsync") is not None
