"""Class names as the site makes them: component names are stable, the hashes around them are not."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from functools import cache

PREFIX = {"a": "tiktok", "b": "css", "c": "css"}
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@cache
def this_start() -> str:
    """What the hashes of this process are made of: another one each time the replica starts."""
    return secrets.token_hex(4)


def fnv(text: str) -> str:
    """FNV-1a, 32 bits, in base 36: as site/js/names.js has it, so that shell and scripts agree."""
    value = 0x811C9DC5
    for byte in text.encode():
        value = (value ^ byte) * 0x01000193 % 2**32
    return _base36(value)


def _base36(value: int) -> str:
    out = ""
    while value:
        value, digit = divmod(value, 36)
        out = DIGITS[digit] + out
    return out or "0"


@dataclass(frozen=True, slots=True)
class ClassNames:
    """The names of one build. `kind` "2022" keeps the marks (`e1hk3hf90`) of the build of August 2022."""

    era: str
    build: str
    kind: str = "random"

    def component(self, name: str) -> str:
        """`DivName` -> `tiktok-1abc2-DivName` (a), `css-1abc2-DivName` (b), `css-1abc2-BUILD--DivName` (c)."""
        late = f"{self.build}--" if self.era == "c" else ""
        return f"{PREFIX[self.era]}-{fnv(f'{self.build}|{name}')[:6]}-{late}{name}"

    def mark(self, base: str, index: int) -> str:
        """A component's mark, such as ("e1hk3hf9", 0)."""
        kept = base if self.kind == "2022" else "e" + fnv(f"{self.build}|target|{base}")
        return f"{kept}{index}"
