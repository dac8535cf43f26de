"""scrapy doctor: what a crawl needs and whether it is there, a line each; --site: how it reads the site today.

Exit codes: 0 no failure; 1 a failure, or a wrong use.
"""

from __future__ import annotations

import argparse
import sys

from scrapy.commands import ScrapyCommand

from ..errors import TikTokScraperError
from ..spiders.tiktok_spider import FEED
from .usage import OneLine


class Command(OneLine, ScrapyCommand):
    """Tells in a line each what is well and what is not."""

    name = "doctor"
    requires_project = True
    # Nothing is logged: what is printed is the report.
    default_settings = {"LOG_ENABLED": False}  # noqa: RUF012

    def syntax(self) -> str:
        """What follows the command's name."""
        return "[--site [URL]]"

    def short_desc(self) -> str:
        """What `scrapy` says of it."""
        return "Check what a crawl needs; with --site, how it reads the site today"

    def long_desc(self) -> str:
        """What `scrapy doctor -h` says."""
        return (
            "Check browser, driver, start, sandbox, disk, clock, places, hourly line and last runs. With --site, visit "
            "the feed once, make three steps and print what a bug report needs; nothing is written, nobody is named. "
            "Exit codes: 0 no failure; 1 otherwise."
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Scrapy's options and ours."""
        super().add_options(parser)
        parser.add_argument("--site", nargs="?", const=FEED, metavar="URL", help=f"visit the feed (default {FEED})")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Look, and print."""
        if args:
            self.wrong(f"takes no arguments but --site [URL]; found {' '.join(args)}")
        try:
            self.exitcode = self._machine() if opts.site is None else self._site(opts.site)
        except KeyboardInterrupt:
            self.wrong("stopped; the browser has ended")

    def _site(self, url: str) -> int:
        from ..doctor.site import site  # noqa: PLC0415  Scrapy imports every command: a crawl needs none of this

        assert self.settings is not None
        try:
            return site(self.settings, url, sys.stdout)
        except TikTokScraperError as error:
            self.wrong(str(error))

    def _machine(self) -> int:
        from ..doctor.checks import checks  # noqa: PLC0415  likewise
        from ..doctor.findings import FAILURE, WARNING, examine  # noqa: PLC0415

        assert self.settings is not None
        counted = dict.fromkeys((WARNING, FAILURE), 0)
        for finding in examine(checks(self.settings, FEED)):
            sys.stdout.write(f"{finding}\n")
            sys.stdout.flush()
            counted[finding.level] = counted.get(finding.level, 0) + 1
        sys.stdout.write(f"failures: {counted[FAILURE]}, warnings: {counted[WARNING]}\n")
        return 1 if counted[FAILURE] else 0
