"""A mail, as an action of Spidermon's.

Its own one reads the same settings, but its mails show their source for a text, it counts a refused one as sent, and
it leans on scrapy.mail, which Scrapy will take away (tried with 1.27). So this one sends by Python's own smtplib.
"""

from __future__ import annotations

import smtplib
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from typing import Any

from scrapy.crawler import Crawler
from spidermon.core.actions import Action
from spidermon.exceptions import NotConfigured

from .words import subject, verdict_text

TIMEOUT_S = 30.0


class Mail(Action):
    """Sends the verdict by SMTP."""

    data: Any

    def __init__(self, settings: Any) -> None:
        super().__init__()
        self._to = [word.strip() for word in settings.getlist("SPIDERMON_EMAIL_TO")]
        self._sender = settings.get("SPIDERMON_EMAIL_SENDER")
        if not self._to or not self._sender:
            raise NotConfigured("mail needs SPIDERMON_EMAIL_TO and SPIDERMON_EMAIL_SENDER")
        self._subject = settings.get("SPIDERMON_EMAIL_SUBJECT")
        self._host = settings.get("SPIDERMON_SMTP_HOST") or "localhost"
        self._port = settings.getint("SPIDERMON_SMTP_PORT")
        self._user, self._password = (settings.get(f"SPIDERMON_SMTP_{name}") for name in ("USER", "PASSWORD"))
        self._tls, self._ssl = (settings.getbool(f"SPIDERMON_SMTP_ENFORCE_{name}") for name in ("TLS", "SSL"))

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Mail:
        """Read Spidermon's settings of mails; without a host the machine's own mail server is used, without a login."""
        return cls(crawler.settings)

    def run_action(self) -> None:
        """Send it; that it could not be is raised, and so told in the log.

        Raises:
            RuntimeError: the server was not reached, or refused.
        """
        try:
            self._send()
        except OSError as error:  # smtplib's are some, too
            raise RuntimeError(
                f"mail by {self._host}:{self._port} (SPIDERMON_SMTP_HOST, _PORT): {type(error).__name__}: {error}"
            ) from None

    def _send(self) -> None:
        kind = smtplib.SMTP_SSL if self._ssl else smtplib.SMTP
        with kind(self._host, self._port, timeout=TIMEOUT_S) as server:
            if self._tls:
                server.starttls()
            if self._user:
                server.login(self._user, self._password or "")
            server.send_message(self._message())

    def _message(self) -> EmailMessage:
        message = EmailMessage()
        message["From"], message["To"] = self._sender, ", ".join(self._to)
        message["Subject"] = self._subject or subject(self.data.stats)
        message["Date"], message["Message-ID"] = formatdate(), make_msgid(domain="tiktok-scraper.invalid")
        message.set_content(verdict_text(self.data.stats) + "\n")
        return message
