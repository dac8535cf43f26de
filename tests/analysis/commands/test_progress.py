"""Progress writes one line over and over on a terminal, and a line each elsewhere."""

from __future__ import annotations

import io
import os
import pty

import pytest

from analysis.commands.progress import Progress

STEPS = ("reading here", "  measuring TikToks", "a step whose name is longer than the terminal is wide")


def test_a_log_gets_a_line_a_step() -> None:
    log = io.StringIO()
    with Progress(log) as progress:
        for step in STEPS:
            progress(step)
    assert log.getvalue().splitlines() == list(STEPS)


def test_a_terminal_is_left_as_it_was_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "30")
    seen, terminal = pty.openpty()
    with os.fdopen(terminal, "w", encoding="utf-8") as stream, Progress(stream) as progress:
        for step in STEPS:
            progress(step)
    written = os.read(seen, 10_000).decode()
    os.close(seen)
    assert "\n" not in written
    assert written.split("\r\x1b[K") == ["", "reading here", "measuring TikToks", "a step whose name is longer t", ""]
