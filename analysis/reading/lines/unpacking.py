"""A file of lines as plain bytes that can be read from any place, whatever it is compressed with.

A compressed one is unpacked into a file of the system's temporary folder (TMPDIR names another), which goes when it is
closed: memory would not hold it, and a reader goes back and forth. What a damaged one holds up to the damage is given.
"""

from __future__ import annotations

import bz2
import gzip
import lzma
import shutil
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

import pyarrow as pa

_CHUNK = 1 << 16  # bytes; what comes out at a time, and so the most that is lost before a damage


def _gzip(path: Path) -> BinaryIO:
    return cast("BinaryIO", gzip.open(path))


def _xz(path: Path) -> BinaryIO:
    return cast("BinaryIO", lzma.open(path))


def _bzip2(path: Path) -> BinaryIO:
    return cast("BinaryIO", bz2.open(path))


def _zstd(path: Path) -> BinaryIO:
    return cast("BinaryIO", pa.CompressedInputStream(pa.OSFile(str(path), "rb"), "zstd"))


@dataclass(frozen=True, slots=True)
class _Packing:
    """How such a file begins, what opens it, and how often its size are its lines (measured on the shipped sample)."""

    magic: bytes
    open: Callable[[Path], BinaryIO]
    times: int


PACKED = {
    ".gz": _Packing(b"\x1f\x8b", _gzip, 9),
    ".xz": _Packing(b"\xfd7zXZ\0", _xz, 23),
    ".zst": _Packing(b"\x28\xb5\x2f\xfd", _zstd, 13),
    ".bz2": _Packing(b"BZh", _bzip2, 18),
}


@dataclass(frozen=True, slots=True)
class Opened:
    """file: the lines, at their first byte. packed: they were unpacked. damaged: why they are not all that the file
    held, None if they are.
    """

    file: BinaryIO
    packed: bool = False
    damaged: str | None = None


def packing(path: Path) -> _Packing | None:
    """How *path* is compressed: by its name, and by how it begins, since a download may have unpacked it."""
    known = PACKED.get(path.suffix)
    if known is None:
        return None
    with path.open("rb") as file:
        return known if file.read(len(known.magic)) == known.magic else None


def unpacked_bytes(path: Path) -> int:
    """The bytes of its lines, about where it is compressed. Raises OSError where it cannot be read."""
    size, packed = path.stat().st_size, packing(path)
    return size if packed is None else size * packed.times


@contextmanager
def opened(path: Path) -> Iterator[Opened]:
    """Open *path*, unpacked. Raises OSError where it cannot be read, or there is no room to unpack it."""
    packed = packing(path)
    if packed is None:
        with path.open("rb") as file:
            yield Opened(file)
        return
    with ExitStack() as stack:
        # A folder of its own, not an unnamed file: on Windows a reader opens it once more by its name.
        folder = Path(tempfile.mkdtemp(prefix="tiktoks-"))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        plain = folder / path.name.removesuffix(path.suffix)
        damaged = _unpack(path, packed, plain)
        yield Opened(stack.enter_context(plain.open("rb")), True, damaged)


def _unpack(path: Path, packed: _Packing, plain: Path) -> str | None:
    """Write what *path* holds to *plain*; why it is not all, None if it is."""
    with plain.open("wb") as out, packed.open(path) as file:
        while True:
            try:
                piece = file.read1(_CHUNK) if hasattr(file, "read1") else file.read(_CHUNK)
            except (EOFError, zlib.error, lzma.LZMAError, OSError) as error:
                return str(error)
            if not piece:
                return None
            out.write(piece)
