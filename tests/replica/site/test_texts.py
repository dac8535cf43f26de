"""The texts that the pages' scripts make: counts, links of audios, dates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from replica.serving.classes import ClassNames, this_start
from replica.serving.server import Replica
from tests.replica.site.site_watch import Watch, quick, watching

pytestmark = pytest.mark.browser

COUNTS = {
    0: "0", 999: "999", 9949: "9949", 9999: "9999", 10000: "10K", 10049: "10K", 10050: "10.1K", 225_450: "225.5K",
    593_000: "593K", 999_949: "999.9K", 999_950: "1000K", 999_998: "1000K", 999_999: "1M", 1_000_000: "1M",
    2_249_999: "2.2M", 37_300_000: "37.3M", 999_999_998: "1000M", 999_999_999: "1B", 2_360_953_711: "2.4B",
    11_907_467_940: "11.9B",
}  # fmt: skip
AUDIOS = {
    "original sound": "original-sound",
    "don't let me down": "don't-let-me-down",
    "Com'dab (feat. Keblack & Naza)": "Com'dab-feat-Keblack-Naza",
    "Wanna Be Startin' Something - Michael Jackson": "Wanna-Be-StartinSomething-Michael-Jackson",
    "Dusk Till Dawn 完整版": "Dusk-Till-Dawn-完整版",
    "  오리지널 사운드 - 매께라 ": "오리지널-사운드-매께라",
}
NOW = 1_660_000_000  # 2022-08-08 23:06:40 UTC
DATES = {
    NOW - 30: "30s ago",
    NOW - 3599: "59m ago",
    NOW - 7200: "2h ago",
    NOW - 2 * 86400: "2d ago",
    NOW - 7 * 86400: "8-1",
    1_640_000_000: "2021-12-20",
}


@pytest.fixture(scope="module")
def watch() -> Iterator[Watch]:
    yield from watching()


def called(watch: Watch, module: str, call: str, values: list[Any]) -> Any:
    """What *call* of a module of the page says of each value."""
    script = f"import('/_site/js/{module}.js').then((it) => arguments[1](arguments[0].map((v) => {call})))"
    return watch.driver.execute_async_script(script, values)


def test_counts_dates_and_audio_links_are_written_as_on_the_site(watch: Watch) -> None:
    with Replica(quick()) as site:
        watch.open(site)
        watch.driver.execute_async_script(
            "import('/_site/js/config.js').then((it) => { it.config.now = arguments[0]; arguments[1](); })", NOW
        )
        assert called(watch, "parts/counts", "it.shown(v)", list(COUNTS)) == list(COUNTS.values())
        assert called(watch, "parts/dates", "it.dateText(v)", list(DATES)) == list(DATES.values())
        links = called(watch, "item", "it.musicPath(v, '7')", list(AUDIOS))
        assert links == [f"/music/{slug}-7" for slug in AUDIOS.values()]


@pytest.mark.parametrize("classes", ("random", "2022"))
def test_scripts_and_shell_make_the_same_class_names(watch: Watch, classes: str) -> None:
    names = ClassNames("a", this_start(), classes)
    with Replica(quick(era="a", classes=classes)) as site:
        watch.open(site)
        button = watch.all('[data-e2e="like-icon"]')[0].find_element("xpath", "..")

        assert button.get_attribute("class") == f"{names.component('ButtonActionItem')} {names.mark('e1hk3hf9', 0)}"
