"""Read JSON lines one by one: each bad line is told apart with its place and reason, and hides no good one."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pyarrow as pa
import pyarrow.json

LINE_FROM = "line_from"
LONGEST = 1 << 24  # bytes; our lines have about 2,000, and a run of NULs after a power cut may have many more
_MOST_DIGITS = 20  # of an integer that could fit 64 bits, with its sign
_BEYOND = 1 << 64
_MOST_STARTS = 100  # of records glued together on one line; more is no accident, and each costs time
_SURROGATE = re.compile("[\ud800-\udfff]")
_BOM = "\ufeff"
_WHOLE = 1 << 53  # up to here a JSON number with a fraction part of 0 is exact


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that is no sighting: its byte offset, its length in bytes with the newline, and why.

    salvaged: how many whole records were found on it all the same.
    """

    offset: int
    length: int
    reason: str
    salvaged: int = 0


@dataclass(frozen=True, slots=True)
class Read:
    """What was read: a table (the schema's columns and line_from), the bad lines in their order, how many lines."""

    table: pa.Table
    bad: tuple[BadLine, ...]
    lines: int


class _Wrong(ValueError):
    """Why a line is no record."""


class _NoJson(_Wrong):
    """It isn't even JSON: torn, or glued to another."""


def read_lines(data: bytes, offset: int, schema: pa.Schema) -> Read:
    """Return what *data*, whole lines that begin at file offset *offset*, holds.

    A line's fields that *schema* doesn't have are ignored; one of a wrong type makes the line bad. On a line that is
    no JSON, whole records are looked for: they begin with the schema's first field, as every record of ours does.
    """
    records: list[dict[str, Any]] = []
    bad: list[BadLine] = []
    lines = 0
    for at, raw in _split(data, offset):
        lines += 1
        try:
            records.append({**record_of(raw, schema, first=at == 0), LINE_FROM: at})
        except _Wrong as wrong:
            found = list(_salvaged(raw, at, schema)) if isinstance(wrong, _NoJson) else []
            records += found
            bad.append(BadLine(at, len(raw), str(wrong), len(found)))
    columns = pa.schema([*schema, pa.field(LINE_FROM, pa.int64())])
    return Read(pa.Table.from_pylist(records, columns), tuple(bad), lines)


def is_whole(raw: bytes) -> bool:
    """Whether *raw* is one whole JSON object, so that nothing but its newline can be missing."""
    try:
        return isinstance(_parsed(_text(raw)), dict)
    except (_Wrong, RecursionError):
        return False


def record_of(raw: bytes, schema: pa.Schema, *, first: bool = False) -> dict[str, Any]:
    """Return the fields of *schema* that the line's object has. first: it may begin with a byte order mark.

    Raises:
        _Wrong: it is no whole JSON object, or a field has a wrong type; the message is the reason.
    """
    if len(raw) > LONGEST:
        raise _Wrong(f"longer than {LONGEST} bytes")
    text = _text(raw)
    try:
        found = _parsed(text.removeprefix(_BOM) if first else text)
    except RecursionError:
        return _by_pyarrow(raw, schema)
    if not isinstance(found, dict):
        raise _Wrong(f"no object but {_kind(found)}")
    return _checked(found, schema)


def _split(data: bytes, offset: int) -> Iterator[tuple[int, bytes]]:
    begin = 0
    while begin < len(data):
        end = data.find(b"\n", begin) + 1 or len(data)
        yield offset + begin, data[begin:end]
        begin = end


def _text(raw: bytes) -> str:
    if b"\0" in raw:
        raise _NoJson("holds NUL bytes, as after a power cut")
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        raise _NoJson(f"no UTF-8 at its byte {error.start}") from error


def _parsed(text: str) -> Any:
    if not text.strip():
        raise _Wrong("empty")
    try:
        return _DECODER.decode(text)
    except json.JSONDecodeError as error:
        raise _NoJson(f"no JSON: {error.msg} at its character {error.pos}") from error


def _integer(digits: str) -> int:
    # int() refuses thousands of digits, and a field that nobody reads may well have them.
    return int(digits) if len(digits) <= _MOST_DIGITS else _BEYOND


_DECODER = json.JSONDecoder(parse_int=_integer)


def _by_pyarrow(raw: bytes, schema: pa.Schema) -> dict[str, Any]:
    """Read an object nested too deep for the json module as the blocks' reader does, so that both agree on it."""
    try:
        table = pa.json.read_json(
            pa.BufferReader(raw),
            parse_options=pa.json.ParseOptions(explicit_schema=schema, unexpected_field_behavior="ignore"),
        )
    except pa.ArrowInvalid as error:
        raise _Wrong("nested too deep") from error
    if table.num_rows != 1:
        raise _Wrong("nested too deep")
    return dict(table.to_pylist()[0])


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
    if isinstance(value, int | float) and not isinstance(value, bool):
        if kind == pa.float64() and math.isfinite(value):
            return float(value)
        if kind == pa.int64():
            return _whole(name, value)
    wanted = {pa.string(): "text", pa.bool_(): "true or false"}.get(kind, "a number")
    raise _Wrong(f"{name} is {_kind(value)}: {_short(value)}; expected {wanted}")


def _whole(name: str, value: int | float) -> int:
    if isinstance(value, float) and (not value.is_integer() or abs(value) > _WHOLE):
        raise _Wrong(f"{name} is {_short(value)}; expected a whole number")
    if not -(1 << 63) <= value < 1 << 63:
        raise _Wrong(f"{name} is beyond 64 bits; expected a whole number that fits them")
    return int(value)


def _salvaged(raw: bytes, at: int, schema: pa.Schema) -> Iterator[dict[str, Any]]:
    """Yield the whole records on a line that is none, each with the file offset of its own first byte."""
    text = raw.decode("utf-8", "surrogateescape")  # what is no UTF-8 stays in place and is known again
    start = re.compile(rf'\{{\s*"{re.escape(schema.names[0])}"\s*:')
    position = 0
    for _ in range(_MOST_STARTS):
        if (begins := start.search(text, position)) is None:
            return
        try:
            found, position = _DECODER.raw_decode(text, begins.start())
            text[begins.start() : position].encode()
            record = _checked(found, schema)
        except (json.JSONDecodeError, UnicodeEncodeError, RecursionError, _Wrong):
            position = begins.start() + 1
            continue
        yield {**record, LINE_FROM: at + len(text[: begins.start()].encode("utf-8", "surrogateescape"))}


def _kind(value: Any) -> str:
    kinds = {bool: "true or false", int: "a number", float: "a number", str: "text", list: "a list", dict: "an object"}
    return kinds.get(type(value), "null")


def _short(value: Any) -> str:
    told = repr(value)
    return told if len(told) <= 60 else told[:57] + "..."
