"""The documents hang together: every link leads somewhere, README names them all, and it can be read at once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image

from tests.documents.texts import DOCUMENTS, prose, text_of
from tests.project import ROOT


def anchors(document: str) -> set[str]:
    """The anchors of a document's headings, as forges make them."""
    headings = re.findall(r"^#+ (.+)$", prose(document), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def links(document: str) -> list[str]:
    return re.findall(r"\]\(([^)]+)\)", prose(document))


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_lead_somewhere(document: str) -> None:
    for target in links(document):
        path, _, anchor = target.partition("#")
        assert "://" not in target, f"{target}: nothing outside the project is needed to read this"
        there = ((ROOT / document).parent / path if path else ROOT / document).resolve()
        assert there.is_relative_to(ROOT), f"{target} leads out of the project"
        assert there.exists(), target
        assert not anchor or anchor in anchors(str(there.relative_to(ROOT))), target


def test_readme_names_every_document() -> None:
    assert {*DOCUMENTS} - {"README.md"} <= {*links("README.md")}


@pytest.mark.parametrize(("document", "most"), [("README.md", 150), ("ARCHITECTURE.md", 250)])
def test_what_is_read_first_is_short(document: str, most: int) -> None:
    assert len(text_of(document).splitlines()) <= most


def test_the_pictures_are_pictures_of_a_readable_size() -> None:
    pictures = re.findall(r"^!\[(.+)\]\((docs/.+)\)$", text_of("README.md"), re.MULTILINE)
    assert {Path(path) for _, path in pictures} == {p.relative_to(ROOT) for p in (ROOT / "docs").glob("*.png")}
    for meaning, path in pictures:
        assert len(meaning) > 40, f"{path} needs words for those who can't see it"
        with Image.open(ROOT / path) as picture:
            picture.verify()
            assert picture.width >= 800
        assert (ROOT / path).stat().st_size < 500_000
