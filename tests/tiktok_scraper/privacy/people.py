"""Lines of made-up creators, and what names them in the bytes of a folder."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tiktok_scraper.items import TikTok, creator_url, record, tiktok_url
from tiktok_scraper.pages.audio import audio_name, audio_url

KEY = bytes(range(32))


def a_line(n: int, id_: str = "7126812345678901234", **told: Any) -> dict[str, Any]:
    """A sighting of creator *n*: handle "person.n", id 6900..n."""
    handle = told.pop("handle", f"person.{n}")
    author = f"{handle} \N{HEADPHONE}"
    given = {
        "scraped_at": "2026-11-22T22:58:08.855+00:00",
        "url": tiktok_url(handle, id_) or f"https://www.tiktok.com/@/video/{id_}",
        "username": creator_url(handle),
        "creator_id": f"69000000000000{n:05}",
        "id": id_,
        "audio": audio_name("original sound", author),
        "audio_url": audio_url("original sound", "7689324488571077254"),
        "audio_id": "7689324488571077254",
        "likes": 12,
        "likes_step": 1,
        "source": "json",
        "session": 1,
        "kind": "video",
        "run": "20261122T225803Z-c94c",
    }
    return record(TikTok(**(given | told)))


def of_2022(n: int, id_: str = "7126812345678901234") -> dict[str, Any]:
    """A line of the 2022 study: nine fields, local time, queries in its addresses."""
    return {
        "scraped_at": "2022-08-01T12:00:00.000001",
        "url": f"https://www.tiktok.com/@person.{n}/video/{id_}?is_copy_url=1",
        "audio": f"original sound - person.{n}",
        "audio_url": "https://www.tiktok.com/music/original-sound-7126812345678901235?lang=en",
        "likes": 12,
        "comments": 3,
        "username": f"https://www.tiktok.com/@person.{n}?lang=en",
        "user_followers": 1,
        "user_likes": -1934013585,
    }


def write(path: Path, lines: Iterable[Any]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "utf-8")
    return path


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def bytes_below(folder: Path) -> bytes:
    """All that is in a folder, names of files too."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return b"\n".join(str(path.relative_to(folder)).encode() + b"\n" + path.read_bytes() for path in files)
