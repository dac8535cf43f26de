"""Which browser is started and how, as told by the SELENIUM_* settings and some of ours."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Self

from ..errors import BadSetting
from .place import data_dir, executable
from .values import (
    Settings,
    address,
    driver_arguments,
    flag,
    flag_or,
    language_tag,
    number,
    one_of,
    shown,
    time_zone,
    viewport,
)

DRIVERS = ("chrome", "firefox")
VIRTUAL = "virtual"  # TIKTOK_HEADLESS: a window, on a display that the run starts for it


@dataclass(frozen=True, slots=True)
class BrowserConfig:
    """Which browser is started, and how it looks to the site.

    headless: True, False (a window on the display that is there) or "virtual". display: the X display that was started
    for the windows of a "virtual" run, such as ":5"; else "". place: of the window on that display, in pixels.
    browsers: how many the run has in all; browsers_why: why there are several at the live site. slot_timeout: how long
    a session at a remote address may take to come, in seconds.
    """

    driver_name: str = "chrome"
    driver_path: str | None = None
    browser_path: str | None = None
    command_executor: str | None = None
    arguments: tuple[str, ...] = ()
    headless: bool | str = True
    display: str = ""
    browsers: int = 1
    browsers_why: str = ""
    slot_timeout: float = 120.0
    place: tuple[int, int] = (0, 0)
    locale: str = "en-US"
    zone: str = "UTC"
    viewport: tuple[int, int] = (1280, 800)
    block_media: bool = False
    allow_no_sandbox: bool = False
    page_timeout: float = 60.0
    runs_dir: Path = field(default_factory=lambda: Path.cwd() / "runs")

    def __post_init__(self) -> None:
        if self.headless == VIRTUAL and self.command_executor:
            raise BadSetting(
                "TIKTOK_HEADLESS=virtual starts a display on this machine, and the browser at "
                f"{shown(self.command_executor)} (SELENIUM_COMMAND_EXECUTOR) is drawn elsewhere: give True or False"
            )

    def of_run(self, browsers: int) -> Self:
        """The same for a run of so many *browsers*."""
        return replace(self, browsers=browsers)

    @property
    def has_window(self) -> bool:
        """Whether the browser draws a window."""
        return self.headless is not True

    @property
    def languages(self) -> str:
        """The languages the browser says it reads: the locale, and its language alone."""
        return f"{self.locale},{self.locale.partition('-')[0]}"

    @classmethod
    def from_settings(cls, settings: Settings) -> Self:
        """Read the SELENIUM_* settings and those of ours that a browser is started with.

        Raises:
            BadSetting: one of them can't be used.
        """
        return cls(
            driver_name=one_of(settings, "SELENIUM_DRIVER_NAME", DRIVERS, "chrome"),
            driver_path=executable(settings, "SELENIUM_DRIVER_EXECUTABLE_PATH"),
            browser_path=executable(settings, "SELENIUM_BROWSER_EXECUTABLE_PATH"),
            command_executor=address(settings, "SELENIUM_COMMAND_EXECUTOR"),
            arguments=driver_arguments(settings.get("SELENIUM_DRIVER_ARGUMENTS")),
            headless=flag_or(settings, "TIKTOK_HEADLESS", True, VIRTUAL),
            locale=language_tag(settings, "TIKTOK_LOCALE", "en-US"),
            zone=time_zone(settings, "TIKTOK_ZONE", "UTC"),
            viewport=viewport(settings, "TIKTOK_VIEWPORT", "1280x800"),
            block_media=flag(settings, "TIKTOK_BLOCK_MEDIA", False),
            allow_no_sandbox=flag(settings, "TIKTOK_ALLOW_NO_SANDBOX", False),
            page_timeout=max(30.0, 3 * number(settings, "TIKTOK_STEP_TIMEOUT", 20, at_least=1)),
            browsers_why=str(settings.get("TIKTOK_BROWSERS_WHY") or "").strip(),
            slot_timeout=number(settings, "TIKTOK_SLOT_TIMEOUT", 120, at_least=1),
            runs_dir=data_dir(settings) / "runs",
        )
