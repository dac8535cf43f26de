"""What is here already of the files that are copied."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..lines import LineFile
from .copy import Copy
from .names import is_copied, is_packed


@dataclass(frozen=True, slots=True)
class Here:
    """One file here. size: in bytes. mtime: seconds. sha256: of all its bytes, None of a compressed one."""

    size: int
    mtime: int = 0
    sha256: str | None = None


def files_here(into: Path) -> dict[str, Here]:
    """Return the files of lines in a folder, by name; what a killed writer tore is set aside first.

    Raises:
        NotLines: one is of another kind, such as gzip without its ending.
        CouldNotWrite: one can't be opened.
    """
    found = {}
    for path in sorted(into.iterdir()):
        if not is_copied(path.name) or not path.is_file():
            continue
        if is_packed(path.name):
            there = path.stat()
            found[path.name] = Here(there.st_size, int(there.st_mtime))
            continue
        LineFile(path).close()
        size = path.stat().st_size
        found[path.name] = Here(size, sha256=Copy(path, size).sha256())
    return found
