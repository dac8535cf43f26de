"""One setting's text -> the value it means; one that can't be used raises BadSetting."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from typing import Any, Protocol
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ..errors import BadSetting

LANGUAGE_TAG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")


class Settings(Protocol):
    """What we need of Scrapy's settings, so that a plain dict will do in a test."""

    def get(self, name: Any, default: Any = None, /) -> Any: ...


def number(
    settings: Settings, name: str, default: float, *, at_least: float = -math.inf, at_most: float = math.inf
) -> float:
    """Return the number that the setting *name* holds."""
    told = settings.get(name)
    try:
        value = float(default if told is None or told == "" else told)
    except (TypeError, ValueError):
        raise BadSetting(f"{name} must be a number, not {told!r}") from None
    if not at_least <= value <= at_most or not math.isfinite(value):
        bounds = f"at least {at_least:g}" + (f" and at most {at_most:g}" if at_most < math.inf else "")
        raise BadSetting(f"{name} must be {bounds}, not {told!r}")
    return value


def whole(settings: Settings, name: str, default: int, *, at_least: int) -> int:
    """Return the whole number that the setting *name* holds."""
    value = number(settings, name, default, at_least=at_least)
    if not value.is_integer():
        raise BadSetting(f"{name} must be a whole number, not {settings.get(name)!r}")
    return int(value)


def seconds(settings: Settings, name: str, default: tuple[float, ...]) -> tuple[float, ...]:
    """Return the times that the setting *name* lists, in seconds.

    It is a list, as Python's or JSON's text too, or numbers with commas between.
    """
    told = settings.get(name)
    if told is None:
        return default
    if isinstance(told, str):
        parts = [part for part in told.strip().removeprefix("[").removesuffix("]").split(",") if part.strip()]
    else:
        parts = told
    try:
        values = tuple(float(part) for part in parts)
    except (TypeError, ValueError):
        values = (-1.0,)
    if any(not 0 <= value < math.inf for value in values):
        raise BadSetting(f"{name} must list seconds of 0 or more, such as 5,20,60; not {told!r}")
    return values


def language_tag(settings: Settings, name: str, default: str) -> str:
    """Return the BCP 47 language tag that the setting *name* holds: a language, and perhaps script and region."""
    told = str(settings.get(name) or default)
    if not LANGUAGE_TAG.fullmatch(told):
        raise BadSetting(f"{name} must be a language tag such as en-US or zh-Hant-TW, not {told!r}")
    return told


def flag(settings: Settings, name: str, default: bool) -> bool:
    """Return the truth that the setting *name* holds: True, False, 1, 0 or such a word."""
    told = settings.get(name, default)
    words: Mapping[str, bool] = {
        "true": True,
        "1": True,
        "false": False,
        "0": False,
        "": default,
        "none": default,
    }
    if str(told).strip().lower() not in words:
        raise BadSetting(f"{name} must be True or False, not {told!r}")
    return words[str(told).strip().lower()]


def flag_or(settings: Settings, name: str, default: bool, word: str) -> bool | str:
    """Return the truth that the setting *name* holds, as `flag` does, or *word* where it holds that."""
    if str(settings.get(name)).strip().lower() == word:
        return word
    try:
        return flag(settings, name, default)
    except BadSetting:
        raise BadSetting(f"{name} must be True, False or {word}, not {settings.get(name)!r}") from None


def one_of(settings: Settings, name: str, allowed: tuple[str, ...], default: str) -> str:
    """Return the word that the setting *name* holds, one of *allowed*."""
    told = settings.get(name) or default
    if told not in allowed:
        raise BadSetting(f"{name} must be one of {', '.join(allowed)}; not {told!r}")
    return str(told)


def chosen(settings: Settings, name: str, allowed: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words that the setting *name* lists, each one of *allowed*."""
    told = settings.get(name) or []
    words = [word.strip() for word in told.split(",") if word.strip()] if isinstance(told, str) else list(told)
    if strange := [word for word in words if word not in allowed]:
        raise BadSetting(f"{name} may list {', '.join(allowed)}; not {strange[0]!r}")
    return tuple(words)


def address(settings: Settings, name: str) -> str | None:
    """Return the http address that the setting *name* holds."""
    told = settings.get(name)
    if told and (urlsplit(str(told)).scheme not in {"http", "https"} or not urlsplit(str(told)).hostname):
        raise BadSetting(f"{name} must be an address such as http://127.0.0.1:4444, not {shown(str(told))!r}")
    return str(told) if told else None


def shown(address: str) -> str:
    """Return *address* as it may be told: without the name and the password that it may hold."""
    return re.sub(r"^(\w+://)?[^/]*@", r"\1", address)


def time_zone(settings: Settings, name: str, default: str) -> str:
    """Return the IANA time zone that the setting *name* holds."""
    told = str(settings.get(name) or default)
    try:
        ZoneInfo(told)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise BadSetting(f"{name} must be an IANA time zone such as Europe/Berlin, not {told!r}") from None
    return told


def viewport(settings: Settings, name: str, default: str) -> tuple[int, int]:
    """Return width and height in CSS pixels from a setting such as "1280x800"."""
    told = str(settings.get(name) or default)
    width, x, height = told.lower().partition("x")
    if not x or not width.isdigit() or not height.isdigit() or int(width) < 400 or int(height) < 300:
        raise BadSetting(f"{name} must be WIDTHxHEIGHT, 400x300 or more, such as 1280x800; not {told!r}")
    return int(width), int(height)


def driver_arguments(told: Any) -> tuple[str, ...]:
    """Return the browser arguments of a list, a JSON list, or text where every comma part begins with `--`.

    A rule such as `--host-resolver-rules=MAP * 127.0.0.1:1, EXCLUDE localhost` holds a comma itself: give a JSON list.
    """

    if isinstance(told, str) and told.strip().startswith("["):
        try:
            told = json.loads(told)
        except ValueError as error:
            raise BadSetting(f"SELENIUM_DRIVER_ARGUMENTS begins with [ but is no JSON list: {error}") from None
    parts = [part.strip() for part in told.split(",") if part.strip()] if isinstance(told, str) else list(told or [])
    for part in parts:
        if not isinstance(part, str) or not part.startswith("-"):
            raise BadSetting(
                "SELENIUM_DRIVER_ARGUMENTS must be a JSON list, or comma-separated with every part beginning "
                f"with --; found the part {part!r}"
            )
    return tuple(parts)


def positive(name: str, told: str, at_most: int = 1_000_000) -> int:
    """Return the whole number of 1 or more that the spider's argument *name* holds."""
    try:
        value = int(told)
    except ValueError:
        value = 0
    if not 1 <= value <= at_most:
        raise BadSetting(f"-a {name} must be a whole number from 1 to {at_most}, not {told!r}")
    return value
