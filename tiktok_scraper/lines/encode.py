"""A record -> its line of bytes, whatever it holds. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import orjson

_SURROGATE = re.compile("[\ud800-\udfff]")


def encode(record: Mapping[str, Any]) -> bytes:
    """Return the record as one line of bytes, its keys in their order. A lone surrogate becomes U+FFFD."""
    try:
        return orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE)
    except TypeError:
        return orjson.dumps(_spellable(record), option=orjson.OPT_APPEND_NEWLINE)


def _spellable(value: Any) -> Any:
    if isinstance(value, str):
        return _SURROGATE.sub("\ufffd", value)
    if isinstance(value, Mapping):
        return {_spellable(str(key)): _spellable(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_spellable(inner) for inner in value]
    return value if value is None or isinstance(value, bool | float) else _number_or_text(value)


def _number_or_text(value: Any) -> Any:
    # What JSON has no form for (an integer of more than 64 bits, bytes) is kept as text rather than lost.
    return value if isinstance(value, int) and -(1 << 63) <= value < 1 << 64 else str(value)
