"""The tables as Parquet, a file each: types, times in UTC, and what each column means stand in the file itself."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.export.schema import Column
from analysis.terms.schema import MOMENT, NUMBER, TEXT, TRUTH, WHOLE

_MARK = b"tiktok_scraper export"
_TYPES = {
    TEXT: pa.string(),
    WHOLE: pa.int64(),
    NUMBER: pa.float64(),
    TRUTH: pa.bool_(),
    MOMENT: pa.timestamp("us", "UTC"),
}


def is_ours(path: Path) -> bool:
    """Whether *path* is a Parquet file that this module wrote."""
    try:
        return _MARK in (pq.read_schema(path).metadata or {})
    except pa.ArrowInvalid:
        return False


def write(path: Path, name: str, columns: tuple[Column, ...], blocks: Iterable[pd.DataFrame]) -> None:
    """Write the table *name* into *path*. Raises OSError where the disk refuses."""
    schema = pa.schema(
        [
            pa.field(column.name, _TYPES[column.kind], metadata={"meaning": column.meaning, "unit": column.unit})
            for column in columns
        ],
        metadata={_MARK: name.encode()},
    )
    with pq.ParquetWriter(path, schema, compression="zstd") as file:
        for block in blocks:
            file.write_table(
                pa.Table.from_pandas(block, schema, preserve_index=False).replace_schema_metadata(schema.metadata)
            )
