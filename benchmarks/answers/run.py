"""One tool on one folder, in a process of its own: `python -m benchmarks.answers.run TOOL FOLDER`, answers as JSON."""

from __future__ import annotations

import importlib
import json
import resource
import sys
from pathlib import Path

import psutil  # type: ignore[import-untyped]

MOST_OF_MEMORY = 0.9  # that is free when it begins

# name -> the module of `tools` and its function
OURS = {
    "ours, in memory": ("ours", "in_memory"),
    "ours, over buckets": ("ours", "buckets"),
    "ours, on Dask": ("ours", "dask"),
}
PEERS = {
    "pandas, row by row (2022)": ("in_pandas", "row_by_row"),
    "pandas, by its defaults": ("in_pandas", "by_default"),
    "pandas, told the types": ("in_pandas", "typed"),
    "Polars": ("in_polars", "answers"),
    "DuckDB": ("in_duckdb", "answers"),
}
TOOLS = {**OURS, **PEERS}


def main(tool: str, folder: Path) -> None:
    """Answer, and print it as JSON; what wants more memory than there is fails by itself, and takes nobody along."""
    most = int(MOST_OF_MEMORY * psutil.virtual_memory().available)
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))
    module, function = TOOLS[tool]
    found = getattr(importlib.import_module(f"benchmarks.answers.tools.{module}"), function)(folder)
    print(json.dumps(found.as_json()))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
