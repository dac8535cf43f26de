"""Work that may hang, aside from the reactor: no crawl and no end waits for it; the process does, a while.

A thread is a daemon, so that one that never returns keeps no process alive; what it has yet to do when the reactor has
ended is waited for by `atexit`, which also runs where a script and no command of ours started the crawl.
"""

from __future__ import annotations

import atexit
import logging
import queue
import threading
import time
from collections.abc import Callable

logger = logging.getLogger(__name__)


class Aside:
    """Does one thing after another in a thread of its own. patience: seconds that the end of the process waits."""

    def __init__(self, name: str, patience: float) -> None:
        self._name, self._patience = name, patience
        self._tasks: queue.Queue[Callable[[], None]] = queue.Queue()
        self._thread: threading.Thread | None = None

    def do(self, task: Callable[[], None]) -> None:
        """Have *task* done after those before it; what it raises is logged and ends none of them."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name=self._name, daemon=True)
            self._thread.start()
            atexit.register(self.wait)
        self._tasks.put(task)

    def wait(self) -> bool:
        """Wait until all is done, at most `patience`; return whether it is."""
        ends_at = time.monotonic() + self._patience
        with self._tasks.all_tasks_done:
            while self._tasks.unfinished_tasks and (left := ends_at - time.monotonic()) > 0:
                self._tasks.all_tasks_done.wait(left)
            return not self._tasks.unfinished_tasks

    def _work(self) -> None:
        while True:
            task = self._tasks.get()
            try:
                task()
            except Exception as error:  # noqa: BLE001  it may not end those that follow, nor tell a secret it holds
                logger.error("%s failed: %s", self._name, type(error).__name__)
            finally:
                self._tasks.task_done()
