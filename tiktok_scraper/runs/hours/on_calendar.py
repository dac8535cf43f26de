"""A systemd timer's OnCalendar= as a crontab's five fields, where both can say the same. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, tzinfo

from ...errors import BadSetting

# What systemd.time(7) says of the words.
WORDS = {
    "minutely": "* * * * *",
    "hourly": "0 * * * *",
    "daily": "0 0 * * *",
    "weekly": "0 0 * * 1",
    "monthly": "0 0 1 * *",
    "quarterly": "0 0 1 1,4,7,10 *",
    "semiannually": "0 0 1 1,7 *",
    "yearly": "0 0 1 1 *",
    "annually": "0 0 1 1 *",
}
PART = r"[\d*,./]+"
DATE, TIME = rf"\*-(?P<month>{PART})-(?P<day>{PART})", rf"(?P<hour>{PART}):(?P<minute>{PART})(?::0?0)?"
FORM = re.compile(rf"(?:(?P<days>[a-z][a-z,.]*) )?(?:{DATE} )?{TIME}")
PIECE = re.compile(r"\*|(?P<first>\d+)(?:\.\.(?P<last>\d+))?(?:/(?P<step>\d+))?")
TOPS = {"minute": 59, "hour": 23, "day": 31, "month": 12}


def read_calendars(told: Sequence[str]) -> tuple[list[str], tzinfo | None]:
    """Return the five fields of each of *told*, and the zone that all of them are in; None: this machine's.

    Raises:
        BadSetting: five fields can't say one of them, or they are of several zones; the message names a way out.
    """
    zones = {text.upper().endswith(" UTC") for text in told}
    plain = [text[: -len(" UTC")] if text.upper().endswith(" UTC") else text for text in told]
    fields = [_fields(" ".join(text.lower().split())) for text in plain]
    if None in fields or len(zones) > 1:
        raise BadSetting(
            f"the timer's OnCalendar={', '.join(told)} is no schedule that five fields can say: "
            "give TIKTOK_SCHEDULE, such as -s 'TIKTOK_SCHEDULE=0 * * * *'"
        )
    return [text for text in fields if text], UTC if True in zones else None


def _fields(text: str) -> str | None:
    if text in WORDS:
        return WORDS[text]
    if not (form := FORM.fullmatch(text)):
        return None
    parts = {name: _part(form[name] or "*", top) for name, top in TOPS.items()}
    days = (form["days"] or "*").replace("..", "-")
    both = days != "*" and parts["day"] != "*"  # systemd means days that are both, cron days that are either
    if both or None in parts.values() or not re.fullmatch(r"\*|[a-z]{3,9}([,-][a-z]{3,9})*", days):
        return None
    return " ".join([*map(str, parts.values()), re.sub(r"([a-z]{3})[a-z]*", r"\1", days)])


def _part(text: str, top: int) -> str | None:
    """A component as a crontab has it; from a number with a step systemd goes on to the *top*, and cron is told so."""
    pieces = [PIECE.fullmatch(piece) for piece in text.split(",")]
    return ",".join(_piece(piece, top) for piece in pieces if piece) if all(pieces) else None


def _piece(piece: re.Match[str], top: int) -> str:
    if piece[0] == "*":
        return "*"
    last = piece["last"] or (top if piece["step"] else None)
    step = f"/{int(piece['step'])}" if piece["step"] else ""
    return f"{int(piece['first'])}{f'-{int(last)}' if last else ''}{step}"
