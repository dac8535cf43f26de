"""python -m tiktok_scraper.runs [DIR]: the runs in a directory, by hours and one by one."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

from scrapy.utils.project import get_project_settings

from ..config import data_dir, typed_path
from ..errors import BadSetting, NotLines
from ..lines import Bad, Line, check_lines, read_lines
from ..lines.spool import sentence, waiting
from .calendar import calendar
from .hours.waiting import waits
from .process import still_goes
from .record import FILE
from .table import table

USAGE = """usage: python -m tiktok_scraper.runs [--all] [DIR]

The hours of the last 14 days as a calendar and the last 48 runs as a table (--all: every run), of DIR, else of
TIKTOK_DATA_DIR.
"""
LAST = 48


def main(arguments: list[str]) -> int:
    """Print the table of the runs in a directory: the argument, else where the crawl would write."""
    everything = "--all" in arguments
    arguments = [argument for argument in arguments if argument != "--all"]
    if len(arguments) > 1 or any(argument.startswith("-") for argument in arguments):
        sys.stderr.write(USAGE)
        return 0 if arguments in (["-h"], ["--help"]) else 1
    try:
        folder = typed_path("DIR", arguments[0]) if arguments else data_dir(get_project_settings())
        path = folder / FILE
        spooled = waiting(folder)
        found: list[Line | Bad] = []
        if path.exists() or not any(one.file == FILE for one in spooled):
            check_lines(path)
            found = list(read_lines(path))
    except (BadSetting, NotLines) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except OSError as error:
        waiting_there = sentence(folder)
        sys.stderr.write(
            f"{path}: {error.strerror}; {waiting_there or 'name the folder where a crawl wrote, such as demo'}\n"
        )
        return 1
    records = [line.record for line in found if isinstance(line, Line)]
    # The end of a run that could not write it is told, though it waits in a spool.
    records += [record for one in spooled if one.file == FILE for record in one.records]
    now = datetime.now(UTC)
    sys.stdout.write(calendar(records, now, still_goes))
    if why := waits(records, now):
        sys.stdout.write(f"The hourly job waits: {why}\n\n")
    sys.stdout.write(table(records, None if everything else LAST))
    if bad := sum(not isinstance(line, Line) for line in found):
        sys.stderr.write(f"{path}: {bad} bad lines; python -m tiktok_scraper.lines check {path}\n")
    if spooled:
        sys.stderr.write(f"{path.parent}: {sentence(path.parent, spooled)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
