"""Whom a run tells how it went: an address that is pinged, a command, messages. None shapes a line."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from ..errors import BadSetting
from .values import Settings, chosen

PING, COMMAND, ALERTS = "TIKTOK_PING_URL", "TIKTOK_ON_UNFIT", "TIKTOK_ALERTS"
ACTIONS = ("mail", "slack", "telegram")
_PLAIN = re.compile(r"[!-~]+")  # what an address is spelled with: no blanks, nothing beyond ASCII


def ping_url(settings: Settings, environment: Mapping[str, str] | None = None) -> str | None:
    """Return the address that is pinged: of the setting, else of the environment variable of its name; None: none.

    Who knows it can answer in this job's place, so no message repeats it.

    Raises:
        BadSetting: it is no http address.
    """
    around = (os.environ if environment is None else environment).get(PING)
    if not (told := str(settings.get(PING) or around or "")):
        return None
    try:
        parts = urlsplit(told)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and "@" not in parts.netloc
        usable = usable and (parts.port is None or parts.port > 0) and _PLAIN.fullmatch(told) is not None
    except ValueError:
        usable = False
    if not usable:
        raise BadSetting(
            f"{PING} must be an address such as https://hc-ping.com/your-uuid, without a user's name or blanks in it; "
            "what it holds is none, and is not shown because it is a secret"
        )
    return told


def command(settings: Settings) -> str | None:
    """Return the shell's command line that is run after an unfit run; None: there is none.

    Raises:
        BadSetting: it is no text, or holds a NUL.
    """
    told = settings.get(COMMAND)
    if told is not None and (not isinstance(told, str) or "\0" in told):
        raise BadSetting(f"{COMMAND} must be a command line, such as 'mail -s unfit me@example.org'; not {told!r}")
    return told.strip() or None if told else None


def alerts(settings: Settings) -> tuple[str, ...]:
    """Return which of Spidermon's actions are run after an unfit run, or one with warnings.

    Raises:
        BadSetting: one is none of ACTIONS.
    """
    return chosen(settings, ALERTS, ACTIONS)
