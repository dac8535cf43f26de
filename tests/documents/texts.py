"""The documents as text: which there are, their tables, their code, and what stands in backquotes."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from tests.project import ROOT


def tracked() -> list[Path]:
    """Every file that git tracks and that is there, relative to the root."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True).stdout
    return sorted(Path(name) for name in listed.split("\0") if name and (ROOT / name).exists())


DOCUMENTS = [str(path) for path in tracked() if path.suffix == ".md"]


def text_of(document: str) -> str:
    return (ROOT / document).read_text()


def rows(document: str, heading: str) -> list[list[str]]:
    """The cells of the document's tables whose first column has that heading."""
    found: list[list[str]] = []
    wanted = False
    for line in text_of(document).splitlines():
        if not line.startswith("|"):
            wanted = False
        elif line.startswith(f"| {heading} |"):
            wanted = True
        elif wanted and not line.startswith("|---"):
            found.append([cell.strip() for cell in line.strip("|").split(" | ")])
    assert found, f"{document} has no table of {heading}s"
    return found


def coded(text: str) -> list[str]:
    """What stands in backquotes."""
    return re.findall(r"`([^`\n]+)`", text)


def code_blocks(document: str, language: str = "") -> list[str]:
    blocks = re.findall(r"^```(\w*)\n(.*?)^```$", text_of(document), re.MULTILINE | re.DOTALL)
    return [block for told, block in blocks if told == language]


def prose(document: str) -> str:
    """The document without its blocks of code."""
    return re.sub(r"^```.*?^```$", "", text_of(document), flags=re.MULTILINE | re.DOTALL)


def given(text: str) -> set[str]:
    """The names of settings in *text*."""
    return set(re.findall(r"\b(?:TIKTOK|SELENIUM)_[A-Z_]*[A-Z]\b", text))
