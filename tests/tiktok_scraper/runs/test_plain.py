"""What a page says comes to a terminal as letters: nothing moves the cursor, colours, or begins a line of its own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.tiktok_scraper.hostile import TEXTS
from tiktok_scraper.runs.__main__ import main
from tiktok_scraper.runs.plain import plain
from tiktok_scraper.runs.progress import Tally, summary

AT = "2026-08-01T14:00:00+00:00"


def assert_printable(text: str) -> None:
    bad = {character for character in text if not (character.isprintable() or character == "\n")}
    assert bad == set()


def records(text: str, number: int) -> list[dict[str, Any]]:
    run = {"run": f"r{number}", "at": AT}
    said = {"era": text, "reason": text, "verdict": text, "because": [text], "warnings": [text], "region": text}
    return [{"event": "start", **run}, {"event": "end", **run, **said}]


def test_the_table_of_runs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = [record for number, text in enumerate(TEXTS) for record in records(text, number)]
    lines = "".join(json.dumps(record) + "\n" for record in told)
    (tmp_path / "runs.jsonlines").write_text(lines)
    assert main(["--all", str(tmp_path)]) == 0
    printed = capsys.readouterr()
    assert_printable(printed.out + printed.err)
    assert not any(line.startswith('{"run"') for line in printed.out.splitlines())
    assert "\\x1b[2J" in printed.out, "it is told, spelled out"


@pytest.mark.parametrize("text", TEXTS)
def test_the_summary(text: str) -> None:
    contact = {
        "page": {"kind": "unknown", "detail": text},
        "cover": json.dumps({"role": text, "label": text, "name": text, "words": text}),
        "region": text,
    }
    stats = {
        "tiktok/reason": "covered",
        "tiktok/contact": contact,
        "tiktok/verdict": "unfit",
        "tiktok/because": [text],
        "tiktok/warnings": [text],
    }
    told = summary(stats, Tally(1, most_liked=(1, text)), took=1.0, path=Path("tiktoks.jsonlines"))
    assert_printable(told)
    assert all(line[16] == " " for line in told.splitlines()), "no line but a row's own"


def test_what_can_be_printed_stays_as_it_is() -> None:
    assert plain("Größe 🎵 日本語 a-b") == "Größe 🎵 日本語 a-b"
