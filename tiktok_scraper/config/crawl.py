"""How the feed is walked, as told by the TIKTOK_* settings."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from ..errors import BadSetting
from .place import data_dir
from .values import Settings, chosen, flag, number, one_of, seconds, whole

SOURCES = ("auto", "json", "page")
VIEWS = ("auto", "viewer", "feed")
CREATOR_COUNTS = ("always", "needed", "never")


@dataclass(frozen=True, slots=True)
class CrawlConfig:
    """How the feed is walked. Times in seconds."""

    source: str = "auto"
    view: str = "auto"
    creator_counts: str = "always"
    pace: float = 3.0
    jitter: float = 0.3
    card_timeout: float = 5.0
    step_timeout: float = 20.0
    deadline: float = 3000.0
    refresh_waits: tuple[float, ...] = (5.0, 20.0, 60.0)
    browser_restarts: int = 2
    evidence: bool = False
    contact: bool = True
    keep_raw: bool = False
    extra_fields: tuple[str, ...] = ()
    pseudonymise: bool = False
    data_dir: Path = field(default_factory=Path.cwd)

    @classmethod
    def from_settings(cls, settings: Settings) -> Self:
        """Read the TIKTOK_* settings.

        Raises:
            BadSetting: one of them can't be used.
        """
        told = cls(
            source=one_of(settings, "TIKTOK_SOURCE", SOURCES, "auto"),
            view=one_of(settings, "TIKTOK_VIEW", VIEWS, "auto"),
            creator_counts=one_of(settings, "TIKTOK_CREATOR_COUNTS", CREATOR_COUNTS, "always"),
            pace=number(settings, "TIKTOK_PACE", 3, at_least=0),
            jitter=number(settings, "TIKTOK_JITTER", 0.3, at_least=0, at_most=1),
            card_timeout=number(settings, "TIKTOK_CARD_TIMEOUT", 5, at_least=0.1),
            step_timeout=number(settings, "TIKTOK_STEP_TIMEOUT", 20, at_least=1),
            deadline=number(settings, "TIKTOK_DEADLINE", 3000, at_least=1),
            refresh_waits=seconds(settings, "TIKTOK_REFRESH_WAITS", (5, 20, 60)),
            browser_restarts=whole(settings, "TIKTOK_BROWSER_RESTARTS", 2, at_least=0),
            contact=flag(settings, "TIKTOK_CONTACT", True),
            evidence=flag(settings, "TIKTOK_EVIDENCE", False),
            keep_raw=flag(settings, "TIKTOK_KEEP_RAW", False),
            extra_fields=chosen(settings, "TIKTOK_EXTRA_FIELDS", ("caption", "hashtags")),
            pseudonymise=flag(settings, "TIKTOK_PSEUDONYMISE", False),
            data_dir=data_dir(settings),
        )
        told._check_pseudonymise()
        return told

    def _check_pseudonymise(self) -> None:
        naming = {
            "TIKTOK_KEEP_RAW": self.keep_raw,
            "TIKTOK_EVIDENCE": self.evidence,
            "TIKTOK_EXTRA_FIELDS": bool(self.extra_fields),
        }
        if self.pseudonymise and (told := [name for name, asked in naming.items() if asked]):
            raise BadSetting(
                f"TIKTOK_PSEUDONYMISE does not go with {' and '.join(told)}, which would keep what names creators: "
                "leave out the one or the other"
            )
