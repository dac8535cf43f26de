"""Where the lines are copied from: user@host:path, ssh://user@host:port/path, or a folder of this machine. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from ..config import typed_path
from ..errors import BadSetting

EXPECTED = "user@host:folder, ssh://user@host:port/folder or a folder of this machine"
# A name of ssh's config may hold nearly anything; what a shell or an option could be made of is in none.
_HOST = re.compile(r"(?:[\w.+-]+@)?(?:[\w.-]+|\[[0-9A-Fa-f:.]+(?:%[\w.-]+)?\])", re.ASCII)
_REMOTE = re.compile(r"((?:[^@/:\[\]]*@)?(?:\[[^\]/]*\]|[^:/\[\]]*)):(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Place:
    """host: with its user, as ssh takes it, None for this machine. path: a folder, from the home folder there or from
    the root. port: where the address told one.
    """

    host: str | None
    path: str
    port: int | None = None

    @property
    def told(self) -> str:
        """The place as a person writes it."""
        return self.path if self.host is None else f"{self.spelled}:{self.path.removeprefix('./')}"

    @property
    def spelled(self) -> str:
        """The host as rsync and scp take it: with brackets around an address that holds colons."""
        user, at, host = (self.host or "").rpartition("@")
        return f"{user}{at}[{host}]" if ":" in host else f"{user}{at}{host}"


def place_of(told: str) -> Place:
    """Read what somebody typed; nothing of it can become an option of a program.

    Raises:
        BadSetting: it is empty, begins with a hyphen, or names a host that can't be one.
    """
    if not told or told.startswith("-") or "\0" in told or "\n" in told:
        raise BadSetting(f"expected {EXPECTED}, found {told!r}")
    if told.startswith("ssh://"):
        return _of_url(told)
    found = _REMOTE.fullmatch(told)
    if found is None:
        return Place(None, str(typed_path("FROM", told)))
    return Place(_host(found[1], told), _path(found[2]))


def _of_url(told: str) -> Place:
    try:
        parts = urlsplit(told)
        host, port = parts.hostname, parts.port
    except ValueError:
        host = port = None
    if not host or parts.password is not None or parts.query or parts.fragment:
        raise BadSetting(f"expected ssh://user@host:port/folder, found {told!r}")
    user = f"{unquote(parts.username)}@" if parts.username else ""
    bracketed = f"[{host}]" if ":" in host else host
    path = unquote(parts.path)
    # As with git, /~/ is the home folder.
    return Place(_host(user + bracketed, told), _path(path[1:] if path.startswith("/~") else path), port)


def _host(host: str, told: str) -> str:
    name = host.rpartition("@")[2]
    if not _HOST.fullmatch(host) or name.startswith("-") or host.startswith("-"):
        raise BadSetting(f"expected {EXPECTED}, found {told!r}: {host!r} is no host")
    return host.replace("[", "").replace("]", "")


def _path(path: str) -> str:
    if "\0" in path or "\n" in path:
        raise BadSetting(f"expected a folder, found {path!r}")
    if path == "~" or path.startswith("~/"):  # ssh begins there, and no shell is to read the path
        path = path[2:]
    elif path.startswith("~"):
        raise BadSetting(f"the home folder of another user has to be written in full, not as {path!r}")
    return path if path.startswith("/") else f"./{path}"
