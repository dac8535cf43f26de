"""python -m tiktok_scraper.runs [DIR]: a table of the runs in a directory."""

from __future__ import annotations

import sys
from pathlib import Path

from scrapy.utils.project import get_project_settings

from ..errors import NotLines
from ..lines import Line, check_lines, read_lines
from .record import FILE
from .table import table


def main(arguments: list[str]) -> int:
    """Print the table of the runs in a directory: the first argument, else TIKTOK_DATA_DIR."""
    directory = arguments[0] if arguments else get_project_settings().get("TIKTOK_DATA_DIR") or Path.cwd()
    path = Path(directory) / FILE
    try:
        check_lines(path)
        found = list(read_lines(path))
    except OSError as error:
        sys.stderr.write(f"{path}: {error.strerror}\n")
        return 1
    except NotLines as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(table(line.record for line in found if isinstance(line, Line)))
    if bad := sum(not isinstance(line, Line) for line in found):
        sys.stderr.write(f"{path}: {bad} bad lines; python -m tiktok_scraper.lines check {path}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
