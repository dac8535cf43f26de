"""What a reader of any result must know about how the file was read, a sentence each."""

from __future__ import annotations

from analysis.reading.lines.line_by_line import BadLine
from analysis.reading.load_report import LoadReport


def warnings_of(report: LoadReport) -> list[str]:
    """Return the sentences: simulated data, assumed zones, bad lines, torn tails, duplicates, failed counts."""
    told = {
        "Simulated: every line comes from the replica; nothing here is about TikTok.": report.simulated,
        f"{report.naive_lines:,} lines have local times and no zone was named: UTC is ASSUMED, and every hour of day "
        "and age may be off by the true offset; name the zone with --naive-zone.": report.zone_assumed,
        f"{report.ambiguous:,} local times lie in an hour that comes twice as clocks go back in {report.naive_zone}; "
        "the order of the file decided which, or else the first was taken.": report.ambiguous,
        f"{report.nonexistent:,} local times lie in an hour that never came in {report.naive_zone}, so the zone may be "
        "the wrong one; they were moved to its end.": report.nonexistent,
        f"{len(report.bad):,} of {report.lines:,} lines are bad and were left out, {report.salvaged:,} whole records "
        "on them were salvaged.": report.bad,
        f"{_torn(report)}, as if it were still being written; it was left for next time.": report.torn,
        f"{report.duplicates:,} lines tell of a TikTok that their run had already told of, or tell no run and are the "
        "same as an earlier line; the first was kept.": report.duplicates,
        f"Counts failed to 0 in {report.zeroed:,} sightings: 0 views where comments, another count or the whole reply "
        "say otherwise. These zeros are taken as not told.": report.zeroed,
        f"Counts failed to 0 in {report.lone_zeros:,} sightings that alone say 0 between two that agree on more; no "
        "finding about growth rests on them.": report.lone_zeros,
        f"{len(report.runs_bad):,} lines of runs.jsonlines are bad; what they told is missing"
        f"{_first(report.runs_bad)}.": report.runs_bad,
        f"{len(report.rejected_bad):,} lines of rejected.jsonlines are bad, and among no reason's count"
        f"{_first(report.rejected_bad)}.": report.rejected_bad,
        f"{_marked(report)} with a byte order mark, which was passed over.": report.marked,
    }
    return [*_files(report), *(sentence for sentence, true in told.items() if true)]


def _files(report: LoadReport) -> list[str]:
    """The files, where there are several: each with its lines, and what of it an earlier one had told."""
    if len(report.files) <= 1:
        return []
    named = (
        f"{file.name} ({file.lines:,} lines"
        + (f", {file.bad:,} of them bad" if file.bad else "")
        + (f", {file.repeated:,} of them repeats" if file.repeated else "")
        + ")"
        for file in report.files
    )
    return [f"{len(report.files):,} files were read as one history: {', '.join(named)}."]


def _marked(report: LoadReport) -> str:
    named = [file.name for file in report.files if file.marked]
    return (
        f"{' and '.join(named)} begin{'s' if len(named) == 1 else ''}" if len(report.files) > 1 else "The file begins"
    )


def _torn(report: LoadReport) -> str:
    named = [line.file for line in report.torn if line.file]
    return f"The last line of {' and of '.join(named)} is torn" if named else "The last line is torn"


def _first(bad: tuple[BadLine, ...]) -> str:
    return f" (the first: {bad[0].reason})" if bad else ""
