"""The folder that may be published: tables as CSV, datapackage.json (Data Package 2.0), and a codebook."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ...errors import BadSetting
from ...lines import Line, read_lines
from ..folder import Folder
from ..new_folder import check_new, whole_folder
from .fields import AGGREGATES, CODEBOOK, IDS, RUNS, Table
from .gathered import Gathered, gathered
from .runs import runs_of

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
TABLES = {"all": (IDS, AGGREGATES, RUNS), "ids": (IDS, RUNS), "aggregates": (AGGREGATES, RUNS)}
LEAST_K = 2
# What makes a spreadsheet take a cell for a formula (OWASP, CSV injection); a run's region is the page's own word.
FORMULAS = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
CONTROLS = ("\t", "\r", "\n")


def share(folder: Folder, out: Path, *, what: str = "all", k: int = 10, now: datetime | None = None) -> list[str]:
    """Write into the new folder *out* what may be published of *folder*; return the names of its files.

    what: "all", "ids" (no aggregates) or "aggregates" (no ids). k: numbers of fewer creators are left out.

    Raises:
        BadSetting: *out* is there already, *k* is too small, there is no sighting, or ids are asked for that are
            pseudonyms, by which nobody could look anything up.
        CouldNotWrite: it can't be written; nothing is left of it.
    """
    check_new(out, folder.path)
    if k < LEAST_K:
        raise BadSetting(f"-k must be at least {LEAST_K}, not {k}: a number of one creator's is about that creator")
    tables = TABLES[what]
    with whole_folder(out) as fresh:
        with gathered(folder.lines, fresh) as found:
            if found.pseudonymous_ids and IDS in tables:
                raise BadSetting(
                    f"the ids in {folder.path} are pseudonyms, by which nobody can look a TikTok up: share --aggregates"
                )
            rows: dict[str, Callable[[], Iterable[tuple[Any, ...]]]] = {
                "ids": found.tiktoks,
                "aggregates": lambda: found.days(k),
                "runs": lambda: _runs(folder),
            }
            for table in tables:
                _write(fresh, table, rows[table.name]())
            _write(fresh, CODEBOOK, _codebook(tables))
            about = _about(found, k)
        resources = [_resource(fresh, table) for table in (*tables, CODEBOOK)]
        package = _package(resources, about, now or datetime.now(UTC))
        _text(fresh / "datapackage.json", json.dumps(package, indent=2, ensure_ascii=False))
        _text(fresh / "codebook.md", _markdown(tables, about))
        return sorted(path.name for path in fresh.iterdir())


def _runs(folder: Folder) -> Iterable[tuple[Any, ...]]:
    lines = read_lines(folder.runs) if folder.runs.exists() else ()
    return runs_of(line.record for line in lines if isinstance(line, Line))


def _about(found: Gathered, k: int) -> list[str]:
    told = [
        f"{found.lines:,} sightings of TikTok's For You page as an anonymous visitor is shown it, made with "
        "tiktok_scraper. A sighting is one TikTok shown to one run.",
        f"No creator is named here. Numbers of fewer than {k} creators are left out; a number that is not told is "
        "empty, never 0.",
        "Ids are for looking TikToks up again; one that was deleted or made private is to stay so.",
    ]
    if found.left_out:
        told.append(f"{found.left_out:,} lines that tell no id or no time are left out.")
    if found.simulated:
        told.append("All or some of it is simulated: it is of a replica of the site, whose TikToks are made up.")
    return told


def _write(folder: Path, table: Table, rows: Iterable[tuple[Any, ...]]) -> None:
    with (folder / f"{table.name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([field.name for field in table.fields])
        for row in rows:
            writer.writerow([_cell(value) for value in row])


def _cell(value: Any) -> Any:
    if isinstance(value, str):
        return f"'{value}" if value.lstrip().startswith(FORMULAS) or value.startswith(CONTROLS) else value
    if isinstance(value, bool):
        return "true" if value else "false"
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _codebook(tables: Iterable[Table]) -> Iterable[tuple[str, ...]]:
    for table in (*tables, CODEBOOK):
        for field in table.fields:
            yield table.name, field.name, field.type, field.unit, field.meaning


def _resource(folder: Path, table: Table) -> dict[str, Any]:
    data = (folder / f"{table.name}.csv").read_bytes()
    fields = [
        {
            "name": field.name,
            "type": field.type,
            "description": field.meaning + (f" ({field.unit})" if field.unit else ""),
            **({"constraints": {"required": True}} if field.required else {}),
        }
        for field in table.fields
    ]
    key = ["table", "column"] if table is CODEBOOK else [table.key]
    return {
        "name": table.name,
        "type": "table",
        "title": table.title,
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "schema": {"fields": fields, "primaryKey": key, "missingValues": [""]},
    }


def _package(resources: list[dict[str, Any]], about: list[str], now: datetime) -> dict[str, Any]:
    return {
        "$schema": PROFILE,
        "name": "for-you-page-sightings",
        "title": "FILL IN: a title",
        "description": " ".join(about),
        "version": "1.0.0",
        "created": now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "keywords": ["TikTok", "For You page", "recommender systems"],
        "licenses": [{"name": "FILL-IN", "title": "FILL IN: a licence, such as CC-BY-4.0"}],
        "contributors": [{"title": "FILL IN: who collected this, and where to reach them", "roles": ["contact"]}],
        "sources": [{"title": "TikTok, For You page", "path": "https://www.tiktok.com/foryou"}],
        "resources": resources,
    }


def _markdown(tables: Iterable[Table], about: list[str]) -> str:
    lines = ["# Codebook", "", *about, ""]
    lines += ["Before you publish, fill in title, licence and contact in datapackage.json (FILL IN).", ""]
    for table in tables:
        lines += [f"## {table.name}.csv", "", f"{table.title}. A row for each `{table.key}`.", ""]
        lines += ["| column | type | unit | meaning |", "|---|---|---|---|"]
        lines += [f"| `{f.name}` | {f.type} | {f.unit or '-'} | {f.meaning} |" for f in table.fields]
        lines.append("")
    return "\n".join(lines)


def _text(path: Path, text: str) -> None:
    path.write_text(text + ("" if text.endswith("\n") else "\n"), encoding="utf-8")
