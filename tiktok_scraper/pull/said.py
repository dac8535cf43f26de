"""What ssh said, and what helps. Pure."""

from __future__ import annotations

import re
import shlex

from ..errors import CouldNotPull
from .place import Place

SSH_FAILED = 255
_CHANGED = "REMOTE HOST IDENTIFICATION HAS CHANGED"
# ssh's words, in the order in which they are looked for -> what to do; {host} is the one that was typed.
_REMEDIES = (
    (
        _CHANGED,
        "the host answers with another key than before: it was set up anew, or something else answers in its place. "
        "Ask whoever runs it for the new key's fingerprint; only if it is the one above, forget the old one with the "
        "ssh-keygen command above, and log in once by hand: ssh {host}",
    ),
    (
        "Host key verification failed",
        "the host's key is not known here. Log in once by hand, ssh {host}, compare the fingerprint with the one that "
        "the host's owner tells you, and run this again",
    ),
    (
        "Permission denied",
        "the host lets this user not in. Try by hand, ssh {host}; without a terminal, as in cron, it takes a key "
        "without a passphrase, or one that an agent holds (ssh-copy-id {host})",
    ),
    ("Could not resolve hostname", "there is no such host; look at its name, or at ~/.ssh/config"),
    (
        "Connection refused",
        "no ssh server answers at that host and port; for another port --ssh 'ssh -p 2222', of make SSH='ssh -p 2222'",
    ),
    ("timed out", "the host does not answer; run this again when it does"),
    ("No route to host", "the host can't be reached from here; run this again when it can"),
    ("Network is unreachable", "this machine has no network; run this again when it has"),
)


def of_ssh(place: Place, said: str, code: int) -> CouldNotPull | None:
    """What kept ssh from getting there, told with ssh's own words; None where it got there."""
    if place.host is None:
        return None
    for words, remedy in _REMEDIES:
        if words in said and code == SSH_FAILED:
            return CouldNotPull(f"{_indented(said)}\n{place.told}: {remedy.format(host=_by_hand(place))}")
    if code == SSH_FAILED:
        said = _indented(said) + "\n" if said else ""
        return CouldNotPull(f"{said}{place.told}: the connection was lost", lost=True)
    return None


def _by_hand(place: Place) -> str:
    port = f"-p {place.port} " if place.port is not None else ""
    return port + shlex.quote(place.host or "")


def _indented(said: str) -> str:
    lines = [line.rstrip() for line in re.split(r"[\r\n]+", said) if line.strip()]
    return "\n".join(f"  {line}" for line in lines)
