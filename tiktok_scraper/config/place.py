"""Where the data are: the one reading of TIKTOK_DATA_DIR, and of any path that somebody typed."""

from __future__ import annotations

import os
import shlex
import shutil
from collections.abc import Mapping
from pathlib import Path

from .. import settings as project
from ..errors import BadSetting
from .values import Settings

NAME = "TIKTOK_DATA_DIR"
# Scrapy's priority of what settings.py says; an add-on, a spider or the command line stands above it.
OF_THE_PROJECT = 20


def data_dir(settings: Settings, environment: Mapping[str, str] | None = None) -> Path:
    """Return the folder of the data files and of `runs/`, as the notebooks read the same name.

    What the command line or a spider says counts before the environment, and that before settings.py; what is empty
    counts as unset. `~` is the home folder. A relative path is one of the working directory.

    Raises:
        BadSetting: it begins with the home folder of nobody.
    """
    told = settings.get(NAME)
    priority = getattr(settings, "getpriority", lambda _: None)(NAME)
    above = told if priority is None or priority > OF_THE_PROJECT else None
    around = (os.environ if environment is None else environment).get(NAME)
    return typed_path(NAME, above or around or told or project.TIKTOK_DATA_DIR)


def typed_path(name: str, told: str | os.PathLike[str]) -> Path:
    """Return the path that somebody gave as *name*, with `~` as the home folder: no shell expands it in a setting.

    Raises:
        BadSetting: it begins with the home folder of nobody.
    """
    try:
        return Path(told).expanduser()
    except RuntimeError:
        raise BadSetting(f"{name} begins with a home folder that is not there: {told}; write it in full") from None


def executable(settings: Settings, name: str) -> str | None:
    """Return the path of the program that the setting *name* holds: a path, or a name on the PATH; None: unset.

    Raises:
        BadSetting: there is no such file, or it can't be run.
    """
    told = settings.get(name)
    if not told:
        return None
    path = typed_path(name, told)
    if path.name == str(told) and not path.exists() and (found := shutil.which(path)):
        return found
    if not path.is_file():
        kind = "a folder is" if path.is_dir() else "there is no file"
        raise BadSetting(f"{name} must be the path of an executable; {kind} at {path}")
    if not os.access(path, os.X_OK):
        raise BadSetting(
            f"{name} must be the path of an executable; {path} may not be run: chmod +x {shlex.quote(str(path))}"
        )
    return str(path)
