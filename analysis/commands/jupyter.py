"""Jupyter on the notebooks of analysis/, told where the data are."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

from analysis.reading.lines.files import LINES, has_lines
from analysis.terms.errors import MissingTool, NoFile

NOTEBOOKS = Path(__file__).resolve().parent.parent
ROOT = NOTEBOOKS.parent


def named_folder(told: str | os.PathLike[str] | None) -> Path | None:
    """The folder that somebody named, in full; None where nothing is named, as by an empty variable.

    `~` is the home folder. A relative path is one of the checkout, from where the crawl runs and `make` does: a
    notebook's own working directory is analysis/.
    """
    return (ROOT / Path(told).expanduser()).resolve() if told else None


def open_notebooks(folder: Path | None) -> int:
    """Open Jupyter on the notebooks and wait for its end; its exit code.

    folder: where the data are; None: what TIKTOK_DATA_DIR names. Where there are no lines the notebooks show the
    shipped sample, and a line on stderr says so.

    Raises:
        NoFile: there is no such folder.
        MissingTool: Jupyter is not installed.
    """
    found = folder.absolute() if folder else named_folder(os.environ.get("TIKTOK_DATA_DIR"))
    if importlib.util.find_spec("jupyterlab") is None:
        raise MissingTool(
            expected="JupyterLab",
            found="none in this environment",
            where=sys.executable,
            next_step="run make setup, or pip install -r requirements-dev.txt",
        )
    if found is not None and not found.is_dir():
        raise NoFile(
            expected="a folder with your data",
            found="a file" if found.exists() else "no such folder",
            where=found,
            next_step=f"name the folder that holds {LINES}, or none for the shipped sample",
        )
    if found is None or not has_lines(found):
        why = "no folder is named" if found is None else f"{found} holds no {LINES} yet"
        sys.stderr.write(f"{why}: the notebooks show the shipped sample, which is simulated.\n")
    environment = {name: value for name, value in os.environ.items() if name != "TIKTOK_DATA_DIR"}
    if found is not None:
        environment["TIKTOK_DATA_DIR"] = str(found)
    # Jupyter refuses to be run by root unless it is told to.
    root = ["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    command = [sys.executable, "-m", "jupyterlab", *root, str(NOTEBOOKS)]
    return subprocess.run(command, env=environment, check=False).returncode
