"""One line of an input: its place in the order of time, and what makes it the same record as another.

The order is by `scraped_at`, of a run's event or a rejected item by `at`. Lines of one moment follow by run, session,
position and scheduled hour, and at last by what they hold, so that the result does not depend on which input was named
first. A time without an offset, as those of 2022 are, is taken in the zone that is told, UTC by default. Clocks go back
in autumn: a line without an offset that is up to an hour earlier than the one before it in its file keeps its place
behind that one. A line without a time comes first.

Two lines are the same record where they are the same JSON, however it is spelled: the order of keys, space and escapes
do not matter, each digit of a number does.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta, tzinfo
from hashlib import blake2b
from typing import Any

import orjson

Key = tuple[float, bool, float, str, int, int, str, bytes]
NEVER = float("-inf")
_BACK_S = timedelta(minutes=61).total_seconds()  # an hour, and the seconds between two lines
_PLAIN = {str, int, bool, type(None)}  # of all else two that differ may be spelled alike, or become one number


class Times:
    """Places the lines of one file in time, in their order."""

    def __init__(self, zone: tzinfo) -> None:
        self._zone = zone
        self._naive = NEVER

    def key(self, record: Mapping[str, Any], digest: bytes) -> Key:
        """Return by what the line is sorted; its first part is the moment in Unix seconds."""
        told = record.get("scraped_at", record.get("at"))
        own = at = NEVER
        try:
            moment = datetime.fromisoformat(told)
            if moment.tzinfo is None:
                own = moment.replace(tzinfo=self._zone).timestamp()
                at = self._naive = self._naive if own < self._naive <= own + _BACK_S else own
            else:
                own = at = moment.timestamp()
        except (TypeError, ValueError, OverflowError):
            pass
        session, position = (value if isinstance(value := record.get(name), int) else -1 for name in _PLACES)
        run, scheduled = (value if isinstance(value := record.get(name), str) else "" for name in ("run", "scheduled"))
        return at, at > own, own, run, session, position, scheduled, digest


_PLACES = ("session", "position")


def digest_of(record: Mapping[str, Any], raw: bytes) -> bytes:
    """Return 16 bytes that are the same for the same record and for no other; *raw* is its line."""
    if _PLAIN.issuperset(map(type, record.values())):
        try:
            return _hashed(orjson.dumps(record, option=orjson.OPT_SORT_KEYS))
        except TypeError:
            pass  # a number of more than 64 bits, half a surrogate pair
    told = json.loads(raw.decode("utf-8-sig"), parse_int=_as_told, parse_float=_as_told, parse_constant=_as_told)
    return _hashed(json.dumps(told, sort_keys=True).encode())


def _as_told(number: str) -> dict[str, str]:
    return {"": number}


def _hashed(told: bytes) -> bytes:
    return blake2b(told, digest_size=16).digest()
