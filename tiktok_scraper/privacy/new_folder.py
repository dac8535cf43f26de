"""A folder that a command makes: whole or not at all, never in another's place and never among the data."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..errors import BadSetting, CouldNotWrite
from .folder import TEMPORARY


def check_new(out: Path, data: Path) -> None:
    """Make sure that *out* can be made and does not lie in the *data* directory.

    Raises:
        BadSetting: it is there already, and not empty, or it would lie there.
    """
    if out.exists() and not (out.is_dir() and not any(out.iterdir())):
        raise BadSetting(f"-o names {out}, which is there already and stays as it is: name a new folder")
    if out.resolve().is_relative_to(data.resolve()):
        raise BadSetting(f"-o names {out}, which lies in the data directory {data}: name a folder elsewhere")


@contextmanager
def whole_folder(out: Path) -> Iterator[Path]:
    """Yield a folder that becomes *out* at the end; what a killed command left of it is removed.

    Raises:
        CouldNotWrite: it can't be made or written to.
    """
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        for left in out.parent.glob(f".{out.name}.*{TEMPORARY}"):
            shutil.rmtree(left, ignore_errors=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{out.name}.", suffix=TEMPORARY, dir=out.parent))
    except OSError as error:
        raise CouldNotWrite(f"{out} can't be made: {error.strerror}") from error
    try:
        yield fresh
        fresh.chmod(0o755)
        fresh.replace(out)
    except OSError as error:
        raise CouldNotWrite(f"{out} can't be written: {error}") from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
