"""Our monitors as Spidermon's: they show what `judge` said of the run, and judge nothing by themselves."""

from __future__ import annotations

import logging
import re
from typing import Any, ClassVar

from scrapy.utils.misc import load_object
from spidermon import Monitor, MonitorSuite, monitors

from ...config.alerts import alerts

NAME = "run"
# The last line of a traceback of an action that did not reach a server, or was refused there.
SENDING = re.compile(
    r"^[\w.]*(?:Runtime|OS|Connection|Refused|Timeout|HTTP|Api|Request)\w*Error: .*\s*\Z", re.MULTILINE
)


@monitors.name(NAME)
class RunMonitor(Monitor):
    """What `judge` found, by the stats that its extension set."""

    data: Any

    @monitors.name("is fit for use")
    def test_fit(self) -> None:
        """The verdict."""
        if self.data.stats.get("tiktok/verdict") != "fit":
            self.fail("; ".join(self.data.stats.get("tiktok/because") or ["it was not judged"]))

    @monitors.name("is like the last ones")
    def test_like_the_last(self) -> None:
        """The warnings."""
        if found := self.data.stats.get("tiktok/warnings"):
            self.fail("; ".join(found))


class RunSuite(MonitorSuite):
    """Runs the actions of TIKTOK_ALERTS where the run was unfit, or only odd."""

    monitors: ClassVar = [RunMonitor]

    def __init__(self, *, crawler: Any = None, **told: Any) -> None:
        wanted = alerts(crawler.settings) if crawler is not None else ()
        # Loaded one by one, because what one needs need not be there for another.
        actions = [load_object(f"{__package__}.{name}.{name.capitalize()}") for name in wanted]
        super().__init__(crawler=crawler, monitors_failed_actions=actions, **told)


class Wordy(logging.Filter):
    """Drops what Spidermon says of each step, and our own findings, which the summary tells; a failed action stays.

    Where it did not reach a server the last line of its traceback is enough: that is no mistake of a program.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether it is logged."""
        said = record.getMessage()
        if not said.startswith("[Spidermon]"):
            return True
        if record.levelno < logging.ERROR or f"FAIL: {NAME}/" in said or not said.strip():
            return False
        if SENDING.search(said) and f"ERROR: {NAME}/" not in said:
            record.msg, record.args = f"TIKTOK_ALERTS: a message was not sent: {said.strip().splitlines()[-1]}", ()
        return True
