"""Pictures of the preview card that the crawl kept (TIKTOK_EVIDENCE): evidence/<run>/<creator>.png beside the lines."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

PNG = b"\x89PNG\r\n\x1a\n"
MOST_BYTES = 300_000  # one picture of a line of counts has a few thousand
MOST_PICTURES = 12


@dataclass(frozen=True)
class Picture:
    """One picture: the creator and run it is of, by its path, and its bytes."""

    creator: str
    run: str
    data: bytes


def pictures(folder: Path | None) -> tuple[list[Picture], int]:
    """The pictures to show, of different creators first, sorted by path; and how many files there were in all.

    What is no PNG or too large is counted and not shown; links that lead out of the folder are not followed.
    """
    if folder is None or not folder.is_dir():
        return [], 0
    root = folder.resolve() / "evidence"
    files = sorted(path for path in root.glob("*/*.png") if path.is_file() and path.resolve().is_relative_to(root))
    seen: set[str] = set()
    first = [path for path in files if not (path.stem in seen or seen.add(path.stem))]  # type: ignore[func-returns-value]
    shown: list[Picture] = []
    for path in first:
        if len(shown) == MOST_PICTURES:
            break
        data = path.read_bytes() if path.stat().st_size <= MOST_BYTES else b""
        if data.startswith(PNG):
            shown.append(Picture(path.stem, path.parent.name, data))
    return shown, len(files)
