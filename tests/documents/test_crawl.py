"""docs/crawl.md says what the crawl can be told and what comes of it: settings, arguments, reasons, oddities."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

import pytest

from tests.documents.sources import calls, first_returned, strings, trees
from tests.documents.texts import DOCUMENTS, coded, given, rows, text_of
from tests.project import ROOT
from tiktok_scraper import settings
from tiktok_scraper.pages.state import ASIDE, Look
from tiktok_scraper.runs import health, record
from tiktok_scraper.runs.health import Thresholds
from tiktok_scraper.runs.hours import begin
from tiktok_scraper.spiders.tiktok_spider import TikTokSpider
from tiktok_scraper.turn import Turn
from tiktok_scraper.walk import last_list, obstacles
from tiktok_scraper.walk.contact import Contact

CRAWL = "docs/crawl.md"
# Named by Scrapy's extensions CloseSpider and MemoryUsage.
# What the hourly job tells its run by the environment, and nobody sets.
OF_THE_JOB = {begin.MARK, begin.SCRIPT, record.HOUR}
# What the command of TIKTOK_ON_UNFIT finds in its environment.
OF_THE_COMMAND = {"TIKTOK_RUN", "TIKTOK_REASON", "TIKTOK_VERDICT", "TIKTOK_BECAUSE"}
OF_SCRAPY = {"closespider_*", "memusage_exceeded"}
# Kinds of page that end no run under their own name: those wanted, those that pass, those of no use.
NO_ENDS = {"feed", "viewer", "shell", "unknown", "profile", "video-page", "other", "interests", "none"}


def test_every_setting_is_documented_and_every_documented_one_is_read() -> None:
    read = set().union(*(given(text) for tree in trees() for text in strings(tree) if text in given(text)))
    read |= {name for name in dir(settings) if name.startswith(("TIKTOK_", "SELENIUM_"))}
    read |= {f"TIKTOK_HEALTH_{name.upper()}" for name in Thresholds.__dataclass_fields__ if name != "min_tiktoks"}
    documented = [coded(row[0])[0] for row in rows(CRAWL, "setting")]
    assert sorted(documented) == sorted(read - OF_THE_JOB - OF_THE_COMMAND)


@pytest.mark.parametrize(("name", "default"), [(coded(row[0])[0], row[1]) for row in rows(CRAWL, "setting")])
def test_the_default_documented_is_the_default(name: str, default: str) -> None:
    if name.startswith("TIKTOK_HEALTH_"):
        held = getattr(Thresholds(), name.removeprefix("TIKTOK_HEALTH_").lower())
        assert float(default) == held
    elif name == "TIKTOK_MIN_TIKTOKS":
        assert default == "90 % of the limit"
        assert [Thresholds().fewest(limit) for limit in (100, 20, 7)] == [90, 18, 7]
    elif name == "TIKTOK_DATA_DIR":
        assert default == "the project's root"
        assert Path(settings.TIKTOK_DATA_DIR) == ROOT
    elif default == "from the crontab":
        assert getattr(settings, name) == ""
    elif default in {"found", "none"}:
        assert not getattr(settings, name, "")
    else:
        assert default == str(getattr(settings, name))


@pytest.mark.parametrize("document", DOCUMENTS)
def test_no_document_names_a_setting_that_is_none(document: str) -> None:
    documented = {coded(row[0])[0] for row in rows(CRAWL, "setting")}
    assert given(text_of(document)) <= documented | OF_THE_COMMAND


def test_every_argument_of_the_crawl_is_documented_with_its_default() -> None:
    parameters = inspect.signature(TikTokSpider.__init__).parameters.values()
    taken = {f"-a {p.name}": p.default for p in parameters if p.kind is p.POSITIONAL_OR_KEYWORD and p.name != "self"}
    assert {coded(row[0])[0]: row[1] for row in rows(CRAWL, "argument")} == taken


def kinds_of_page() -> set[str]:
    return {str(c.args[0].value) for c in calls("Page") if c.args and isinstance(c.args[0], ast.Constant)}


def end_reasons() -> set[str]:
    """Every reason the package can give: named where a run ends, or of a page that ends it by its kind."""
    ends = set().union(*(strings(call) for call in calls("End", "_why", "_finish", "_end_run")))
    kinds = kinds_of_page()
    pages_not_reached = first_returned("opened") - {"ok"}
    named = {
        health.FAULT,
        *health.REASONS.values(),
        *last_list.REASONS.values(),
        last_list.REPEATS,
        last_list.SLOW,
        *obstacles.FINAL,
        *obstacles.NO_FEED.values(),
    }
    return ends | (kinds - NO_ENDS) | pages_not_reached | named


def test_every_reason_a_run_can_end_for_is_documented() -> None:
    documented = [coded(row[0])[0] for row in rows(CRAWL, "reason")]
    assert len(set(documented)) == len(documented)
    assert set(documented) == end_reasons() | OF_SCRAPY


def test_every_oddity_a_run_can_note_is_documented() -> None:
    noted: set[str] = set()
    for call in calls("note"):
        (told,) = call.args
        noted |= strings(told) if isinstance(told, ast.Constant) else set()
        noted |= {f"{next(iter(strings(told)))}*"} if isinstance(told, ast.JoinedStr) else set()
    for call in calls("set_value"):
        noted |= {text.removeprefix("tiktok/note/") for text in strings(call) if text.startswith("tiktok/note/")}
    # Noted by the kind of the page that was got past, or that passed.
    noted |= {"error-page", "waf"} | obstacles.CLOSED_ONCE
    documented = {coded(row[0])[0] for row in rows(CRAWL, "note")}
    assert documented == noted


def test_every_key_of_the_contact_record_is_documented() -> None:
    contact = Contact()
    contact.take(Turn("open", "ok", 1000.0, "", Look("http://127.0.0.1/foryou", "TikTok", "", (), {}), facts={}))
    told = contact.told()
    documented = {name: row[1] for row in rows(CRAWL, "in `contact`") for name in coded(row[0])}
    assert set(documented) == set(told)
    for name in ("page", "browser"):
        assert set(told[name]) <= set(coded(documented[name])), name


def test_every_kind_of_page_is_documented() -> None:
    documented = [kind for row in rows(CRAWL, "kind") for kind in coded(row[0])]
    assert len(set(documented)) == len(documented)
    assert set(documented) == kinds_of_page() | set(ASIDE)
