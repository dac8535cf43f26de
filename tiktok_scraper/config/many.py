"""How many browsers a run may have, by where they run and what they open. Pure."""

from __future__ import annotations

from urllib.parse import urlsplit

from ..errors import BadSetting
from .browser import BrowserConfig

# On one machine: each takes about a gigabyte of memory.
MOST_HERE = 8
# On a grid, whose machines have the browsers: of this one each takes a thread and two connections, and its share of one
# processor, which is what ends it first.
MOST_ON_A_GRID = 64
LIVE = "tiktok.com"


def check_many(config: BrowserConfig, url: str) -> None:
    """Check the number of browsers of a run that opens *url*.

    Raises:
        BadSetting: there are more than may be, or nobody has said why there are several at the live site.
    """
    most = MOST_ON_A_GRID if config.command_executor else MOST_HERE
    if config.browsers > most:
        where = "on a grid" if config.command_executor else "on this machine; a grid (docs/grid.md) may have more"
        raise BadSetting(f"-a browsers may be {most} at most {where}, not {config.browsers}")
    host = (urlsplit(url).hostname or "").rstrip(".")
    live = host == LIVE or host.endswith(f".{LIVE}")
    if live and config.browsers > 1 and not config.browsers_why:
        raise BadSetting(
            f"-a browsers={config.browsers} at {host} needs TIKTOK_BROWSERS_WHY, a sentence that says why one browser "
            "will not do: it is kept in runs.jsonlines; docs/ethics.md says what to weigh"
        )
