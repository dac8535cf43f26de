"""Whether what was read can be gone on with: what speaks against a file as a whole, and against all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from analysis.reading.gates import check_readable
from analysis.reading.source import Source
from analysis.terms.errors import GateFailed, NoGoodLines


def unfit(sources: Sequence[Source], *, force: bool) -> list[str]:
    """What speaks against files as a whole, gone on by force; GateFailed, with the first, where it is not forced.

    One of several that holds no sighting is such a file: what was meant to be read may have another form, and what was
    not meant may stand elsewhere. One without any line, as after the months were rotated, is not.
    """
    told = []
    for source in sources:
        for failed in _against(source, one_of_many=len(sources) > 1):
            if not force:
                raise failed
            told.append(f"Gate failed, gone on by force: {failed}")
    return told


def _against(source: Source, *, one_of_many: bool) -> Iterator[GateFailed]:
    if source.damaged is not None:
        yield GateFailed(
            expected="a compressed file that can be unpacked to its end",
            found=f"{source.damaged}; {source.lines:,} lines stand before that",
            where=source.path,
            next_step="get it anew, or go on with these lines alone with --force (force=True)",
        )
    if source.known is not None:
        yield GateFailed(
            expected="lines, each a JSON object",
            found=f"{source.known}"
            + (", in which some records can be read all the same" if source.records else ", among files of lines"),
            where=source.path,
            next_step=f"{source.advice}; or go on "
            + ("with those records alone" if source.records else "without it")
            + " with --force (force=True)",
        )
    elif one_of_many and source.lines and not source.records:
        yield GateFailed(
            expected="sightings, as in the other files of lines beside it",
            found=f"{source.lines:,} lines and not one"
            + (f"; the first: {source.bad[0].reason}" if source.bad else ""),
            where=source.path,
            next_step="give it a name that does not begin with tiktoks, or go on without it with --force (force=True)",
        )
    else:
        try:
            check_readable(source.bad, source.lines, str(source.path))
        except GateFailed as failed:
            yield failed


def nothing(where: Path, sources: Sequence[Source], found: str = "") -> NoGoodLines:
    """The error where no file holds a sighting; found: why not, where that is known."""
    known = next((source for source in sources if source.known is not None), None)
    if known is not None and known.known is not None:
        return NoGoodLines(
            expected="lines, each a JSON object",
            found=str(known.known),
            where=known.path,
            next_step=known.advice,
        )
    size = sum(source.length for source in sources)
    bad = [line for source in sources for line in source.bad]
    torn = [source.torn for source in sources if source.torn is not None]
    if not found:
        empty = "an empty file" if len(sources) == 1 else f"{len(sources):,} empty files"
        found = f"{size:,} bytes and not one" if size else empty
    if bad:
        named = f" of {bad[0].file}" if bad[0].file else ""
        found += f"; {len(bad):,} bad lines, the first at byte {bad[0].offset:,}{named}: {bad[0].reason}"
    if torn:
        found += f"; a torn line of {torn[0].length:,} bytes at the end"
    found += "".join(f"; {source.path.name} is damaged: {source.damaged}" for source in sources if source.damaged)
    return NoGoodLines(
        expected="at least one line that is a sighting (a JSON object as docs/data.md describes)",
        found=found,
        where=where,
        next_step="check that this is the file you meant; python -m tiktok_scraper.lines check FILE lists bad lines",
    )
