"""docs/data.md says what a line holds: every field, its type, its order, and what a run's end tells."""

from __future__ import annotations

import json
import re

import jsonschema
import pytest

from analysis.export.schema import TABLES, VIEWS
from analysis.export.tables import TYPES
from analysis.export.words import OF_COUNTS
from analysis.terms.definitions import COUNTS
from tests.documents.texts import code_blocks, coded, rows, text_of
from tests.project import ROOT
from tiktok_scraper.items import EXTRAS, FIELDS
from tiktok_scraper.runs import record

DATA = "docs/data.md"
SCHEMA = json.loads((ROOT / "tiktok_scraper" / "tiktok.schema.json").read_text())
WORDS_OF_TYPES = {"string": "text", "integer": "number", "boolean": "truth", "array": "list", "null": "null"}


def test_every_field_is_explained_in_the_order_of_the_line() -> None:
    explained = [name for row in rows(DATA, "field") for name in coded(row[0])]
    assert explained == [*FIELDS, *EXTRAS]


@pytest.mark.parametrize("row", rows(DATA, "field"), ids=lambda row: coded(row[0])[0])
def test_the_type_explained_is_the_schemas(row: list[str]) -> None:
    for name in coded(row[0]):
        told = SCHEMA["properties"][name]
        types = told.get("type") or [_type_of(value) for value in told["enum"]]
        types = {types} if isinstance(types, str) else set(types)
        words = {WORDS_OF_TYPES["integer" if t == "number" else t] for t in types}
        assert set(row[1].split(" or ")) == words, name


def _type_of(value: object) -> str:
    return {int: "integer", str: "string", type(None): "null"}[type(value)]


def test_the_line_shown_is_a_line() -> None:
    (shown,) = code_blocks(DATA, "json")
    line = json.loads(shown)
    jsonschema.validate(line, SCHEMA)
    assert tuple(line) == FIELDS


def test_names_mapped_to_the_research_api_are_ours() -> None:
    ours = [coded(row[0])[0] for row in rows(DATA, "ours")]
    assert set(ours) <= {*FIELDS, *EXTRAS}
    assert len(set(ours)) == len(ours)


def test_what_is_said_of_a_runs_end_is_in_its_line() -> None:
    (said,) = re.findall(r"^The line at the end of a run tells.*\Z", text_of(DATA), re.MULTILINE | re.DOTALL)
    said = said.split("Counts per `source`")[0]
    held = {*record.outcome({}), "reason", "verdict", "because", "warnings"}
    assert set(coded(said)) <= held
    assert set(record.COUNTED) <= set(coded(said))


def test_every_column_of_an_export_is_explained() -> None:
    explained = [
        (coded(name)[0], table, kind, unit.removeprefix("-"), meaning)
        for name, tables, kind, unit, meaning in rows(DATA, "column")
        for table in coded(tables)
    ]
    of_counts = {f"{count}_{of}" for count in COUNTS for of in OF_COUNTS}
    there = {
        (column.name, table.name, TYPES[column.kind], column.unit, column.meaning)
        for table in TABLES
        for column in table.columns
        if column.name not in of_counts
    }
    assert set(explained) == there
    assert len(explained) == len(there)


def test_every_table_of_an_export_is_explained_with_its_key() -> None:
    told = {coded(row[0])[0]: tuple(coded(row[2])) for row in rows(DATA, "table")}
    assert told == {table.name: table.key for table in TABLES}
    assert {view.name for view in VIEWS} <= {*coded(text_of(DATA))}
