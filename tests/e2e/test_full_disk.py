"""A disk that fills while a crawl goes costs no TikTok: the crawl keeps what it has, the next one appends it."""

from __future__ import annotations

import errno
import os
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

from replica.options import Options
from replica.serving.server import Replica
from tests.e2e.conftest import command, environment, read_lines, run_to_end
from tests.project import ROOT
from tests.tiktok_scraper.lines.spool.faults import small_disk

LIMIT = 8
# Its path is too long for a browser's socket, so the browser has its files in the temporary folder and lives on.
LONG = "a-data-folder-on-a-disk-of-its-own-that-is-going-to-be-full"

pytestmark = [pytest.mark.browser, pytest.mark.system]


def fill(disk: Path) -> None:
    """Leave no byte of the disk."""
    with (disk / "filler").open("wb", buffering=0) as filler:
        for size in (1 << 16, 1 << 12, 1):
            try:
                while True:
                    filler.write(bytes(size))
            except OSError as error:
                assert error.errno == errno.ENOSPC


def test_what_was_gathered_is_appended_by_the_next_run(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (
        tempfile.TemporaryDirectory(prefix="t-", ignore_cleanup_errors=True) as temporary,
        small_disk(folder / LONG, "4m") as disk,
        Replica(Options(latency_ms=20, card_delay_ms=20)) as site,
    ):
        monkeypatch.setenv("TMPDIR", temporary)
        words = command(site.url, disk, 60, {"TIKTOK_PACE": 0.3})
        with subprocess.Popen(
            words, cwd=ROOT, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        ) as crawl:
            ends = time.monotonic() + 120
            while len(read_lines(disk / "tiktoks.jsonlines")) < 3 and crawl.poll() is None and time.monotonic() < ends:
                time.sleep(0.05)
            fill(disk)
            said, _ = crawl.communicate(timeout=120)
        first = read_lines(disk / "tiktoks.jsonlines")
        assert crawl.returncode == 2, said
        assert "no space left on its disk" in said and "not in the file:" in said and "Traceback" not in said
        (spools,) = [path for path in Path(temporary).iterdir() if path.name.startswith("tiktok_scraper-spool-")]
        (run,) = {line["run"] for line in first}
        kept = read_lines(spools / f"{run}.jsonlines")
        assert kept and not {line["id"] for line in kept} & {line["id"] for line in first}
        # The run's end tells it, in the record's file if the rest of its last page has room for it, else kept as well.
        ended = read_lines(spools / f"{run}.runs.jsonlines")
        (end,) = [*read_lines(disk / "runs.jsonlines")[1:], *ended]
        assert (end["event"], end["reason"], end["verdict"]) == ("end", "could-not-write", "unfit")
        assert end["spooled"] == {"lines": len(kept), "rejected": 0, "where": [str(spools / f"{run}.jsonlines")]}

        (disk / "filler").unlink()
        done = run_to_end(command(site.url, disk, LIMIT, {}))
        assert done.returncode == 0, done.stderr
        lines = read_lines(disk / "tiktoks.jsonlines")
        assert lines[: len(first) + len(kept)] == [*first, *kept] and len(lines) == len(first) + len(kept) + LIMIT
        events = [(line["event"], line["run"]) for line in read_lines(disk / "runs.jsonlines")]
        last = read_lines(disk / "runs.jsonlines")[-1]
        assert events == [("start", run), ("end", run), ("start", last["run"]), ("end", last["run"])]
        told = {(one["run"], one["file"], one["lines"]) for one in last["absorbed"]}
        assert told == {(run, "tiktoks.jsonlines", len(kept)), *((run, "runs.jsonlines", 1) for _ in ended)}
        # Its own range is its own lines alone.
        own = (disk / "tiktoks.jsonlines").read_bytes()[last["bytes_from"] : last["bytes_to"]]
        assert own.count(b"\n") == own.count(last["run"].encode()) == LIMIT
        assert not spools.exists() and not os.path.lexists(disk / "spool")
