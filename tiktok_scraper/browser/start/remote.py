"""A session at a remote address: Selenium Grid, or a driver that listens.

A grid without a free slot lets the request wait, five minutes by default, and a command that is not answered can't be
taken back. So it is sent in a thread of its own, which nobody waits for once the run needs no browser any more: the
grid drops a request whose connection is closed, and a session that was just being made is known by its name.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, wait
from functools import partial
from typing import cast

from selenium.common.exceptions import WebDriverException
from selenium.webdriver.remote.client_config import ClientConfig
from selenium.webdriver.remote.remote_connection import RemoteConnection
from selenium.webdriver.remote.webdriver import WebDriver

from ...config import BrowserConfig
from ...config.values import shown
from ...errors import CouldNotStart, StartCut
from . import chromium, far, firefox
from .before import check_executor
from .connections import Connections, HeldDriver
from .grid import slots_of
from .run_directory import RunDirectory

logger = logging.getLogger(__name__)

LOOK_EVERY_S = 0.1  # while a session is waited for
MORE_S = 5.0  # that the connection is kept, so that who waits is the first to give up, and says so


def start(config: BrowserConfig, url: str, directory: RunDirectory, needless: Callable[[], bool]) -> WebDriver:
    """Start a session at the address of *config*, and note in *directory* how the next run finds it.

    needless: whether the run needs no browser any more, which ends the wait.

    Raises:
        CouldNotStart: nobody answers, the grid has fewer slots than the run's browsers, or none comes free.
        StartCut: the run needs no browser any more.
    """
    address = config.command_executor or ""
    _check_slots(config, address)
    name = far.name_of(directory.path)
    far.keep_note(directory.path, address, name)
    held = Connections()
    try:
        driver = _awaited(partial(_session, config, url, name, held), held, config, needless)
    except WebDriverException:  # it was answered: there is none
        far.drop_note(directory.path)
        raise
    far.keep_note(directory.path, address, name, str(driver.session_id))
    try:
        if config.driver_name == "chrome":  # a local browser takes its zone from the environment
            driver.execute_cdp_cmd("Emulation.setTimezoneOverride", {"timezoneId": config.zone})
    except BaseException:
        end(driver)
        raise
    return driver


def end(driver: WebDriver) -> bool:
    """End the session, also with a grid that has gone: a run that was stopped waits for no more than the answer.

    Returns whether it was answered: if not, the session may be there still.

    It is asked for over a connection of its own, since the driver's may be cut, or wait for another answer. Selenium's
    quit() closes its socket first and waits ten seconds for the thread that reads it, since a grid does not answer to
    the closing.
    """
    held = cast(HeldDriver, driver)
    answered = far.end(held.address, str(held.session_id))
    cast(RemoteConnection, driver.command_executor).close()  # type: ignore[no-untyped-call]
    if (socket := driver._websocket_connection) is not None:
        threading.Thread(target=socket.close, name="far-end", daemon=True).start()
    return answered


def _check_slots(config: BrowserConfig, address: str) -> None:
    """Compare a grid's slots with the run's browsers.

    Raises:
        CouldNotStart: it has too few, whoever uses them.
    """
    slots = slots_of(check_executor(address), config.driver_name)
    if slots is None:
        return
    if slots.total < config.browsers:
        nodes = f"{slots.nodes} node{'s' * (slots.nodes != 1)}"
        raise CouldNotStart(
            f"the grid at {shown(address)} has {slots.total} slots for {config.driver_name}, on {nodes} that are up, "
            f"and -a browsers={config.browsers} needs {config.browsers}: ask for fewer, or start nodes (docs/grid.md)"
        )
    if not slots.free:
        logger.warning(
            "All %d slots for %s at %s are taken: waiting up to %g s for one",
            *(slots.total, config.driver_name, shown(address), config.slot_timeout),
        )


def _awaited(
    ask: Callable[[], WebDriver], held: Connections, config: BrowserConfig, needless: Callable[[], bool]
) -> WebDriver:
    """Await what *ask* brings, and give it up when the run needs it no more, or its time is over.

    held: the connections it has; closing them takes the request out of the grid's queue, before another session of
    this run ends and its slot would go to a request that nobody waits for.
    """
    asked: Future[WebDriver] = Future()
    threading.Thread(target=_fulfil, args=(asked, ask), name="far-start", daemon=True).start()
    ends = time.monotonic() + config.slot_timeout
    while not asked.done() and time.monotonic() < ends and not needless():
        wait([asked], LOOK_EVERY_S)
    if asked.done():
        return asked.result()
    asked.add_done_callback(_end_unwanted)
    held.cut()
    if needless():
        raise StartCut("the run needed no browser any more before it had one")
    where = shown(config.command_executor or "")
    raise CouldNotStart(
        f"{config.driver_name} at {where} did not start: no session came within {config.slot_timeout:g} s "
        "(TIKTOK_SLOT_TIMEOUT); are all slots of the grid taken?"
    )


def _fulfil(asked: Future[WebDriver], ask: Callable[[], WebDriver]) -> None:
    try:
        asked.set_result(ask())
    except Exception as error:  # noqa: BLE001  whoever waits gets it
        asked.set_exception(error)


def _end_unwanted(asked: Future[WebDriver]) -> None:
    """A session that came too late is ended, while this process lives; else the next run does."""
    if asked.exception() is None:
        end(asked.result())


def _session(config: BrowserConfig, url: str, name: str, held: Connections) -> WebDriver:
    options = chromium.options(config, url, None) if config.driver_name == "chrome" else firefox.options(config)
    options.enable_bidi = True
    options.set_capability("se:name", name)
    address = config.command_executor or ""
    known = ClientConfig(shown(address))
    known.username, known.password = far.credentials(address) or (None, None)
    known.timeout = config.slot_timeout + MORE_S
    return HeldDriver(address, options, known, held)
