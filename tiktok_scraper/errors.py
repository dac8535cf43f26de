"""Every error of ours.

TikTokScraperError
├── BadSetting (also ValueError)   a setting or argument can't be used: the run stops before a browser starts
│   └── MixedLines                 simulated and real lines would stand in one file
├── CouldNotWrite                  a data file can't be opened, locked or written
│   └── NotLines                   it is of another kind than JSON lines: gzip, UTF-16, an array, ...
├── CouldNotPull                   lines can't be copied from where they are
│   └── NotItsCopy                 what is here is no copy of what is there, and stays as it is
├── UnreadableCount (also ValueError)   a count's text is no count that the site prints
├── IncompleteTikTok               a TikTok without url or id: it can't be a line
└── BrowserError
    ├── CouldNotStart              no browser, no driver or no place for its files, or it exits at once
    ├── StartCut                   the run needed no browser any more before it had one
    ├── NoPage                     an address brought no page: a download, a 204, an error
    ├── BrowserDied                the browser or its driver is gone
    └── DriverWithheld             somebody asked for meta["driver"]
"""

from __future__ import annotations


class TikTokScraperError(Exception):
    """What all errors of this project have in common."""


class BadSetting(TikTokScraperError, ValueError):
    """A setting or argument can't be used; the message names it, the value found and what is allowed."""


class UnreadableCount(TikTokScraperError, ValueError):
    """A count's text is none that the site's own formatter prints."""


class IncompleteTikTok(TikTokScraperError):
    """A TikTok lacks its url or its id, without which it can't be a line."""


class BrowserError(TikTokScraperError):
    """Something about the browser."""


class CouldNotStart(BrowserError):
    """The browser or its driver did not start; the message says how to get them."""


class StartCut(BrowserError):
    """The run ended, or had enough, while a browser at a remote address was waited for."""


class BrowserDied(BrowserError):
    """The browser or its driver went away in the middle of a turn."""


class NoPage(BrowserError):
    """An address brought no page; the message names it and what came instead."""


class DriverWithheld(BrowserError):
    """The live driver stays in its own thread; use the request's *script* instead."""


class MixedLines(BadSetting):
    """A data file holds real lines and the run would add simulated ones, or the other way round."""


class CouldNotWrite(TikTokScraperError):
    """A data file can't be opened, locked or written; it ends with its last whole line."""


class NotLines(CouldNotWrite):
    """A data file is of another kind than JSON lines: nothing is appended to it and nothing taken out of it."""


class CouldNotPull(TikTokScraperError):
    """Lines can't be copied from where they are; the message says why, and what helps.

    lost: the connection was, in the middle; what came is kept.
    """

    def __init__(self, message: str, *, lost: bool = False) -> None:
        self.lost = lost
        super().__init__(message)


class NotItsCopy(CouldNotPull):
    """A file here is no copy of the one there, so nothing is added to it and nothing put in its place."""
