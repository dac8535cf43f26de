"""The engines by name, apart from what they lean on: the command's help names them without waiting for pandas."""

from __future__ import annotations

from typing import Literal

Engine = Literal["pandas", "buckets", "dask"]
ENGINES: tuple[Engine, ...] = ("pandas", "buckets", "dask")
