"""Golden cases: a folder each beside this file, `case.json` (about, reader, its arguments), `input.*`, `expected.json`.

A missing answer is written once and fails, until somebody has read it.
"""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Case:
    """One golden case; `arguments` are the reader's beside its text."""

    name: str
    reader: str
    arguments: dict[str, str]
    text: str

    def hold(self, value: Any) -> None:
        """Fail unless *value*, made JSON, is what `expected.json` says."""
        answer = HERE / self.name / "expected.json"
        actual = json.loads(json.dumps(plain(value), ensure_ascii=False))
        if not answer.exists():
            answer.write_text(json.dumps(actual, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
            pytest.fail(f"wrote {answer}: read it, then run again")
        assert actual == json.loads(answer.read_text(encoding="utf-8"))


def plain(value: Any) -> Any:
    """*value* as JSON has it: only the fields that say something."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        told = {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
        told.pop("raw", None)  # an Unreadable's is the input itself
        return {name: part for name, part in told.items() if part not in (None, [], "")}
    if isinstance(value, dict):
        return {key: plain(part) for key, part in value.items()}
    return [plain(part) for part in value] if isinstance(value, list | tuple) else value


def cases(*, pages: bool) -> list[Any]:
    """The cases for the real browser (*pages*), or all others."""
    found = []
    for file in sorted(HERE.glob("*/case.json")):
        arguments = json.loads(file.read_text(encoding="utf-8"))
        del arguments["about"]
        reader = arguments.pop("reader")
        (source,) = file.parent.glob("input.*")
        case = Case(file.parent.name, reader, arguments, source.read_text(encoding="utf-8"))
        if (reader == "page") == pages:
            found.append(pytest.param(case, id=case.name))
    return found
