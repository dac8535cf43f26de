"""The key of the pseudonyms: 32 bytes in a file of its owner's alone, and never beside the data.

Who has key and data can tell who is who; who has the data alone can't. So the two do not lie in one folder, are not
copied together, and the pseudonyms become final when the key is destroyed.
"""

from __future__ import annotations

import os
import secrets
import shlex
import stat
from collections.abc import Mapping
from pathlib import Path

from .. import settings as project
from ..config import typed_path
from ..config.values import Settings
from ..errors import BadSetting

NAME = "TIKTOK_PSEUDONYM_KEY"
LENGTH = 32  # bytes, as many as SHA-256 has
_OF_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def key_file(settings: Settings, environment: Mapping[str, str] | None = None) -> Path:
    """Return where the key is: as the setting says, else the environment variable of its name, else in ~/.config.

    Raises:
        BadSetting: it begins with the home folder of nobody.
    """
    around = os.environ if environment is None else environment
    told = settings.get(NAME)
    chosen = told if told and told != project.TIKTOK_PSEUDONYM_KEY else around.get(NAME)
    if not chosen and (config := around.get("XDG_CONFIG_HOME")) and Path(config).is_absolute():
        return Path(config) / "tiktok_scraper" / "pseudonyms.key"
    return typed_path(NAME, chosen or project.TIKTOK_PSEUDONYM_KEY)


def read_key(path: Path, *data: Path) -> bytes:
    """Return the key in *path*.

    Raises:
        BadSetting: it is not there, no key, may be read by others, or lies in one of the *data* folders; the message
            says what to do.
    """
    _outside(path, data)
    try:
        with path.open("rb") as file:
            mode, key = os.fstat(file.fileno()).st_mode, file.read(LENGTH + 1)
    except FileNotFoundError:
        raise BadSetting(
            f"there is no key of pseudonyms at {path}: make one with python -m tiktok_scraper.privacy key, or name the "
            f"one that the data were made with by {NAME}"
        ) from None
    except OSError as error:
        raise BadSetting(f"the key of pseudonyms at {path} can't be read: {error.strerror}") from error
    if mode & _OF_OTHERS:
        raise BadSetting(f"the key of pseudonyms at {path} may be read by others: chmod 600 {shlex.quote(str(path))}")
    if len(key) != LENGTH:
        found = "more" if len(key) > LENGTH else f"{len(key)}"
        raise BadSetting(f"a key of pseudonyms has {LENGTH} bytes, and {path} has {found}: name another with {NAME}")
    return key


def make_key(path: Path, *data: Path) -> bytes:
    """Make a new key in *path*, with its folder, for its owner's eyes alone; whole or not at all.

    Raises:
        BadSetting: there is one already, it would lie in one of the *data* folders, or it can't be written.
    """
    _outside(path, data)
    key = secrets.token_bytes(LENGTH)
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:  # noqa: PTH123
            file.write(key)
            file.flush()
            os.fsync(file.fileno())
        try:
            path.hardlink_to(fresh)  # unlike a rename it replaces nothing: a key that is lost can't be made again
        finally:
            fresh.unlink()
    except FileExistsError:
        raise BadSetting(f"there is a key of pseudonyms at {path} already; it stays as it is") from None
    except OSError as error:
        raise BadSetting(f"no key of pseudonyms can be made at {path}: {error.strerror}") from error
    return key


def _outside(path: Path, data: tuple[Path, ...]) -> None:
    for folder in data:
        if path.resolve().is_relative_to(folder.resolve()):
            raise BadSetting(
                f"the key of pseudonyms at {path} lies in the data directory {folder}, where it would be copied with "
                f"what it hides: move it elsewhere, such as to {project.TIKTOK_PSEUDONYM_KEY}, and name it with {NAME}"
            )
