"""What the notebooks need beside the measures: the folder to read, plots as pictures, choices and words for a cell."""

from __future__ import annotations

import atexit
import dataclasses
import lzma
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from analysis.commands.jupyter import named_folder
from analysis.plots.parts.style import HALF_PAGE, new_figure, png
from analysis.reading.lines.files import LINES, has_lines
from analysis.report.wording import number
from analysis.terms.definitions import ABSOLUTE_LIKES, RANKED_AT_LEAST, VIRAL_LEVEL, WRAP

SAMPLE = Path(__file__).parent.parent / "sample"
OVERFLOWED_2022 = SAMPLE / "overflowed_2022.jsonlines"


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn figure, which a notebook shows as it is."""

    png: bytes

    def _repr_png_(self) -> bytes:
        return self.png


def data_folder() -> Path:
    """The folder that TIKTOK_DATA_DIR names; where it names none, the shipped sample, simulated, unpacked.

    Before a first crawl the folder holds no lines: then it is the sample as well, and a printed line says so.
    """
    folder = named_folder(os.environ.get("TIKTOK_DATA_DIR"))
    if folder is None:
        return sample()
    if folder.is_dir() and not has_lines(folder):
        print(f"{folder} holds no {LINES} yet: this is the shipped sample, which is simulated.")  # noqa: T201
        return sample()
    return folder


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


def readable_tables() -> None:
    """Have pandas show columns and texts whole, and computed numbers as the report does, until the kernel ends."""
    pd.set_option("display.max_columns", None, "display.max_colwidth", None, "display.float_format", number)


def told(record: Any) -> pd.DataFrame:
    """A record of ours (a report, an estimate) or a mapping as a table: field (str), value (str)."""
    values = dict(record) if isinstance(record, Mapping) else _fields(record)
    shown = [number(value, 4) if isinstance(value, float) else str(value) for value in values.values()]
    return pd.DataFrame({"field": pd.Series(list(values), dtype="str"), "value": pd.Series(shown, dtype="str")})


def _fields(record: Any) -> dict[str, Any]:
    return {field.name: getattr(record, field.name) for field in dataclasses.fields(record)}


def threshold(measures: pd.DataFrame, measure: str) -> dict[str, float]:
    """threshold, threshold_lo and threshold_hi of one of *measures*, ads out, for a plot; NaN where there is none."""
    names = ["threshold", "threshold_lo", "threshold_hi"]
    row = measures[(measures["measure"] == measure) & (measures["ads"] == "out")].iloc[0]
    return {name: float("nan") if pd.isna(row[name]) else float(row[name]) for name in names}


def only(frame: pd.DataFrame, column: str, keys: Iterable[str]) -> pd.DataFrame:
    """The rows of *frame* whose *column* is one of *keys*."""
    return frame[frame[column].isin(list(keys))]


def named(rows: pd.DataFrame, key: str, name: str) -> dict[str, str]:
    """Key -> name, for a plot; rows without a name are left out."""
    known = rows[[key, name]].dropna()
    return dict(zip(known[key], known[name], strict=True))


def as_seen(ratios: pd.DataFrame) -> pd.DataFrame:
    """`ratios.ratio_rows` under the names that plots of sightings read."""
    return ratios.rename(columns={"followers": "user_followers"})


def defined(measures: pd.DataFrame) -> pd.DataFrame:
    """*measures* (`virality.Verdicts.measures`, or those of audios) with `in_words` (str): how many are viral, of how
    many ranked, of how many there were."""
    words = [_in_words(row) for row in measures.to_dict("records")]
    return measures.assign(in_words=pd.Series(words, index=measures.index, dtype="str"))


def _in_words(row: Mapping[Any, Any]) -> str:
    whole = f"{row['n']:,} of {row['of']:,} could be ranked (ads {row['ads']})"
    if pd.isna(row["viral"]):
        return f"{whole}: fewer than {RANKED_AT_LEAST}, so there is no verdict"
    if row["measure"] == "million in a week":
        return f"{row['viral']:,} viral: {ABSOLUTE_LIKES:,} likes in a week guaranteed; {whole}"
    return f"{row['viral']:,} viral: at or above the {100 * VIRAL_LEVEL:g}th percentile; {whole}"


def most_often_rounded(sightings: pd.DataFrame) -> pd.DataFrame:
    """All sightings of the TikTok seen most often with rounded likes (the least id of several); none if there is
    none."""
    often = sightings.loc[sightings["likes_step"].gt(1).fillna(False), "id"].mode().head(1)
    return only(sightings, "id", often)


def rounded_in_words(often: pd.DataFrame) -> str:
    """What `most_often_rounded` found, in a sentence."""
    if often.empty:
        return "No likes in these data are rounded: every count is exact, or missing, and there is nothing to tighten."
    times = int(often["likes_step"].gt(1).sum())
    return f"TikTok {often['id'].iloc[0]}: {times:,} of its {len(often):,} sightings tell rounded likes."


def wrapped_once(*shown: int) -> pd.DataFrame:
    """The least totals that negative 32-bit numbers can mean: shown, at_least (Int64)."""
    return pd.DataFrame({"shown": shown, "at_least": [number + WRAP for number in shown]}, dtype="Int64")
