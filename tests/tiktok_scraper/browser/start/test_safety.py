"""What may not be started: an open sandbox or unchecked certificates towards anybody else."""

from __future__ import annotations

import pytest

from tiktok_scraper.browser.start.safety import check_certificates, is_loopback, needs_no_sandbox, stays_here
from tiktok_scraper.errors import BadSetting

LIVE = "https://www.tiktok.com/foryou"
MAPPED = ("--host-resolver-rules=MAP www.tiktok.com 127.0.0.1:4433",)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.9.1", "::1", "[::1]", "a.localhost"])
def test_this_machine_is_recognised(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["www.tiktok.com", "10.0.0.1", "128.0.0.1", "localhost.example", "", None])
def test_other_machines_are_not_taken_for_this_one(host: str | None) -> None:
    assert not is_loopback(host)


@pytest.mark.parametrize(
    ("rule", "stays"),
    [
        ("--host-resolver-rules=MAP www.tiktok.com 127.0.0.1:4433", True),
        ("--host-resolver-rules=MAP * 127.0.0.1:4433, EXCLUDE localhost", True),
        ("--host-rules=MAP www.tiktok.com 127.0.0.1:4433", True),
        ("--host-resolver-rules=MAP www.tiktok.com 10.0.0.7:4433", False),
        ("--host-resolver-rules=MAP other.example 127.0.0.1:4433", False),
        ("--host-resolver-rules=MAP www.tiktok.com 8.8.8.8, MAP * 127.0.0.1", False),
        ("--lang=en", False),
        ("--host-resolver-rules=MAP * 127.0.0.1:1, EXCLUDE www.tiktok.com", False),
        ("--host-resolver-rules=MAP *.tiktok.com 127.0.0.1:1", True),
        ("-pref=network.dns.localDomains=www.tiktok.com", False),
    ],
)
def test_a_resolver_rule_counts_only_where_it_maps_the_feeds_host_here(rule: str, stays: bool) -> None:
    assert stays_here(LIVE, (rule,)) is stays


@pytest.mark.parametrize(
    ("preference", "stays"),
    [
        ("-pref=network.dns.localDomains=www.tiktok.com", True),
        ("-pref=network.dns.localDomains=other.example", False),
        ("-pref=network.dns.forceResolve=127.0.0.1", True),
        ("-pref=network.dns.forceResolve=10.0.0.1", False),
        ("--host-resolver-rules=MAP www.tiktok.com 127.0.0.1:4433", False),
    ],
)
def test_firefox_has_ways_of_its_own(preference: str, stays: bool) -> None:
    assert stays_here(LIVE, (preference,), "firefox") is stays


def test_of_two_rule_switches_the_last_counts_and_a_proxy_makes_all_uncertain() -> None:
    elsewhere = "--host-resolver-rules=MAP other.example 127.0.0.1:1"
    assert not stays_here(LIVE, (*MAPPED, elsewhere))
    assert stays_here(LIVE, (elsewhere, *MAPPED))
    assert not stays_here(LIVE, (*MAPPED, "--proxy-server=http://proxy.example:3128"))
    assert stays_here("http://127.0.0.1:1/foryou", ("--proxy-server=127.0.0.1:3128",))


def test_certificates_go_unchecked_only_towards_this_machine() -> None:
    check_certificates(LIVE, (*MAPPED, "--ignore-certificate-errors"))
    check_certificates("https://127.0.0.1:1/foryou", ("--ignore-certificate-errors",))
    with pytest.raises(BadSetting, match=r"www\.tiktok\.com"):
        check_certificates(LIVE, ("--ignore-certificate-errors",))


def test_root_needs_no_sandbox_here_and_is_refused_elsewhere() -> None:
    assert needs_no_sandbox("http://127.0.0.1:1/foryou", (), allowed=False, uid=0)
    assert needs_no_sandbox(LIVE, MAPPED, allowed=False, uid=0)
    with pytest.raises(BadSetting, match="ordinary user"):
        needs_no_sandbox(LIVE, (), allowed=False, uid=0)


def test_who_insists_gets_it_and_an_ordinary_user_who_does_not_keeps_the_sandbox() -> None:
    assert needs_no_sandbox(LIVE, (), allowed=True, uid=0)
    assert needs_no_sandbox(LIVE, (), allowed=True, uid=1000)
    assert not needs_no_sandbox(LIVE, (), allowed=False, uid=1000)
    assert not needs_no_sandbox("http://127.0.0.1:1/", (), allowed=False, uid=1000)
