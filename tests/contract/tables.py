"""The tables that the crawl's reader and the analysis's are both held to, though neither knows of the other."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class LineCase:
    """A line and its verdict: "whole", "bad" or "torn". records: likes and first byte of each record found on it."""

    name: str
    raw: bytes
    verdict: str
    why: str
    records: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class FileCase:
    """A file, the name of what it is (None: lines, whole or not), and a part of the advice."""

    name: str
    raw: bytes
    known: str | None
    advice: str


def lines() -> list[LineCase]:
    """The lines."""
    return [
        LineCase(
            name=told["name"],
            raw=joined(told["bytes"]),
            verdict=told["verdict"],
            why=told.get("why", ""),
            records=tuple((record["likes"], record["at"]) for record in told["records"]),
        )
        for told in _read("lines.json")["lines"]
    ]


def files() -> list[FileCase]:
    """The files."""
    return [
        FileCase(told["name"], joined(told["bytes"]), told["is"], told.get("advice", ""))
        for told in _read("files.json")["files"]
    ]


def joined(pieces: list[Any]) -> bytes:
    """The bytes that pieces of a table spell."""
    return b"".join(map(_spelled, pieces))


def _spelled(piece: Any) -> bytes:
    if isinstance(piece, str):
        return piece.encode()
    if "hex" in piece:
        return bytes.fromhex(piece["hex"])
    return piece["text"].encode(piece.get("in", "utf-8")) * int(piece.get("times", 1))


def _read(name: str) -> Any:
    return json.loads((HERE / name).read_text(encoding="utf-8"))
