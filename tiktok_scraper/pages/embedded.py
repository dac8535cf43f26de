"""Finding the state that a page embeds: a JSON script, early in 2022 a JavaScript literal (site.md 4.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

import orjson

from .sent_json import loads

# Bounded, so that a page of nothing but tags takes no longer than any other.
_JSON_SCRIPT = re.compile(
    r"""<script\b[^>]{0,300}?\bid=["']?(?:__UNIVERSAL_DATA_FOR_REHYDRATION__|SIGI_STATE)\b[^>]{0,300}>""",
    re.IGNORECASE,
)
_END = re.compile(r"</script", re.IGNORECASE)
_ASSIGNMENT = re.compile(r"""\[\s*["']SIGI_STATE["']\s*\]\s*=\s*(?=\{)|\bwindow\.SIGI_STATE\s*=\s*(?=\{)""")
_PIECE = re.compile(
    r"""\s+|(?P<string>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(?P<not>![01])|(?P<word>[\w$.+-]+)|(?P<mark>.)""",
    re.DOTALL,
)
_ESCAPE = re.compile(
    r"""\\u\{(?P<point>[0-9A-Fa-f]{1,6})\}|\\x(?P<byte>[0-9A-Fa-f]{2})"""
    r"""|(?P<json>\\u[0-9A-Fa-f]{4}|\\["\\/bfnrt])|\\(?P<other>.)|(?P<bare>["\x00-\x1f])""",
    re.DOTALL,
)
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?")


def find_state(html: str) -> Mapping[str, Any]:
    """Return the page's embedded state, {} if it has none that can be read."""
    for script in _JSON_SCRIPT.finditer(html):
        end = _END.search(html, script.end())
        if end is None:
            break
        if state := _object(html[script.end() : end.start()]):
            return state
    literal = _ASSIGNMENT.search(html)
    return read_literal(html[literal.end() :]) if literal else {}


def read_literal(source: str) -> Mapping[str, Any]:
    """Return the object that the JavaScript *source* begins with, {} if it is none; what follows is ignored.

    Reads what serialisers write beyond JSON: bare and single-quoted keys, undefined, !0, trailing commas, \\x
    escapes. It evaluates nothing.
    """
    tokens = list(_first_object(source))
    written: list[str] = []
    for (kind, token), (_, follower) in pairwise([*tokens, ("", "")]):
        if token in ("}", "]") and written and written[-1] == ",":
            written.pop()
        written.append(_as_json(kind, token, is_key=follower == ":"))
    return _object("".join(written))


def _first_object(source: str) -> Iterator[tuple[str, str]]:
    depth = 0
    for piece in _PIECE.finditer(source):
        if piece.lastgroup is None:
            continue
        yield piece.lastgroup, piece.group()
        depth += (piece.group() in ("{", "[")) - (piece.group() in ("}", "]"))
        if depth <= 0:
            return


def _as_json(kind: str, token: str, *, is_key: bool) -> str:
    if kind == "string":
        return f'"{_ESCAPE.sub(_json_escape, token[1:-1])}"'
    if kind == "not":
        return "true" if token == "!0" else "false"
    if kind == "word" and is_key:
        return f'"{token}"'
    if kind == "word" and token not in ("true", "false") and not _NUMBER.fullmatch(token):
        return "null"  # undefined, NaN, void
    return token


def _json_escape(escape: re.Match[str]) -> str:
    if number := escape["point"] or escape["byte"]:
        return _escaped(chr(min(int(number, 16), 0x10FFFF)))
    if escape["json"]:
        return escape["json"]
    if escape["bare"]:
        return _escaped(escape["bare"])
    return "" if escape["other"] == "\n" else _escaped(escape["other"])


def _escaped(char: str) -> str:
    return "".join(f"\\u{unit:04x}" for unit in memoryview(char.encode("utf-16-le", "surrogatepass")).cast("H"))


def _object(source: str) -> Mapping[str, Any]:
    try:
        state = loads(source)
    except orjson.JSONDecodeError:
        return {}
    return state if isinstance(state, dict) else {}
