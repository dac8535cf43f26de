"""Which spools of a data folder wait to be appended; looks, and changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from shlex import quote
from typing import Any

from ...errors import NotLines
from ...needs.places import why
from ..record import record_of
from .absorb import names, read_spool
from .places import FILES, every_place, named


@dataclass(frozen=True, slots=True)
class Waiting:
    """A spool. run: whose it is. file: its data file. records: its lines. wrong: why it can't be read, None if it can.

    What is named as no spool is has neither run nor file.
    """

    run: str
    file: str
    path: Path
    records: tuple[dict[str, Any], ...] = ()
    wrong: str | None = None


def waiting(data_dir: Path) -> list[Waiting]:
    """Return the spools of *data_dir*, the oldest run's first."""
    found = [place.path / name for place in every_place(data_dir) for name in names(place)]
    return [one for path in sorted(found, key=lambda path: path.name) if (one := _one(path)) is not None]


def sentence(data_dir: Path, found: Sequence[Waiting] | None = None) -> str:
    """Say in one line what waits, where, and what appends it; "" where nothing does."""
    if not (found := waiting(data_dir) if found is None else found):
        return ""
    told = [f"{_counted(one)} in {one.path}{f' ({one.wrong})' if one.wrong else ''}" for one in found]
    file = next((one.file for one in found if one.file), FILES[0])
    command = f"python -m tiktok_scraper.lines repair {quote(str(data_dir / file))}"
    return f"not yet in their file: {', '.join(told)}; the next run appends them, and so does {command}"


def _counted(one: Waiting) -> str:
    count = len(one.records)
    return f"{count} {'line' if count == 1 else 'lines'} of {one.file}" if one.file else "something of no run"


def _one(path: Path) -> Waiting | None:
    if (told := named(path.name)) is None:
        return Waiting("", "", path)
    if path.is_symlink() or not path.is_file():
        return Waiting(*told, path, wrong="no plain file")
    try:
        return Waiting(*told, path, tuple(map(record_of, read_spool(path).lines)))
    except FileNotFoundError:  # appended meanwhile
        return None
    except NotLines as error:
        return Waiting(*told, path, wrong=str(error))
    except OSError as error:
        return Waiting(*told, path, wrong=why(path, error))
