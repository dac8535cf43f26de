"""What both commands do with a wrong use: one line on stderr, and exit code 1 in place of Scrapy's 2."""

from __future__ import annotations

import argparse
import sys
from typing import Any, NoReturn

from scrapy.exceptions import UsageError


class OneLine:
    """Of a Scrapy command, before Scrapy's own class: whatever is wrong with its words is told by `wrong`.

    name: the command's, as its user types it. It is no command of its own, which Scrapy would list.
    """

    name: str

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Scrapy's options; one that is not known is a wrong use."""
        super().add_options(parser)  # type: ignore[misc]
        parser.error = self.wrong  # type: ignore[method-assign]

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Scrapy's reading of the options; what it can't read is a wrong use."""
        try:
            super().process_options(args, opts)  # type: ignore[misc]
        except (UsageError, TypeError, ValueError) as error:
            self.wrong(str(error))

    @classmethod
    def wrong(cls, message: Any) -> NoReturn:
        """Say in one line what is wrong, and end with exit code 1."""
        sys.stderr.write(f"scrapy {cls.name}: {' '.join(str(message).split())}\n")
        sys.exit(1)
