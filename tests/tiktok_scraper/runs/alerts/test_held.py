"""Spidermon holds our monitors and sends our words: real mails and messages, to servers on this machine."""

from __future__ import annotations

import builtins
import email
import email.policy
import json
import logging
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from scrapy import Spider
from scrapy.exceptions import NotConfigured
from scrapy.utils.test import get_crawler

from tests.tiktok_scraper.runs.alerts.smtp import mail_server
from tests.tiktok_scraper.runs.alerts.switch import switch
from tiktok_scraper import settings as project
from tiktok_scraper.errors import BadSetting
from tiktok_scraper.runs.alerts.held import Alerts

TOKEN = "xoxb-secret"
FIT = {"verdict": "fit", "reason": "limit", "asked": 9, "written": 9, "run": "R", "because": [], "warnings": []}
UNFIT = {**FIT, "verdict": "unfit", "reason": "captcha", "written": 3, "because": ["3 TikToks <fewer> than 9 & so_on"]}
SAID = "unfit: 3 of 9 TikToks, ended by captcha, run R\n3 TikToks <fewer> than 9 & so_on"


class OurSpider(Spider):
    name = "tiktok"


@pytest.fixture(autouse=True)
def own_filters() -> Iterator[None]:
    yield
    logging.getLogger("tiktok").filters.clear()


def held(told: dict[str, Any], **settings: Any) -> Any:
    """Spidermon's extension and the spider, at the end of a run of such stats."""
    monitors = project.SPIDERMON_SPIDER_CLOSE_MONITORS
    crawler = get_crawler(
        OurSpider, {"SPIDERMON_ENABLED": True, "SPIDERMON_SPIDER_CLOSE_MONITORS": monitors, **settings}
    )
    for name, value in told.items():
        crawler.stats.set_value(f"tiktok/{name}", value)
    crawler.spider = OurSpider()
    extension = Alerts.from_crawler(crawler)
    extension.spider_opened(crawler.spider)
    return extension


def by_mail(port: int, **more: Any) -> dict[str, Any]:
    told = {"TIKTOK_ALERTS": "mail", "SPIDERMON_EMAIL_TO": "me@a.example, you@a.example"}
    return (
        told
        | {"SPIDERMON_EMAIL_SENDER": "job@a.example", "SPIDERMON_SMTP_HOST": "127.0.0.1"}
        | {
            "SPIDERMON_SMTP_PORT": port,
            **more,
        }
    )


def test_an_unfit_run_is_mailed_in_words() -> None:
    with mail_server() as server:
        extension = held(UNFIT, **by_mail(server.port, SPIDERMON_SMTP_USER="u", SPIDERMON_SMTP_PASSWORD="p"))
        extension.spider_closed(extension.crawler.spider)
        ((sender, recipients, source),) = server.mails
        assert server.logins == ["\0u\0p"]
    assert (sender, recipients) == ("job@a.example", ["me@a.example", "you@a.example"])
    mail = email.message_from_string(source, policy=email.policy.default)
    assert mail["Subject"] == "tiktok_scraper: unfit, ended by captcha"
    assert mail["To"] == "me@a.example, you@a.example"
    assert mail.get_content().replace("\r\n", "\n") == SAID + "\n"


@pytest.mark.parametrize(("told", "mails"), [(FIT, 0), ({**FIT, "warnings": ["an odd feed"]}, 1)], ids=["fit", "odd"])
def test_a_fit_run_sends_none_and_an_odd_one_does(told: dict[str, Any], mails: int) -> None:
    with mail_server() as server:
        extension = held(told, **by_mail(server.port))
        extension.spider_closed(extension.crawler.spider)
        assert len(server.mails) == mails
        assert [source for _, _, source in server.mails if "odd: an odd feed" not in source] == []


def test_a_refused_mail_is_told_and_ends_nothing(caplog: pytest.LogCaptureFixture) -> None:
    with mail_server(refuses=True) as server:
        extension = held(UNFIT, **by_mail(server.port))
        extension.spider_closed(extension.crawler.spider)
    assert "nobody here" in caplog.text and "Traceback" not in caplog.text
    assert "TIKTOK_ALERTS: a message was not sent" in caplog.text
    assert [record.levelname for record in caplog.records] == ["ERROR"], "of its steps Spidermon says nothing"
    assert extension.crawler.stats.get_value("tiktok/verdict") == "unfit"


def test_slack_gets_our_words() -> None:
    told = {"SPIDERMON_SLACK_SENDER_TOKEN": TOKEN, "SPIDERMON_SLACK_RECIPIENTS": "#crawl"}
    extension = held(UNFIT, TIKTOK_ALERTS="slack", **told)
    (suite,) = extension.spider_closed_suites
    (action,) = suite.monitors_failed_actions
    with switch() as server:
        server.reply = json.dumps({"ok": True, "members": []}).encode()
        action.manager._client.base_url = f"{server.url}/api/"
        extension.spider_closed(extension.crawler.spider)
        _, (_, path, body) = server.calls
        assert server.headers[-1]["Authorization"] == f"Bearer {TOKEN}"
    message = json.loads(body)
    assert path == "/api/chat.postMessage"
    assert (message["channel"], message["username"]) == ("#crawl", "tiktok_scraper")
    assert message["text"] == SAID.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def by_telegram(server: str) -> Any:
    told = {"SPIDERMON_TELEGRAM_SENDER_TOKEN": TOKEN, "SPIDERMON_TELEGRAM_RECIPIENTS": "-100"}
    extension = held(UNFIT, TIKTOK_ALERTS="telegram", **told)
    ((action,),) = [suite.monitors_failed_actions for suite in extension.spider_closed_suites]
    client = action.manager._client
    client.send_message_api = client.send_message_api.replace("https://api.telegram.org", server)
    return extension


def test_telegram_gets_our_words() -> None:
    with switch() as server:
        server.reply = b'{"ok": true}'
        extension = by_telegram(server.url)
        extension.spider_closed(extension.crawler.spider)
        ((_, path, _),) = server.calls
    parts = urlsplit(path)
    assert parts.path == f"/bot{TOKEN}/sendMessage"
    asked = {name: value[0] for name, value in parse_qs(parts.query).items()}
    assert (asked["chat_id"], asked["parse_mode"]) == ("-100", "Markdown")
    assert asked["text"] == SAID.replace("_", "\\_")


def test_a_token_is_kept_out_of_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with switch() as server:
        gone = server.url
    extension = by_telegram(gone)
    extension.spider_closed(extension.crawler.spider)
    assert "Telegram was not reached: ConnectionError" in caplog.text
    assert TOKEN not in caplog.text


def test_without_an_action_spidermon_is_not_even_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builtins, "__import__", _without("spidermon"))
    with pytest.raises(NotConfigured):
        held(UNFIT)
    with pytest.raises(BadSetting, match=r"TIKTOK_ALERTS needs spidermon\S*, which is not installed: .*pip install"):
        held(UNFIT, TIKTOK_ALERTS="slack")


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"TIKTOK_ALERTS": "fax"}, "TIKTOK_ALERTS may list mail, slack, telegram; not 'fax'"),
        ({"TIKTOK_ALERTS": "mail"}, "SPIDERMON_EMAIL_TO"),
        ({"TIKTOK_ALERTS": "slack"}, "SPIDERMON_SLACK_SENDER_TOKEN"),
        ({"TIKTOK_ALERTS": "telegram"}, "SPIDERMON_TELEGRAM_SENDER_TOKEN"),
    ],
)
def test_what_an_action_lacks_is_named_before_the_crawl(settings: dict[str, str], named: str) -> None:
    with pytest.raises(BadSetting, match=named):
        held(UNFIT, **settings)


def _without(package: str) -> Any:
    real = builtins.__import__

    def importing(name: str, *rest: Any) -> Any:
        if name.partition(".")[0] == package:
            raise ModuleNotFoundError(f"No module named {package!r}", name=package)
        return real(name, *rest)

    return importing
