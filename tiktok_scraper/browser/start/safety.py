"""What may not be started: an open sandbox or an unchecked certificate towards anything but this machine.

Pure; The checks run before a browser does.
"""

from __future__ import annotations

import ipaddress
import os
import re
from fnmatch import fnmatch
from urllib.parse import urlsplit

from ...errors import BadSetting

RULE_SWITCHES = ("--host-resolver-rules=", "--host-rules=")
MAPPING = re.compile(r"^MAP\s+(?P<pattern>\S+)\s+(?P<target>\S+)$")
EXCLUDED = re.compile(r"^EXCLUDE\s+(?P<pattern>\S+)$")
PROXIES = ("--proxy-server", "--proxy-pac-url", "--proxy-auto-detect", "-pref=network.proxy.")


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


def stays_here(url: str, arguments: tuple[str, ...], driver: str = "chrome") -> bool:
    """Whether opening *url* in that browser with these *arguments* talks to this machine only."""
    host = urlsplit(url).hostname or ""
    if any(argument.startswith(PROXIES) and not _is_local_proxy(argument) for argument in arguments):
        return False  # whoever the proxy is, it decides where the request goes
    mapped = _firefox_maps if driver == "firefox" else _chromium_maps
    return is_loopback(host) or mapped(host, arguments)


def _is_local_proxy(argument: str) -> bool:
    """Whether the argument names a proxy on this machine, as one that counts bytes is."""
    name, _, value = argument.partition("=")
    return name == "--proxy-server" and is_loopback(urlsplit(value if "//" in value else f"//{value}").hostname)


def _chromium_maps(host: str, arguments: tuple[str, ...]) -> bool:
    """Whether a resolver rule sends *host* to this machine. Of several such switches Chromium heeds the last."""
    for switch in RULE_SWITCHES:
        told = [argument.removeprefix(switch) for argument in arguments if argument.startswith(switch)]
        rules = [rule.strip() for rule in told[-1].split(",")] if told else []
        if any((out := EXCLUDED.match(rule)) and fnmatch(host, out["pattern"]) for rule in rules):
            continue
        found = (mapping for rule in rules if (mapping := MAPPING.match(rule)) and fnmatch(host, mapping["pattern"]))
        if first := next(found, None):
            return is_loopback(urlsplit(f"//{first['target']}").hostname)
    return False


def _firefox_maps(host: str, arguments: tuple[str, ...]) -> bool:
    """Whether a preference makes *host* this machine: named local, or every name resolved to here."""
    preferences = (
        argument.removeprefix("-pref=").partition("=") for argument in arguments if argument.startswith("-pref=")
    )
    return any(
        (name == "network.dns.localDomains" and host in {local.strip() for local in value.split(",")})
        or (name == "network.dns.forceResolve" and is_loopback(value))
        for name, _, value in preferences
    )


def check_certificates(url: str, arguments: tuple[str, ...], driver: str = "chrome") -> None:
    """Refuse `--ignore-certificate-errors` unless *url* is served by this machine.

    Raises:
        BadSetting: certificates would go unchecked towards somebody else's server.
    """
    careless = [a for a in arguments if a.startswith("--ignore-certificate-errors")]
    if careless and not stays_here(url, arguments, driver):
        raise BadSetting(
            f"SELENIUM_DRIVER_ARGUMENTS holds {careless[0]}, which is allowed only where a resolver rule maps "
            f"{urlsplit(url).hostname} to this machine; take it out"
        )


def needs_no_sandbox(url: str, arguments: tuple[str, ...], *, allowed: bool, uid: int | None = None) -> bool:
    """Whether Chromium is to be started without its sandbox: it refuses to run as root with it.

    allowed: TIKTOK_ALLOW_NO_SANDBOX, which holds for ordinary users, too: where neither the kernel nor the package
    gives Chromium a sandbox, as in many containers, it does not start with one.

    Raises:
        BadSetting: we are root and *url* is not on this machine, and TIKTOK_ALLOW_NO_SANDBOX is not set.
    """
    root = (os.getuid() if uid is None else uid) == 0
    if allowed or (root and stays_here(url, arguments)):
        return True
    if not root:
        return False
    raise BadSetting(
        f"as root Chromium runs without its sandbox, which is not done for {urlsplit(url).hostname}: "
        "run the crawl as an ordinary user (or set TIKTOK_ALLOW_NO_SANDBOX=True, knowing what that opens)"
    )
