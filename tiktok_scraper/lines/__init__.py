"""Append-only files of JSON lines: one object a line, UTF-8, "\\n"; each line written whole or not at all."""

# ruff: noqa: E402  what is missing is told before its import fails
from ..needs.system import need_locks

need_locks()

from .append import LineFile
from .encode import encode
from .generation import Generation, generation_of
from .mixing import check_mixing
from .pseudonymised import check_names
from .read import Bad, Line, read_lines
from .repair import Repaired, check_lines, repair

__all__ = [
    "Bad",
    "Generation",
    "Line",
    "LineFile",
    "Repaired",
    "check_lines",
    "check_mixing",
    "check_names",
    "encode",
    "generation_of",
    "read_lines",
    "repair",
]
