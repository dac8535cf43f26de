"""What the answers say: by frames made by hand from the file's lines, with ads, with fields that nobody told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from analysis.load import load
from analysis.report.answers import growing, seen
from analysis.report.context import Context
from analysis.report.markup import Child, join
from analysis.report.study import Study
from tests.analysis.report_lines import lines, write
from tests.analysis.test_report_markup import Read

AUDIO = ("audio", "audio_url", "audio_id")


def context_of(folder: Path, told: list[dict[str, Any]]) -> Context:
    return Context(Study(load(write(folder, told)), folder))


def text(child: Child) -> str:
    """What a reader reads, notes and all."""
    return " ".join(Read(join([child])).text.split())


def test_a_file_that_names_no_audio_says_so(tmp_path: Path) -> None:
    silent = [{**line, **dict.fromkeys(AUDIO)} for line in lines(tiktoks=12, runs=3)]
    context = context_of(tmp_path, silent)
    assert "audios not told" in text(seen.scope(context))
    assert "Uses seen: not answerable." in text(context.attempt("Uses seen", lambda: growing.audio_uses(context)))
