"""The connections of a remote driver, which another thread may cut: no command to it can be taken back otherwise."""

from __future__ import annotations

import contextlib
from http.client import HTTPConnection
from socket import SHUT_RDWR
from typing import Any, cast

from selenium import webdriver
from selenium.webdriver.common.options import BaseOptions
from selenium.webdriver.remote.client_config import ClientConfig

from ...config.values import shown


class Connections:
    """The connections that a driver has, and may have yet."""

    def __init__(self) -> None:
        self._made: list[HTTPConnection] = []
        self._is_cut = False

    def hold(self, connection: HTTPConnection) -> HTTPConnection:
        """Keep *connection*, whose connect() is to come."""
        connect = connection.connect

        def connected() -> None:
            connect()
            if self._is_cut:
                self.cut()

        connection.connect = connected  # type: ignore[method-assign]
        self._made.append(connection)
        return connection

    def cut(self) -> None:
        """Shut them down, those too that have not connected yet."""
        self._is_cut = True
        for connection in self._made:
            if connection.sock is not None:
                with contextlib.suppress(OSError):
                    connection.sock.shutdown(SHUT_RDWR)


class HeldDriver(webdriver.Remote):
    """A driver whose connections stand in *held* from before its session is asked for.

    address: with the name and password that it needs, which *known* has as well.
    """

    def __init__(self, address: str, options: BaseOptions, known: ClientConfig, held: Connections) -> None:
        self.address = address
        self._held = held
        super().__init__(shown(address), options=options, client_config=known)

    def start_session(self, capabilities: dict[str, Any]) -> None:
        """As of selenium; from here on each connection to the address is held."""
        executor = cast(Any, self.command_executor)
        pool = executor._conn.connection_from_url(executor.client_config.remote_server_addr)
        made = pool.ConnectionCls

        def kept(*args: Any, **known: Any) -> HTTPConnection:
            return self._held.hold(made(*args, **known))

        pool.ConnectionCls = kept
        super().start_session(capabilities)

    def cut_off(self) -> None:
        """Let the command that is out fail, and each that is to come."""
        self._held.cut()
