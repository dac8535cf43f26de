"""A mail server on this machine, for one mail at a time."""

from __future__ import annotations

import base64
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class MailServer:
    """mails: (sender, recipients, source). logins: what AUTH PLAIN brought. refuses: every recipient."""

    port: int = 0
    mails: list[tuple[str, list[str], str]] = field(default_factory=list)
    logins: list[str] = field(default_factory=list)
    refuses: bool = False


@contextmanager
def mail_server(*, refuses: bool = False) -> Iterator[MailServer]:
    """Serve SMTP (RFC 5321, as much as a client needs, with AUTH PLAIN) until the block is left."""
    told = MailServer(refuses=refuses)

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            sender, recipients = "", list[str]()
            self.say("220 here ESMTP")
            while line := self.rfile.readline().decode().strip():
                word, _, rest = line.partition(" ")
                word, verb = word.upper(), line.partition(":")[0].upper()
                if word == "EHLO":
                    self.say("250-here\r\n250 AUTH PLAIN")
                elif word == "AUTH":
                    told.logins.append(base64.b64decode(rest.split()[1]).decode())
                    self.say("235 welcome")
                elif verb == "MAIL FROM":
                    sender = line.partition("<")[2].partition(">")[0]
                    self.say("250 ok")
                elif verb == "RCPT TO":
                    recipients.append(line.partition("<")[2].partition(">")[0])
                    self.say("550 nobody here" if told.refuses else "250 ok")
                elif word == "DATA":
                    self.say("354 go on")
                    lines = iter(lambda: self.rfile.readline().decode(), ".\r\n")
                    told.mails.append((sender, recipients, "".join(lines)))
                    self.say("250 taken")
                else:
                    self.say("221 bye" if word == "QUIT" else "250 ok")

        def say(self, words: str) -> None:
            self.wfile.write(words.encode() + b"\r\n")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        serving = threading.Thread(target=server.serve_forever, daemon=True)
        serving.start()
        told.port = server.server_address[1]
        try:
            yield told
        finally:
            server.shutdown()
            serving.join()
