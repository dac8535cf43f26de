"""Append-only files of JSON lines: one object a line, UTF-8, "\\n"; each line written whole or not at all."""

# ruff: noqa: E402  what is missing is told before its import fails
from ..needs.system import need_locks

need_locks()

from .append import LineFile, encode
from .mixing import check_mixing
from .read import Bad, Line, read_lines
from .repair import Repaired, check_lines, repair

__all__ = ["Bad", "Line", "LineFile", "Repaired", "check_lines", "check_mixing", "encode", "read_lines", "repair"]
