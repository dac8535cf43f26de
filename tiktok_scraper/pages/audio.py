"""How the site names an audio and links to it (site.md section 8, from 59 pairs of name and link)."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote

_MUSIC_LINK = re.compile(r"/music/(?P<slug>[^?#]*?)-?(?P<id>\d+)/?(?:[?#]|$)")


def audio_name(title: str | None, author: str | None) -> str | None:
    """Return the text that the site prints: "Title - Author", the author once if the title ends so."""
    title, author = _one_line(title), _one_line(author)
    if not title:
        return None
    if not author or title.endswith(f" - {author}"):
        return title
    return f"{title} - {author}"


def audio_url(title: str | None, audio_id: str) -> str:
    """Return the canonical address `https://www.tiktok.com/music/slug-ID`; the slug is the title's alone."""
    return f"https://www.tiktok.com/music/{slug(title or '')}-{audio_id}"


def slug(title: str) -> str:
    """Return *title* as the site writes it in an address.

    Letters, marks and digits of any script, underscores and apostrophes inside words stay; an apostrophe before a space
    goes with the space ("Startin' Something": "StartinSomething"); runs of all else become one hyphen.
    """
    kept = ""
    for char in title.replace("' ", ""):
        sort = unicodedata.category(char)[0]
        # A mark belongs to the letter before it; one after an emoji goes with the emoji.
        keep = sort in "LN" or char in "'_" or (sort == "M" and not kept.endswith(" "))
        kept += char if keep else " "
    return "-".join(word for part in kept.split() if (word := part.strip("'")))


def read_music_link(href: str) -> tuple[str, str] | None:
    """Return the audio's id and canonical address as *href* has them, None if it is no link to an audio."""
    found = _MUSIC_LINK.search(unquote(href))
    if found is None:
        return None
    return found["id"], f"https://www.tiktok.com/music/{found['slug']}-{found['id']}"


def _one_line(text: str | None) -> str:
    return " ".join((text or "").split())
