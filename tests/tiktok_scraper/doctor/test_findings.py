"""One check that fails hides no other, whatever it fails of."""

from __future__ import annotations

from collections.abc import Iterator

from tiktok_scraper.doctor.findings import FAILURE, OK, WARNING, Finding, examine
from tiktok_scraper.errors import BadSetting


def fine() -> list[Finding]:
    return [Finding(OK, "a", "well")]


def half() -> Iterator[Finding]:
    yield Finding(WARNING, "b", "odd", "mend it")
    raise ZeroDivisionError("by zero")


def refused() -> list[Finding]:
    raise BadSetting("X must be 1, not 2")


def test_every_check_is_heard() -> None:
    found = list(examine({"a": fine, "b": half, "c": refused, "d": refused, "e": fine}))
    assert [finding.level for finding in found] == [OK, WARNING, FAILURE, FAILURE, FAILURE, OK]
    assert "ZeroDivisionError: by zero" in found[2].told
    assert [finding.told for finding in found[3:5]] == ["X must be 1, not 2", "not looked at, see above"]


def test_a_line_holds_what_was_found_and_what_helps() -> None:
    line = str(Finding(FAILURE, "disk", "full\n of   it", "free some"))
    assert line.split() == ["failure", "disk:", "full", "of", "it;", "free", "some"]
    assert "\n" not in line
