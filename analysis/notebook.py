"""What the notebooks need beside the measures: the folder to read, and a plot as a picture in a cell."""

from __future__ import annotations

import atexit
import dataclasses
import lzma
import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from analysis.plots.style import HALF_PAGE, new_figure, png

SAMPLE = Path(__file__).parent / "sample"
OVERFLOWED_2022 = SAMPLE / "overflowed_2022.jsonlines"


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn figure, which a notebook shows as it is."""

    png: bytes

    def _repr_png_(self) -> bytes:
        return self.png


def data_folder() -> Path:
    """The folder that TIKTOK_DATA_DIR names; where it names none, the shipped sample, simulated, unpacked."""
    told = os.environ.get("TIKTOK_DATA_DIR")
    return Path(told).expanduser() if told else sample()


@cache
def sample() -> Path:
    """The shipped sample in a temporary folder that this process removes when it ends."""
    folder = Path(tempfile.mkdtemp(prefix="tiktok-sample-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for packed in sorted(SAMPLE.glob("*.xz")):
        (folder / packed.stem).write_bytes(lzma.decompress(packed.read_bytes()))
    return folder


def drawn(plot: Callable[..., Axes], *frames: Any, size: tuple[float, float] = HALF_PAGE, **told: Any) -> Picture:
    """The picture of *plot*, a function of `analysis.plots`: `drawn(run_calendar, hours)`. size: in inches."""
    figure, ax = new_figure(size)
    plot(*frames, ax, **told)
    return Picture(png(figure))


def told(record: Any) -> pd.DataFrame:
    """A record of ours (a report, an estimate) as a table: field (str), value (str)."""
    fields = [field.name for field in dataclasses.fields(record)]
    values = [str(getattr(record, name)) for name in fields]
    return pd.DataFrame({"field": pd.Series(fields, dtype="str"), "value": pd.Series(values, dtype="str")})
