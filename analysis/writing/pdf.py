"""The page as PDF, printed by the browser at hand."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from analysis.terms.errors import AnalysisError, MissingTool
from analysis.writing.output import write

# Debian's names first, then those of other systems and of Chrome.
BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
SECONDS = 180


def print_pdf(page: Path, pdf: Path, browser: str | None = None) -> None:
    """Print the file *page* into the file *pdf*. AnalysisError where there is no browser, or it makes no PDF of it."""
    program = browser or next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if program is None:
        raise MissingTool(
            expected="Chromium or Chrome on the PATH",
            found=f"none of {', '.join(BROWSERS)}",
            where="the report's PDF",
            next_step=f"install one (make setup), or open {page} in any browser and print it; the page is whole",
        )
    with tempfile.TemporaryDirectory(prefix="report-", ignore_cleanup_errors=True) as folder:
        printed = Path(folder) / "printed.pdf"
        command = [program, *_arguments(Path(folder) / "profile"), f"--print-to-pdf={printed}", page.resolve().as_uri()]
        try:
            done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise _unprinted(program, page, pdf, str(error)) from error
        # An older PDF stays until there is a whole new one.
        told = printed.read_bytes() if printed.is_file() else b""
    if not told.startswith(b"%PDF"):
        last = (done.stderr.decode("utf-8", "replace").strip().splitlines() or ["it said nothing"])[-1]
        raise _unprinted(program, page, pdf, f"exit code {done.returncode}: {last}")
    write(pdf, told)


def _unprinted(program: str, page: Path, pdf: Path, why: str) -> AnalysisError:
    return AnalysisError(
        expected=f"{program} to print {page}", found=why, where=pdf, next_step="open the page and print it; it is whole"
    )


def _arguments(profile: Path) -> list[str]:
    told = ["--headless=new", "--disable-gpu", "--no-first-run", "--no-pdf-header-footer", f"--user-data-dir={profile}"]
    told += ["--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage"]
    # The page is our own file and its policy lets nothing load, so root's missing sandbox meets nothing foreign.
    return [*told, "--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else told
