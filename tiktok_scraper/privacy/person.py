"""Who is meant: a creator's ids and handles, found from what somebody typed; and what of the data tells of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from ..errors import BadSetting
from ..lines.pseudonymised import PSEUDONYM
from ..lines.record import NotARecord, record_of
from .pseudonyms import Pseudonyms, handle_of

_HANDLE = re.compile(r"@?([\w.]{1,64})")
_ID = re.compile(r"\d{5,20}")
_PATH = re.compile(r"/@([^/?#]*)(?:/(?:video|photo)/(\d+))?")


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody typed: exactly one of these. tiktok: the id of one of the creator's TikToks."""

    typed: str
    id: str | None = None
    handle: str | None = None
    tiktok: str | None = None


@dataclass(slots=True)
class Person:
    """ids: all that is known of; handles: theirs, in small letters. shared: those that others had, too.

    Of files with pseudonyms, ids and handles hold these as well.
    """

    ids: set[str] = field(default_factory=set)
    handles: set[str] = field(default_factory=set)
    shared: set[str] = field(default_factory=set)

    def told(self) -> list[str]:
        """Their handles and ids, as one tells them to a person; pseudonyms only where nothing else is known."""
        names = [*(f"@{handle}" for handle in sorted(self.handles)), *sorted(self.ids)]
        return [name for name in names if not PSEUDONYM.fullmatch(name.removeprefix("@"))] or names

    def is_of(self, record: Mapping[str, Any]) -> bool:
        """Whether a sighting is of them: by its id, or by its handle where it tells no id."""
        id_ = record.get("creator_id")
        if isinstance(id_, str) and id_:
            return id_ in self.ids
        handle = handle_of(record)
        return handle is not None and handle.lower() in self.handles

    def words(self, names: Iterable[str]) -> list[bytes]:
        """How *names* of theirs may be spelled in bytes, in small letters."""
        return sorted({form.lower().encode() for name in names for form in (name, quote(name, safe=""))})

    def mentioned(self) -> re.Pattern[bytes]:
        """What in the bytes of anything else names them: a handle after @ or as a whole text, an id as a whole."""
        names = b"|".join(re.escape(word) for word in self.words(self.handles)) or b"(?!)"
        ids = b"|".join(re.escape(id_.encode()) for id_ in sorted(self.ids)) or b"(?!)"
        return re.compile(
            rb'(?:[@"=](?:%b)(?![\w.%%-])|(?<![\w-])(?:%b)(?![\w-]))' % (names, ids),
            re.IGNORECASE,
        )


def asked(typed: str) -> Asked:
    """Read what somebody typed: a handle with or without @, an address, a creator's id, a pseudonym.

    Raises:
        BadSetting: it is none of these.
    """
    text = typed.strip()
    if "/" in text:
        found = _PATH.search(urlsplit(text if "://" in text else f"https://{text}").path)
        if found and found[1]:
            return Asked(typed, handle=unquote(found[1]))
        if found and found[2]:
            return Asked(typed, tiktok=found[2])
    elif PSEUDONYM.fullmatch(text.removeprefix("@")):
        # A pseudonym does not say whose id or handle it stands for.
        return Asked(typed, id=text.removeprefix("@"), handle=text.removeprefix("@"))
    elif _ID.fullmatch(text):
        return Asked(typed, id=text)
    elif handle := _HANDLE.fullmatch(text):
        return Asked(typed, handle=handle[1])
    raise BadSetting(
        f"expected @handle, an address such as https://www.tiktok.com/@handle, or a creator's id; found {typed!r}"
    )


def find(those: Iterable[Asked], files: Iterable[Path], pseudonyms: Pseudonyms) -> Person:
    """Return all ids and handles that the lines of *files* give those that were asked for.

    A creator's handles are those of all their lines. One handle may have been several creators'.

    Raises:
        BadSetting: a handle was several creators', so that it does not say who is meant; the message names their ids.
    """
    paths = list(files)
    person, handles, tiktoks = Person(), dict[str, str](), set[str]()
    for one in those:
        if one.id:
            person.ids |= {one.id, *([] if PSEUDONYM.fullmatch(one.id) else [pseudonyms.creator(one.id)])}
        if one.handle:
            handles |= dict.fromkeys(_with_pseudonym(one.handle, pseudonyms), one.typed)
        if one.tiktok:
            tiktoks.add(one.tiktok)
    _by_tiktok(tiktoks, paths, person, handles)
    holders = _holders(handles, paths)
    for typed in set(handles.values()):
        ids = set().union(*(holders.get(name, set()) for name, of in handles.items() if of == typed))
        if len(ids - person.ids) > 1 or (ids - person.ids and ids & person.ids):
            raise BadSetting(
                f"{typed} was the handle of {len(ids)} creators, as handles change hands: name the one you mean by id: "
                f"{', '.join(sorted(ids))} (python -m analysis show ID tells each apart)"
            )
        person.ids |= ids
    person.handles |= set(handles)
    _complete(person, paths)
    return person


def _with_pseudonym(handle: str, pseudonyms: Pseudonyms) -> set[str]:
    if PSEUDONYM.fullmatch(handle):
        return {handle}
    return {handle.lower(), pseudonyms.handle(handle), pseudonyms.handle(handle.lower())}


def _by_tiktok(tiktoks: set[str], paths: list[Path], person: Person, handles: dict[str, str]) -> None:
    found = set()
    for record in _with_any(paths, tiktoks):
        if record.get("id") in tiktoks or any(id_ in str(record.get("url")) for id_ in tiktoks):
            found |= {id_ for id_ in tiktoks if id_ in f"{record.get('id')} {record.get('url')}"}
            if isinstance(id_ := record.get("creator_id"), str) and id_:
                person.ids.add(id_)
            elif handle := handle_of(record):
                handles[handle.lower()] = f"@{handle}"
    if missing := tiktoks - found:
        raise BadSetting(
            f"no line is of the TikTok {', '.join(sorted(missing))}, so nobody is known by it: name the creator"
        )


def _holders(handles: Iterable[str], paths: list[Path]) -> dict[str, set[str]]:
    """Which ids each of *handles* was seen with."""
    wanted = set(handles)
    found: dict[str, set[str]] = {}
    for record in _with_any(paths, wanted):
        handle, id_ = (handle_of(record) or "").lower(), record.get("creator_id")
        if handle in wanted and isinstance(id_, str) and id_:
            found.setdefault(handle, set()).add(id_)
    return found


def _complete(person: Person, paths: list[Path]) -> None:
    """Add all handles of the person's ids, and tell which of them were others', too."""
    for record in _with_any(paths, person.ids):
        if record.get("creator_id") in person.ids and (handle := handle_of(record)):
            person.handles.add(handle.lower())
    person.shared = {handle for handle, ids in _holders(person.handles, paths).items() if ids - person.ids}


def any_in(raw: bytes, words: Iterable[bytes]) -> bool:
    """Whether one of *words*, in small letters, stands in bytes: a first look, many times as fast as a pattern."""
    small = raw.lower()
    return any(word in small for word in words)


def _with_any(paths: Iterable[Path], texts: Iterable[str]) -> Iterable[dict[str, Any]]:
    """The whole lines in which one of *texts* may stand: only these are parsed."""
    forms = {form for text in texts for form in (text.lower(), quote(text.lower(), safe="").lower())}
    if not forms:
        return
    everything = any(not form.isascii() for form in forms)  # which JSON may spell in several ways
    wanted = [form.encode() for form in sorted(forms)]
    for path in paths:
        with path.open("rb") as file:
            for raw in file:
                if everything or any_in(raw, wanted):
                    try:
                        yield record_of(raw)
                    except NotARecord:
                        continue
