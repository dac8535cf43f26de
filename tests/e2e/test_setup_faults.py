"""Whatever a run touches before its first page may be wrong: one line with cause and remedy, exit code 1, at once."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.e2e.setup_faults import FAULTS, Fault, crawl, setting

WITHIN_S = 10.0  # beside what Python and Scrapy take to start, which is most of it on a machine with much to do

pytestmark = [
    pytest.mark.system,
    pytest.mark.skipif(not shutil.which("chromedriver"), reason="needs chromedriver"),
    pytest.mark.skipif(os.geteuid() == 0 and not shutil.which("setpriv"), reason="root needs setpriv to be nobody"),
]


@pytest.fixture(scope="module")
def start_s(tmp_path_factory: pytest.TempPathFactory) -> float:
    """How long a run takes here that is refused for its settings."""
    refused = Fault("a setting", "no number", setting(TIKTOK_PACE="fast"), ())
    return crawl(refused, tmp_path_factory.mktemp("start")).seconds


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_it_is_told_in_one_line_with_its_remedy(fault: Fault, folder: Path, start_s: float) -> None:
    if fault.needs_root and os.geteuid() != 0:
        pytest.skip("only root may mount, or make what is another user's")
    ended = crawl(fault, folder)
    assert ended.code == 1, ended.said
    assert ended.said.count("\n") == 1, ended.said
    assert ended.said.startswith("scrapy crawl: ")
    assert [words for words in fault.says if words not in ended.said] == [], ended.said
    assert ended.seconds < WITHIN_S + start_s
    # Where a run could be begun, its record says why it ended.
    assert not ended.runs or '"reason":"could-not-start"' in ended.runs
