"""Names and pseudonyms never share a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tiktok_scraper.privacy.people import KEY, a_line, of_2022, write
from tiktok_scraper.errors import MixedLines
from tiktok_scraper.lines import check_names
from tiktok_scraper.lines.pseudonymised import names_of
from tiktok_scraper.privacy.pseudonyms import Pseudonyms

OURS, OTHER = Pseudonyms(KEY), Pseudonyms(bytes(32))
PLAIN, WITH_IDS = a_line(1), OURS.sighting(a_line(1), ids=True)
NOBODYS = a_line(1, creator_id=None, username=None, url="https://www.tiktok.com/@/video/1")


def test_a_line_tells_what_its_names_are() -> None:
    assert names_of(PLAIN) == names_of(of_2022(1)) == "plain"
    assert names_of(OURS.sighting(PLAIN)) == OURS.name
    assert names_of(WITH_IDS) == f"{OURS.name} with ids"
    assert names_of(NOBODYS) is names_of({"event": "start"}) is names_of({}) is None
    assert names_of(NOBODYS | {"creator_id": "7"}) == "plain"


@pytest.mark.parametrize(
    ("held", "kind", "advice"),
    [
        (PLAIN, OURS.name, "pseudonymise it first with python -m tiktok_scraper.privacy pseudonymise"),
        (OURS.sighting(PLAIN), "plain", "TIKTOK_PSEUDONYMISE=True"),
        (OTHER.sighting(PLAIN), OURS.name, "TIKTOK_PSEUDONYM_KEY"),
        (WITH_IDS, OURS.name, "TIKTOK_DATA_DIR"),
    ],
)
def test_another_kind_is_refused_with_what_to_do(
    tmp_path: Path, held: dict[str, object], kind: str, advice: str
) -> None:
    with pytest.raises(MixedLines, match=advice):
        check_names(write(tmp_path / "tiktoks.jsonlines", [NOBODYS, held]), kind)


def test_the_same_kind_and_none_are_taken(tmp_path: Path) -> None:
    check_names(tmp_path / "none.jsonlines", "plain")
    check_names(write(tmp_path / "tiktoks.jsonlines", [NOBODYS, {"a": 1}]), OURS.name)
    check_names(write(tmp_path / "tiktoks.jsonlines", [PLAIN, NOBODYS]), "plain")
