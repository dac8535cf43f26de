"""Read JSON lines one by one: each bad line is told apart with its place and reason, and hides no good one."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pyarrow as pa

from analysis.reading.lines.json_line import NoJson, Wrong, is_whole, kind_of, parsed, salvaged

LINE_FROM = "line_from"
# A word or a truth, which is read as its JSON spelling: a setting that was one of two and has become one of several.
WORD = pa.large_string()
_SURROGATE = re.compile("[\ud800-\udfff]")
_WHOLE = 1 << 53  # up to here a JSON number with a fraction part of 0 is exact


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that is no sighting: its byte offset, its length in bytes with the newline, and why.

    salvaged: how many whole records were found on it all the same. file: the file's name, where several are read.
    """

    offset: int
    length: int
    reason: str
    salvaged: int = 0
    file: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """What was read: a table (the schema's columns and line_from), the bad lines in their order, how many lines."""

    table: pa.Table
    bad: tuple[BadLine, ...]
    lines: int


def read_lines(data: bytes, offset: int, schema: pa.Schema, *, begins: str | None = None) -> Read:
    """Return what *data*, whole lines that begin at file offset *offset*, holds.

    A line's fields that *schema* doesn't have are ignored; one of a wrong type makes the line bad. On a line that is
    no JSON, whole records are looked for. begins: the key that every record begins with; the schema's first if None.
    """
    records: list[dict[str, Any]] = []
    bad: list[BadLine] = []
    lines = 0
    for at, raw in _split(data, offset):
        lines += 1
        try:
            records.append({**_checked(parsed(raw), schema), LINE_FROM: at})
        except Wrong as wrong:
            found = list(_salvaged(raw, at, schema, begins)) if isinstance(wrong, NoJson) else []
            records += found
            bad.append(BadLine(at, len(raw), str(wrong), len(found)))
    columns = pa.schema([*schema, pa.field(LINE_FROM, pa.int64())])
    return Read(pa.Table.from_pylist(records, columns), tuple(bad), lines)


def read_file(data: bytes, schema: pa.Schema, *, begins: str | None = None) -> Read:
    """Return what a whole file holds. A torn last line is left for next time, but for whole records on it."""
    read = read_lines(data, 0, schema, begins=begins)
    tail = data.rfind(b"\n") + 1
    if tail == len(data) or is_whole(data[tail:]):
        return read
    return Read(read.table, tuple(line for line in read.bad if line.offset != tail), read.lines - 1)


def _split(data: bytes, offset: int) -> Iterator[tuple[int, bytes]]:
    begin = 0
    while begin < len(data):
        end = data.find(b"\n", begin) + 1 or len(data)
        yield offset + begin, data[begin:end]
        begin = end


def _checked(found: Mapping[str, Any], schema: pa.Schema) -> dict[str, Any]:
    return {name: _value(name, found[name], kind) for name, kind in _types(schema) if found.get(name) is not None}


@lru_cache(maxsize=4)  # pyarrow makes these anew each time, which costs more than the line
def _types(schema: pa.Schema) -> list[tuple[str, pa.DataType]]:
    return list(zip(schema.names, schema.types, strict=True))


def _value(name: str, value: Any, kind: pa.DataType) -> Any:
    if kind == pa.string() and isinstance(value, str):
        return _SURROGATE.sub("\ufffd", value)
    if kind == pa.bool_() and isinstance(value, bool):
        return value
    if kind == WORD and isinstance(value, bool | str):
        return _SURROGATE.sub("\ufffd", value) if isinstance(value, str) else str(value).lower()
    if isinstance(value, int | float) and not isinstance(value, bool):
        if kind == pa.float64() and math.isfinite(value):
            return float(value)
        if kind == pa.int64():
            return _whole(name, value)
    wanted = {pa.string(): "text", pa.bool_(): "true or false", WORD: "text, true or false"}.get(kind, "a number")
    raise Wrong(f"{name} is {kind_of(value)}: {_short(value)}; expected {wanted}")


def _whole(name: str, value: int | float) -> int:
    if isinstance(value, float) and (not value.is_integer() or abs(value) > _WHOLE):
        raise Wrong(f"{name} is {_short(value)}; expected a whole number")
    if not -(1 << 63) <= value < 1 << 63:
        raise Wrong(f"{name} is beyond 64 bits; expected a whole number that fits them")
    return int(value)


def _salvaged(raw: bytes, at: int, schema: pa.Schema, begins: str | None) -> Iterator[dict[str, Any]]:
    """Yield the whole records on a line that is none, each with the file offset of its own first byte."""
    for place, found in salvaged(raw, begins or schema.names[0]):
        try:
            yield {**_checked(found, schema), LINE_FROM: at + place}
        except Wrong:
            continue


def _short(value: Any) -> str:
    told = repr(value)
    return told if len(told) <= 60 else told[:57] + "..."
