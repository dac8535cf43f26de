"""Names -> pseudonyms: keyed, the same name always the same one, and nothing that leads back without the key. Pure.

HMAC-SHA256, cut to 80 bits: among ten million names two meet with a chance of 1 in 10^10. What a name is (a creator's
id, a handle, an audio's author) goes into it, so that a handle of digits and an id of the same are two.
"""

from __future__ import annotations

import hmac
import re
from base64 import b32encode
from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import unquote

from ..errors import MixedLines
from ..items import FIELDS, HOST, creator_url, uploaded, url_by_id
from ..lines.pseudonymised import PREFIX, PSEUDONYM
from ..pages.audio import read_music_link, slug

_ADDRESS = re.compile(r"/@(?P<name>[^/?#]*)/(?P<kind>video|photo)/(?P<id>\d+)")
_NAME = re.compile(r"/@([^/?#]*)")
_KNOWN = frozenset(FIELDS)
_READ = ("creator_id", "username", "url", "audio", "audio_url", "id", "kind")
_BETWEEN = " - "  # a title, and who made the sound
# 18 digits, which the analysis takes for an id, and of which nobody reads an upload time.
_FIRST_ID, _IDS = 10**17, 9 * 10**17


class Pseudonyms:
    """Gives names their pseudonyms by one key. name: "p-KKKK", by which a pseudonym tells its key."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        # Creators and audios come again and again; as many as a run or a day brings are remembered.
        self._cut = lru_cache(1 << 14)(lambda kind, text: _letters(self.digest(kind, text)[:10]))
        self.name = PREFIX + _letters(self.digest("key", ""))[:4]

    def digest(self, kind: str, text: str) -> bytes:
        """The HMAC of a text as what it is."""
        told = f"{kind}\0{text}".encode("utf-8", "surrogatepass")
        return hmac.digest(self._key, told, "sha256")

    def of(self, kind: str, text: str) -> str:
        """Return the pseudonym of *text* as a `kind`; one of this key is itself.

        Raises:
            MixedLines: it is a pseudonym of another key.
        """
        if found := PSEUDONYM.fullmatch(text):
            if found[1] != self.name:
                raise MixedLines(
                    f"there are pseudonyms of the key {found[1]}, and yours is {self.name}: name the file of that key "
                    "with TIKTOK_PSEUDONYM_KEY"
                )
            return text
        return f"{self.name}-{self._cut(kind, text)}"

    def creator(self, id_: str) -> str:
        """The pseudonym of a creator's id."""
        return self.of("creator", id_)

    def handle(self, handle: str) -> str:
        """The pseudonym of a handle."""
        return self.of("handle", handle)

    def number(self, kind: str, id_: str) -> str:
        """Return what stands for the id of a TikTok or an audio: 18 digits."""
        return str(_FIRST_ID + int.from_bytes(self.digest(kind, id_)) % _IDS)

    def names(self, told: Mapping[str, Any]) -> dict[str, Any]:
        """Return what stands in a line's `creator_id`, `username`, `url`, `audio` and `audio_url`.

        told: the line; only what it tells is returned. What is no text becomes null, since nobody knows what it holds.
        """
        texts = {name: value if isinstance(value := told[name], str) else None for name in _READ if name in told}
        handle = handle_of(texts)
        audio = self._audio(texts.get("audio"), handle)
        made = {
            "creator_id": self.creator(id_) if (id_ := texts.get("creator_id")) else None,
            "username": self._address(texts.get("username")),
            "url": _by_id(texts),
            "audio": audio,
            "audio_url": _audio_url(texts.get("audio_url"), (audio or "").partition(_BETWEEN)[0]),
        }
        return {name: value for name, value in made.items() if name in told}

    def sighting(self, record: Mapping[str, Any], *, ids: bool = False) -> dict[str, Any]:
        """Return a line of tiktoks.jsonlines with pseudonyms for names, and without what no line of ours has.

        Caption and hashtags are the creator's own words, which lead to them, and are left out. ids: the ids of TikTok
        and audio become pseudonyms too.
        """
        line = {name: value for name, value in record.items() if name in _KNOWN}
        line |= self.names(line)
        return self._with_ids(line) if ids else line

    def _with_ids(self, line: dict[str, Any]) -> dict[str, Any]:
        address = _ADDRESS.search(line.get("url") or "")
        if address is None:  # without it nobody could tell next time that the ids are pseudonyms
            return line | {name: None for name in ("id", "audio_id", "audio_url") if name in line}
        if address["name"] == self.name:  # made so before
            return line
        if not line.get("created_at") and (told := uploaded(None, address["id"]))[0]:
            line |= {"created_at": told[0], "created_from": told[1]}
        made = self.number("tiktok", address["id"])
        line["url"] = f"{HOST}/@{self.name}/{address['kind']}/{made}"
        line |= {"id": made} if "id" in line else {}
        audio = line.get("audio_id") or _audio_id(line.get("audio_url"))
        if audio:
            other = self.number("audio", str(audio))
            line |= {"audio_id": other} if "audio_id" in line else {}
            line["audio_url"] = _audio_url(f"/music/-{other}", (line.get("audio") or "").partition(_BETWEEN)[0])
        return line

    def _address(self, address: str | None) -> str | None:
        found = _NAME.search(address or "")
        return creator_url(self.handle(unquote(found[1]))) if found and found[1] else None

    def _audio(self, audio: str | None, handle: str | None) -> str | None:
        """The title, and a pseudonym for who made the sound: nothing tells artists from the people next door."""
        if not audio:
            return audio
        title, between, author = audio.partition(_BETWEEN)
        if handle and _names(title.casefold(), handle.casefold()):
            title = self.of("audio", title)
        return f"{title}{between}{self.of('audio', author)}" if author else title


def _names(title: str, handle: str) -> bool:
    """Whether a title holds a handle as a whole; a pattern is made only where it stands there at all."""
    return handle in title and re.search(rf"(?<!\w){re.escape(handle)}(?!\w)", title) is not None


def handle_of(record: Mapping[str, Any]) -> str | None:
    """Return the handle that a line tells, in `username` or else in its address; None where it tells none."""
    for name in ("username", "url"):
        told = record.get(name)
        if isinstance(told, str) and (found := _NAME.search(told)) and found[1]:
            return unquote(found[1])
    return None


def without_values(reason: str) -> str:
    """Return why something could not be a line, without what was found, which may be a name."""
    return reason.partition(", found ")[0].partition(": ")[0]


def _by_id(texts: Mapping[str, str | None]) -> str | None:
    """The address by the TikTok's id alone, which leads there; one whose id is a pseudonym stays as it is."""
    url = texts.get("url") or ""
    found = _ADDRESS.search(url)
    if found is None:
        id_ = texts.get("id")
        return url_by_id(id_, texts.get("kind") or "video") if id_ and id_.isdecimal() else None
    if re.fullmatch(r"p-[a-z2-7]{4}", found["name"]):
        return url
    return url_by_id(found["id"], found["kind"])


def _audio_url(url: str | None, title: str) -> str | None:
    """The audio's address with the slug of what is left of its title."""
    if (id_ := _audio_id(url)) is None:
        return None
    kept = "" if PSEUDONYM.fullmatch(title) else slug(title)
    return f"{HOST}/music/{kept}-{id_}" if kept else f"{HOST}/music/{id_}"


def _audio_id(url: Any) -> str | None:
    found = read_music_link(url) if isinstance(url, str) else None
    return found[0] if found else None


def _letters(digest: bytes) -> str:
    return b32encode(digest).decode().lower()
