"""Spidermon's message to Telegram, with our words."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

import requests
from spidermon.contrib.actions.telegram import SendTelegramMessage

from .words import verdict_text


class Telegram(SendTelegramMessage):
    """Sends the verdict to SPIDERMON_TELEGRAM_RECIPIENTS."""

    data: Any

    def get_message(self) -> str:
        """The text as a part of an address, where Spidermon puts it as it is; escaped, since it is read as Markdown."""
        return quote(re.sub(r"([_*`\[])", r"\\\1", verdict_text(self.data.stats)), safe="")

    def run_action(self) -> None:
        """Send it. The address holds the token, and the errors of requests tell addresses, which the log would show."""
        try:
            super().run_action()
        except (requests.RequestException, ValueError) as error:
            raise RuntimeError(f"Telegram was not reached: {type(error).__name__}") from None
