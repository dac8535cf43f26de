"""The data: what a line holds, how complete and how fine each field is, and what was set aside."""

from __future__ import annotations

import pandas as pd

from analysis.measures import overview
from analysis.reading.load_report import FileRead
from analysis.report.answers import aged, growing
from analysis.report.answers.said import NOT_ESTIMATED
from analysis.report.context import Context, paragraph
from analysis.report.markup import Html, el, join
from analysis.report.quality import count_quality, field_quality
from analysis.report.sections import estimates
from analysis.report.tables import Ads, Column
from analysis.report.wording import plural, share, short, whole

KEY = "data"
TITLE = "Data scraped"


def write(context: Context) -> Html:
    """Resolution and quality of each field, then what could not be used."""
    sightings = context.study.sightings
    return join(
        [
            paragraph(
                "The site prints counts below 10,000 whole and rounds above: to 100 below a million, to 100,000 "
                "below a billion. "
                "The file records with each count the spacing of the grid it lies on, its step. Every measure of "
                "this report "
                "carries the bounds that rounding leaves; growth below them is not claimed."
            ),
            _totals(context),
            context.tables(
                count_quality(sightings),
                [
                    Column("field", "count"),
                    Column("meaning", "what it is"),
                    Column("told_share", "told", share),
                    Column("exact_share", "exact, of those told", share),
                    Column("resolution", "step over count, where rounded (median)", share),
                    Column("steps", "steps met"),
                    Column("zeros", "true zeros"),
                    Column("least", "least", short),
                    Column("most", "most", short),
                ],
                name="counts",
                caption="Each count's completeness and resolution",
                ads=Ads.IN,
            ),
            context.tables(
                field_quality(sightings),
                [
                    Column("field", "field"),
                    Column("told_share", "told", share),
                    Column("told", "sightings that tell it"),
                    Column("different", "different values"),
                ],
                name="fields",
                caption="Every other field's completeness",
                ads=Ads.IN,
                rows=30,
            ),
            context.attempt("Age by id", lambda: _age_by_id(context)),
            context.attempt("Falls of likes", lambda: paragraph(growing.falls(context))),
            el("h3", "What was set aside"),
            _set_aside(context),
        ]
    )


def _age_by_id(context: Context) -> Html:
    table = estimates.table(
        context,
        aged.age_percentiles(context).reset_index(),
        what="percentile",
        name="age-by-id",
        caption="Seconds from the time in a TikTok's id to its upload as the page told it",
        ads=Ads.IN,
    )
    return join([paragraph(aged.age_by_id(context)), table])


def _totals(context: Context) -> Html:
    study = context.study
    return context.tables(
        overview.totals(study.sightings, study.runs),
        [Column("quantity", "what"), Column("n", "how many"), Column("missing", "sightings that do not tell it")],
        name="totals",
        caption="How much was seen, ads counted by the sightings that showed them",
        ads=Ads.IN,
    )


def _set_aside(context: Context) -> Html:
    report = context.study.loaded.report
    losses = [
        ("lines read", report.lines, "lines of the file, good and bad"),
        ("bad lines", len(report.bad), "not a sighting: torn, no JSON, or without what a sighting must have"),
        ("records salvaged", report.salvaged, "found whole on bad lines and used"),
        ("torn tail", len(report.torn), "the file ends within a line; it is left for the next time"),
        ("duplicates", report.duplicates, "a second line of one TikTok in one run"),
        *[(f"lines of {file.name}", file.lines, _read_of(file)) for file in report.files if len(report.files) > 1],
        *[(f"gate: {gate}", n, "failed a plausibility gate") for gate, n in sorted(report.set_aside.items())],
        *[
            (f"rejected: {why}", n, "cards the crawl could not make a line of (rejected.jsonlines)")
            for why, n in sorted(report.rejected.items())
        ],
        ("bad lines of runs.jsonlines", len(report.runs_bad), "not a run's start or end"),
        ("lines with local times", report.naive_lines, _zone(context)),
        ("local times that come twice", report.ambiguous, "in the hour the clock is put back"),
        ("local times that never were", report.nonexistent, "in the hour the clock is put forward"),
    ]
    rows = pd.DataFrame(losses, columns=["what", "lines", "meaning"]).astype(
        {"what": "str", "lines": "Int64", "meaning": "str"}
    )
    table = context.tables(
        rows,
        [Column("what", "what"), Column("lines", "how many"), Column("meaning", "meaning")],
        name="set-aside",
        caption="What was read and what of it was not used",
        ads=Ads.IN,
        rows=40,
    )
    shown = set(context.study.loaded.coverage.warnings)  # these stand with the conditions
    warnings = tuple(told for told in report.warnings if told not in shown)
    return join([_warnings(warnings), table, _bad_lines(context)])


def _read_of(file: FileRead) -> str:
    return f"good and bad; {file.bad:,} bad, {file.repeated:,} that repeat what was read before"


def _zone(context: Context) -> str:
    report = context.study.loaded.report
    if not report.naive_lines:
        return "as the file of 2022 has them"
    return f"read in the zone {report.naive_zone}" + (", which nobody named" if report.zone_assumed else "")


def _warnings(warnings: tuple[str, ...]) -> Html | None:
    return (
        el("div", el("b", "Mind:"), el("ul", [el("li", told) for told in warnings]), cls="warning")
        if warnings
        else None
    )


def _bad_lines(context: Context) -> Html | None:
    report = context.study.loaded.report
    bad = [*report.bad, *report.torn]
    if not bad:
        lines = context.facts(
            plural(report.lines, "line"),
            "lines read",
            n=f"{report.lines:,} of {report.lines:,} lines",
            definition="lines of the file; all of them are a sighting",
            interval=NOT_ESTIMATED,
        )
        return paragraph("All ", lines, " could be read.")
    rows = pd.DataFrame(
        [(line.file, line.offset, line.length, line.reason, line.salvaged) for line in bad],
        columns=["file", "offset", "length", "reason", "salvaged"],
    ).astype({"file": "str", "offset": "Int64", "length": "Int64", "reason": "str", "salvaged": "Int64"})
    columns = [
        *([Column("file", "file")] if len(report.files) > 1 else []),
        Column("offset", "byte offset", whole),
        Column("length", "bytes", whole),
        Column("reason", "why"),
        Column("salvaged", "records found on it"),
    ]
    return context.tables(rows, columns, name="bad-lines", caption="Lines that are no sighting", ads=Ads.NOT_ABOUT)
