"""Spidermon's message to Slack, with our words."""

from __future__ import annotations

import logging
from typing import Any

from spidermon.contrib.actions.slack import SendSlackMessage

from .words import verdict_text

# It warns in every run that a plain bot stands in no list of users, whose picture it would show.
logging.getLogger("spidermon.contrib.actions.slack").setLevel(logging.ERROR)


class Slack(SendSlackMessage):
    """Sends the verdict to SPIDERMON_SLACK_RECIPIENTS."""

    data: Any
    sender_name = "tiktok_scraper"
    include_attachments = False

    def get_message(self) -> str:
        """The text; what it would read as a mention or a link is spelled as its API wants it."""
        return verdict_text(self.data.stats).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
