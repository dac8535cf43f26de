"""Hostile payloads from the reply to the line: nothing crashes, nothing is dropped in silence, no number is made up,
and page text neither leaves the data's folder, nor forges a line, nor reaches a log as anything but plain text.
"""

from __future__ import annotations

import gzip
import json
import logging
import random
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from scrapy.exceptions import DropItem
from scrapy.utils.test import get_crawler

from tests.tiktok_scraper.hostile import COUNTS, CREATOR, Payload, payload
from tests.tiktok_scraper.walk.test_walk import Rig, turn
from tiktok_scraper.items import FIELDS
from tiktok_scraper.pipelines import CountsPipeline, LinesPipeline
from tiktok_scraper.runs.raw import RawReplies
from tiktok_scraper.turn import Event
from tiktok_scraper.walk.intake import Intake
from tiktok_scraper.walk.sightings import Sighting

RUN = "20260801T140000Z-hostile"
A_RIG = 500  # payloads; then a new run's parts, as what a run has seen grows
LONGEST_MESSAGE = 2_000


class Messages(logging.Handler):
    """What the log was told, as it would be printed."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.bad: list[str] = []
        self.count = 0

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        self.count += 1
        if not message.isprintable() or len(message) > LONGEST_MESSAGE:
            self.bad.append(message[:200])


@pytest.fixture
def messages() -> Iterator[Messages]:
    handler, logger = Messages(), logging.getLogger("tiktok_scraper")
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    logger.propagate = False  # pytest would keep megabytes
    yield handler
    logger.propagate = True
    logger.removeHandler(handler)
    logger.setLevel(level)


class Run:
    """One run's parts from the reply to the line, without a browser."""

    def __init__(self, folder: Path) -> None:
        crawler = get_crawler(settings_dict={"TIKTOK_DATA_DIR": str(folder), "TIKTOK_SYNC_LINES": 5_000})
        crawler.stats.set_value("tiktok/run", RUN)
        self.stats = crawler.stats
        self.counts, self.lines = CountsPipeline.from_crawler(crawler), LinesPipeline.from_crawler(crawler)
        self.raw = RawReplies(folder, RUN)
        self.outcomes: Counter[str] = Counter()
        self.of: dict[str, Any] = {}  # a line's id -> its card
        self.notes: Counter[str] = Counter()
        self.begin()

    def begin(self) -> None:
        self.rig = Rig()
        self.rig.sightings.run, self.rig.sightings.simulated = RUN, True
        self.rig.sightings.extras = ()
        self.rig.notes = self.notes
        self.intake = Intake(self.rig.config, self.rig.sightings, self.rig.note, lambda _: None, self.raw.keep)

    def take(self, sent: Payload) -> None:
        """Take a reply, show what it lists, write what is due, and count what came of its card."""
        event = Event("feed", "http://127.0.0.1/api/recommend/item_list/?count=1", 1_785_600_000.0, body=sent.body)
        before = self._written()
        cards = len(self.rig.walk.order.cards)
        for unreadable in self.intake.take(self.rig.walk, turn("step", events=(event,))):
            self._write(unreadable)
        listed = self.rig.sightings.items
        new = [id_ for id_ in listed if not self.rig.sightings.seen(id_)]
        for id_ in new:
            name = listed[id_][0].username or ""
            self.rig.sightings.show(Sighting(id_, name, 1_785_600_000.0, 0.0, 1, 1, "b"))
            self.of.setdefault(id_, sent.card)  # a second line of one id is rejected
        for tiktok in self.rig.sightings.due(0.0, closing=True):
            assert repr(tiktok).isprintable()
            self._write(tiktok)
        came = self._written() - before
        passed = 0
        if not came:
            status = self.rig.walk.last_list.status if self.rig.walk.last_list else "none"
            what = "refused list" if status != "ok" else "live or none"
            if status == "ok" and len(self.rig.walk.order.cards) == cards and isinstance(sent.card, dict):
                what = "seen before"
            passed = 1
            self.outcomes[what] += 1
        self.outcomes["line or rejected"] += bool(came)
        assert bool(came) + passed == 1

    def _written(self) -> int:
        return sum(int(self.stats.get_value(f"tiktok/{name}", 0)) for name in ("written", "rejected"))

    def _write(self, item: Any) -> None:
        with suppress(DropItem):
            self.lines.process_item(self.counts.process_item(item))


def said(sent: Any) -> int | None:
    """The number that a value says, read by another road than the crawler's; None: it says none."""
    if isinstance(sent, bool) or sent is None:
        return None
    if isinstance(sent, int | float):
        return int(sent) if abs(sent) < 10**15 and float(sent).is_integer() else None
    if not isinstance(sent, str):
        return None
    text = sent.strip().replace("\u2212", "-")
    if text == "Share":
        return 0
    found = re.match(r"(-?)([0-9.]+)([KMB]?)$", re.sub(r"(?<=[0-9])[, ](?=[0-9]{3}(?![0-9]))", "", text), re.ASCII)
    if not found or len(found[2]) > 15:
        return None
    return int(Decimal(found[1] + found[2]) * {"": 1, "K": 10**3, "M": 10**6, "B": 10**9}[found[3]])


@pytest.mark.parametrize(
    ("seed", "payloads"), [(1, 5_000), pytest.param(2, 100_000, marks=pytest.mark.thorough)], ids=["some", "many"]
)
def test_hostile_payloads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, messages: Messages, seed: int, payloads: int
) -> None:
    folder, here = tmp_path / "data", tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    drawn, run = random.Random(seed), Run(folder)
    for number in range(payloads):
        if number % A_RIG == 0:
            run.begin()
        run.take(payload(drawn, number))
    run.lines.close_spider()

    # Every card went somewhere, and is counted there.
    assert sum(run.outcomes.values()) == payloads
    written = (folder / "tiktoks.jsonlines").read_bytes().split(b"\n")
    rejected = (folder / "rejected.jsonlines").read_bytes().split(b"\n")
    assert written.pop() == rejected.pop() == b""
    assert (len(written), len(rejected)) == (
        run.stats.get_value("tiktok/written"),
        run.stats.get_value("tiktok/rejected"),
    )
    assert len(written) > payloads / 2 and len(rejected) > 10
    told = [json.loads(line) for line in rejected]
    assert all(set(line) == {"run", "at", "reason", "item"} and line["run"] == RUN and line["reason"] for line in told)

    # No line is forged, and each number is one that was sent for it.
    right: Counter[str] = Counter()
    for raw in written:
        line = json.loads(raw)
        assert (tuple(line), line["run"]) == (FIELDS, RUN)
        card = run.of[line["id"]]
        for block, names in (("stats", COUNTS), ("authorStats", CREATOR)):
            counts = card.get(block)
            for key, name in names.items():
                sent = said(counts.get(key)) if isinstance(counts, dict) else None
                assert line[name] is None or line[name] == sent, (name, line[name], counts)
                right[name] += line[name] is not None
    assert all(right[name] > payloads / 5 for name in (*COUNTS.values(), *CREATOR.values()))

    # Nothing was written anywhere else.
    assert {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*")} == {
        "data",
        "here",
        "data/tiktoks.jsonlines",
        "data/rejected.jsonlines",
        "data/raw",
        f"data/raw/{RUN}.jsonlines.gz",
    }
    with gzip.open(folder / "raw" / f"{RUN}.jsonlines.gz") as kept:
        assert sum(json.loads(line)["kind"] == "feed" for line in kept) == payloads
    assert messages.count > len(rejected)
    assert messages.bad == []
    assert max(map(len, run.notes), default=0) <= 120
