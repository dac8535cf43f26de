"""What is merged: the files that somebody named, or those of a folder; compressed ones unpacked while they are read.

As the analysis does (analysis/reading/lines/files.py), a folder's lines are those of `tiktoks*.jsonlines`, its runs
`runs*.jsonlines`, what was rejected `rejected*.jsonlines`, each as it is or compressed. Lines that wait in the folder's
spool are among them.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import re
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from ...errors import BadSetting, CouldNotWrite, NotLines
from ..foreign import HEAD, foreign
from ..spool import FILES, waiting
from ..spool.places import named

_ENDING = r"\.jsonlines(?:\.(?:gz|xz|zst|bz2))?"


def of_folder(folder: Path, file: str) -> list[Path]:
    """The files of *folder* that hold what *file* of FILES does, spools last."""
    pattern = re.compile(re.escape(file.removesuffix(".jsonlines")) + ".*" + _ENDING)
    found = sorted(path for path in folder.iterdir() if pattern.fullmatch(path.name))
    return [*found, *(one.path for one in waiting(folder) if one.file == file)]


def kind_of_file(path: Path) -> str:
    """Which of FILES a file is like, by its name; one of no such name is taken for lines."""
    if path.parent.name == "spool" and (spooled := named(path.name)):
        return spooled[1]
    return next((file for file in FILES if path.name.startswith(file.removesuffix(".jsonlines"))), FILES[0])


def _gzip(path: Path) -> IO[bytes]:
    return cast("IO[bytes]", gzip.open(path))


def _xz(path: Path) -> IO[bytes]:
    return lzma.open(path)


def _zstd(path: Path) -> IO[bytes]:
    import pyarrow as pa  # noqa: PLC0415  half a second, for a form that few files have

    return io.BufferedReader(pa.CompressedInputStream(pa.OSFile(str(path), "rb"), "zstd"))


def _bzip2(path: Path) -> IO[bytes]:
    return bz2.open(path)


_PACKED: dict[str, tuple[bytes, Callable[[Path], IO[bytes]]]] = {
    ".gz": (b"\x1f\x8b", _gzip),
    ".xz": (b"\xfd7zXZ\0", _xz),
    ".zst": (b"\x28\xb5\x2f\xfd", _zstd),
    ".bz2": (b"BZh", _bzip2),
}


class Lines:
    """The bytes of a file of lines, read from its first to its last."""

    def __init__(self, path: Path, file: IO[bytes], *, packed: bool) -> None:
        self._path, self._file, self._packed = path, file, packed

    def read(self, most: int) -> bytes:
        """The next bytes; none at the end. Raises as `readline`."""
        return self._told(self._file.read, most)

    def readline(self, most: int) -> bytes:
        """The next line, or *most* bytes of it; nothing at the end.

        Raises:
            CouldNotWrite: it is compressed and damaged: what it held is not known.
            OSError: it can't be read.
        """
        return self._told(self._file.readline, most)

    def _told(self, how: Callable[[int], bytes], most: int) -> bytes:
        try:
            return how(most)
        except (EOFError, zlib.error, lzma.LZMAError, OSError) as error:
            if not self._packed:
                raise
            what = f"{self._path} is damaged ({error}), and nothing was merged"
            raise CouldNotWrite(f"{what}: unpack what can be had of it, and merge that") from error


@contextmanager
def opened(path: Path) -> Iterator[Lines]:
    """Open a file of lines, unpacked where its name and its beginning say that it is compressed.

    Raises:
        BadSetting: it is no plain file.
        OSError: it can't be opened.
    """
    if not path.is_file():
        raise BadSetting(f"{path} is no plain file: name files of lines, or folders that hold them")
    with path.open("rb") as plain:
        magic, unpack = _PACKED.get(path.suffix, (b"", _gzip))
        if not magic or plain.read(len(magic)) != magic:  # a download may have unpacked it
            plain.seek(0)
            yield Lines(path, plain, packed=False)
            return
    with unpack(path) as file:
        yield Lines(path, file, packed=True)


def check_kind(path: Path) -> None:
    """Make sure that a file is one of lines, compressed or not.

    Raises:
        NotLines: it is of another kind.
    """
    with opened(path) as file:
        if (known := foreign(file.read(HEAD))) is not None:
            raise NotLines(known.told(path))
