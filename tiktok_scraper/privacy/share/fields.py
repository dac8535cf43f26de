"""The tables that are shared, column by column: of this list writers, codebook and datapackage.json are made."""

from __future__ import annotations

from dataclasses import dataclass

from ...items import OF_TIKTOK

_WHAT = {"likes": "likes", "comments": "comments", "shares": "shares", "views": "views", "saves": "saves"}


@dataclass(frozen=True, slots=True)
class Field:
    """A column. type: of Table Schema; times are datetime in ISO 8601, UTC. unit: "" where it has none."""

    name: str
    type: str
    meaning: str
    unit: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table, which lies in `name`.csv. key: the columns that tell its rows apart."""

    name: str
    title: str
    key: str
    fields: tuple[Field, ...]


IDS = Table(
    "ids",
    "TikToks seen, by id: what is needed to look them up again where they are still public",
    "id",
    (
        Field(
            "id", "string", "TikTok's id of the TikTok; https://www.tiktok.com/@/video/ID leads there", required=True
        ),
        Field("first_seen", "datetime", "when it was first shown to a run", required=True),
        Field("last_seen", "datetime", "when it was last shown to a run", required=True),
        Field("sightings", "integer", "how often it was shown", "sightings", required=True),
    ),
)
AGGREGATES = Table(
    "aggregates",
    "What was shown, day by day",
    "day",
    (
        Field("day", "date", "the day, in UTC", required=True),
        Field("suppressed", "boolean", "fewer creators than k on that day: all numbers are left out", required=True),
        Field("sightings", "integer", "TikToks shown, each time", "sightings"),
        Field("tiktoks", "integer", "different TikToks shown", "TikToks"),
        Field("creators", "integer", "different creators of them, by id, else by handle", "creators"),
        *(
            field
            for name in OF_TIKTOK
            for field in (
                Field(f"{name}_told", "integer", f"sightings that told {_WHAT[name]}", "sightings"),
                Field(
                    f"{name}_median",
                    "number",
                    f"median of {_WHAT[name]} over the sightings that told them; left out where they are of fewer "
                    "creators than k",
                    _WHAT[name],
                ),
            )
        ),
    ),
)
RUNS = Table(
    "runs",
    "The runs, also failed ones: when was looked, and under which conditions",
    "run",
    (
        Field("run", "string", "the run's id", required=True),
        Field("started", "datetime", "when it started"),
        Field("ended", "datetime", "when it ended; null: it was killed"),
        Field("reason", "string", "why it ended"),
        Field("verdict", "string", "fit or unfit"),
        Field("asked", "integer", "how many TikToks it was to collect", "TikToks"),
        Field("written", "integer", "how many lines it wrote; some may have been removed since", "lines"),
        Field("pace", "number", "the wait between TikToks", "seconds"),
        Field("locale", "string", "the language the browser asked for"),
        Field("zone", "string", "the browser's time zone"),
        Field("viewport", "string", "the size of the browser's page", "pixels"),
        Field("media", "string", "whether media were loaded"),
        Field("headless", "string", "true, false or virtual: how the browser was shown"),
        Field("era", "string", "the layout the site served: a, b or c"),
        Field("region", "string", "where the site placed the visitor"),
        Field("browser", "string", "the browser"),
        Field("browser_version", "string", "its version"),
        Field("simulated", "boolean", "whether it was of the replica, whose TikToks are made up"),
    ),
)
CODEBOOK = Table(
    "codebook",
    "Every column of every table",
    "column",
    (
        Field("table", "string", "the table", required=True),
        Field("column", "string", "the column", required=True),
        Field("type", "string", "its type, as Table Schema names it", required=True),
        Field("unit", "string", "its unit"),
        Field("meaning", "string", "what it says", required=True),
    ),
)
