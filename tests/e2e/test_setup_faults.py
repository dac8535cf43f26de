"""Whatever a run touches before its first page may be wrong: one line with cause and remedy, exit code 1, at once."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from tests import forks
from tests.e2e.conftest import environment
from tests.e2e.setup_faults import FAULTS, Fault, crawl
from tests.project import ROOT

# A driver that is left to itself waits a minute for a browser that has exited, and Selenium as long for a driver. How
# long a second's work takes on this machine, just now, is measured by a start of Python and Scrapy.
WITHIN_S, STARTS = 10.0, 10

pytestmark = [
    pytest.mark.system,
    pytest.mark.skipif(not shutil.which("chromedriver"), reason="needs chromedriver"),
    pytest.mark.skipif(os.geteuid() == 0 and not shutil.which("setpriv"), reason="root needs setpriv to be nobody"),
]


@pytest.fixture(scope="module")
def start_s() -> float:
    began = time.monotonic()
    subprocess.run([*forks.PYTHON, "version"], cwd=ROOT, env=environment(), capture_output=True, check=True)
    return time.monotonic() - began


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_it_is_told_in_one_line_with_its_remedy(fault: Fault, folder: Path, start_s: float) -> None:
    if fault.needs_root and os.geteuid() != 0:
        pytest.skip("only root may mount, or make what is another user's")
    ended = crawl(fault, folder)
    assert ended.code == 1, ended.said
    assert ended.said.count("\n") == 1, ended.said
    assert ended.said.startswith("scrapy crawl: ")
    assert [words for words in fault.says if words not in ended.said] == [], ended.said
    assert ended.seconds < WITHIN_S + STARTS * start_s
    # Where a run could be begun, its record says why it ended.
    assert not ended.runs or '"reason":"could-not-start"' in ended.runs
