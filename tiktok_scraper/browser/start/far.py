"""A driver or grid behind an address, and the session there: it outlives a killed run unless somebody ends it.

The address may hold a name and a password; they go to that address alone, and never into a message or a log.
"""

from __future__ import annotations

import base64
import json
import logging
import time
import urllib.error
import urllib.request
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from ...config.values import shown
from .grid import sessions_named

logger = logging.getLogger(__name__)

NOTE = "session.json"  # in the run directory: where the run's browser is, what it is called and which session
# A grid answers for the end of a session once its browser has ended, in a second or so.
END_WITHIN_S = 5.0
GONE = 404  # the answer where a session has ended by itself
# So long it is tried again by each run that starts a browser; no grid known keeps an idle session longer by default.
TRIED_FOR_S = 24 * 3600.0
# A session that was being made when its run was killed is there by then: a driver waits a minute for its browser.
COMES_WITHIN_S = 120.0


def credentials(address: str) -> tuple[str, str] | None:
    """Return the name and the password that *address* holds; None where it holds none."""
    parts = urlsplit(address)
    return (unquote(parts.username), unquote(parts.password or "")) if parts.username else None


def ask(address: str, path: str, method: str, within: float) -> bytes:
    """Send a request to *path* below *address*, with its name and password, and return the answer.

    Raises:
        OSError, HTTPException: nobody answers in *within* seconds; an HTTPError: with a status of 400 or more.
    """
    request = urllib.request.Request(f"{shown(address).rstrip('/')}{path}", method=method)
    if known := credentials(address):
        request.add_header("Authorization", f"Basic {base64.b64encode(':'.join(known).encode()).decode()}")
    with urllib.request.urlopen(request, timeout=within) as answer:
        return bytes(answer.read())


def status_of(address: str, within: float) -> Any:
    """What the driver or grid at *address* tells of itself; None where that is no JSON.

    Raises:
        OSError, HTTPException: as of `ask`.
    """
    try:
        return json.loads(ask(address, "/status", "GET", within))
    except ValueError:
        return None


def end(address: str, session: str) -> bool:
    """End *session* at *address*; False: it was not answered, so that it may be there still."""
    try:
        ask(address, f"/session/{session}", "DELETE", END_WITHIN_S)
    except urllib.error.HTTPError as error:
        error.close()
        return error.code == GONE
    except (OSError, HTTPException):
        return False
    return True


def name_of(folder: Path) -> str:
    """What the session of the run directory *folder* is called; a grid shows it to whoever looks."""
    return f"tiktok_scraper {folder.name}"


def keep_note(folder: Path, address: str, name: str, session: str | None = None) -> None:
    """Note in the run directory *folder*, which nobody else may read, the session asked for under *name*, or had."""
    told = {"executor": address, "name": name, "session": session}
    new = folder / f"{NOTE}.new"  # a kill leaves the old one or this one whole
    new.touch(mode=0o600)
    new.write_text(json.dumps(told), encoding="utf-8")
    new.replace(folder / NOTE)


def drop_note(folder: Path) -> None:
    """Forget the session of the run directory *folder*: there is none."""
    (folder / NOTE).unlink(missing_ok=True)


def is_noted(folder: Path) -> bool:
    """Whether a session was asked for of which the run directory *folder* tells."""
    return (folder / NOTE).exists()


def ended(folder: Path) -> bool:
    """End the session that a killed run noted in *folder*; False: it is worth another try."""
    try:
        at = (folder / NOTE).stat().st_mtime
        told = json.loads((folder / NOTE).read_text(encoding="utf-8"))
        address, name, session = str(told["executor"]), told.get("name"), told.get("session")
        if not session and not name:
            return True
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return True  # a local browser's folder, or a note that was torn by the kill
    age = time.time() - at
    try:
        found = [session] if session else sessions_named(status_of(address, END_WITHIN_S), name)
        for one in found:
            ask(address, f"/session/{one}", "DELETE", END_WITHIN_S)
    except urllib.error.HTTPError as error:
        error.close()
        if error.code != GONE:  # a hub that has just begun, or another password: it may be told later
            logger.warning("A killed run's session at %s could not be ended: %s", shown(address), error)
            return not 0 <= age < TRIED_FOR_S
    except (OSError, HTTPException) as error:
        logger.warning("A killed run's session at %s could not be ended: %s", shown(address), error)
        return not 0 <= age < TRIED_FOR_S
    else:
        if found:
            logger.info("Ended a killed run's session at %s", shown(address))
        return bool(found) or not 0 <= age < COMES_WITHIN_S
    return True
