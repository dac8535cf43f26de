"""The certificate that --tls serves with: made at start, for the site's name and for the loopback address."""

from __future__ import annotations

import ssl

import trustme

NAMES = ("www.tiktok.com", "tiktok.com", "127.0.0.1", "localhost")


def context() -> ssl.SSLContext:
    """A server's TLS context; any name a client asks for is answered with the one certificate."""
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert(*NAMES).configure_cert(made)
    return made
