"""What a command prints of the data gives a terminal no orders."""

from __future__ import annotations

import pytest

from analysis.__main__ import _note


def test_a_note_spells_control_characters_and_keeps_every_script(capsys: pytest.CaptureFixture[str]) -> None:
    _note(["region \x1b[2J\u202e\x9b of 音楽 'é'", "a\nb"])
    assert capsys.readouterr().err.splitlines() == [
        "note: region \\x1b[2J\\u202e\\x9b of 音楽 'é'",
        "note: a\\nb",
    ]
