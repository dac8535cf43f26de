"""What may not be started: an open sandbox or an unchecked certificate towards anything but this machine.

Pure; The checks run before a browser does.
"""

from __future__ import annotations

import ipaddress
import os
import re
from urllib.parse import urlsplit

from ..errors import BadSetting

RESOLVER_RULE = re.compile(r"^--host(?:-resolver)?-rules=(?P<rules>.*)$")
MAPPING = re.compile(r"^MAP\s+(?P<pattern>\S+)\s+(?P<target>\S+)$")


def is_loopback(host: str | None) -> bool:
    """Whether *host* is this machine: localhost, or an address of the loopback range."""
    if not host:
        return False
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def mapped_to_loopback(host: str, arguments: tuple[str, ...]) -> bool:
    """Whether a resolver rule or a Firefox preference among *arguments* sends *host* to this machine."""
    if any(_firefox_stays(host, argument) for argument in arguments):
        return True
    for argument in arguments:
        if not (rule := RESOLVER_RULE.match(argument)):
            continue
        for part in rule["rules"].split(","):
            mapping = MAPPING.match(part.strip())
            if mapping and mapping["pattern"] in {host, "*"}:
                return is_loopback(urlsplit(f"//{mapping['target']}").hostname)
    return False


def _firefox_stays(host: str, argument: str) -> bool:
    """Whether a Firefox preference makes *host* this machine: named local, or every name resolved to here."""
    name, _, value = argument.removeprefix("-pref=").partition("=")
    if name == "network.dns.localDomains":
        return host in {local.strip() for local in value.split(",")}
    return name == "network.dns.forceResolve" and is_loopback(value)


def stays_here(url: str, arguments: tuple[str, ...]) -> bool:
    """Whether opening *url* with these browser *arguments* talks to this machine only."""
    host = urlsplit(url).hostname or ""
    return is_loopback(host) or mapped_to_loopback(host, arguments)


def check_certificates(url: str, arguments: tuple[str, ...]) -> None:
    """Refuse `--ignore-certificate-errors` unless *url* is served by this machine.

    Raises:
        BadSetting: certificates would go unchecked towards somebody else's server.
    """
    careless = [a for a in arguments if a.startswith("--ignore-certificate-errors")]
    if careless and not stays_here(url, arguments):
        raise BadSetting(
            f"SELENIUM_DRIVER_ARGUMENTS holds {careless[0]}, which is allowed only where a resolver rule maps "
            f"{urlsplit(url).hostname} to this machine; take it out"
        )


def needs_no_sandbox(url: str, arguments: tuple[str, ...], *, allowed: bool, uid: int | None = None) -> bool:
    """Whether Chromium has to be started without its sandbox: it refuses to run as root with it.

    Raises:
        BadSetting: we are root and *url* is not on this machine, and TIKTOK_ALLOW_NO_SANDBOX is not set.
    """
    root = (os.getuid() if uid is None else uid) == 0
    if not root:
        return False
    if allowed or stays_here(url, arguments):
        return True
    raise BadSetting(
        f"as root Chromium runs without its sandbox, which is not done for {urlsplit(url).hostname}: "
        "run the crawl as an ordinary user (or set TIKTOK_ALLOW_NO_SANDBOX=True, knowing what that opens)"
    )
