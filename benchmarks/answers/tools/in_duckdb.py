"""DuckDB on the file: only the columns that are asked for, their types told (docs: read_ndjson, ignore_errors)."""

from __future__ import annotations

from pathlib import Path

import duckdb

from benchmarks.answers.asked import Answers, first

READ = """
create table lines as select * from read_ndjson($file,
  columns = {id: 'VARCHAR', audio_id: 'VARCHAR', views: 'BIGINT'}, ignore_errors = true)
"""
GAINS = "select id, max(views) - min(views) as gain from lines where id is not null group by id"
HEARD = "select audio_id, count(distinct id) from lines where audio_id is not null group by audio_id"


def answers(folder: Path) -> Answers:
    """A line that is no JSON gives a row of nulls, which is left out and counted."""
    base = duckdb.connect()
    base.execute(READ, {"file": str(folder / "tiktoks.jsonlines")})
    gains, heard = base.execute(GAINS).fetchall(), base.execute(HEARD).fetchall()
    bad = base.execute("select count(*) from lines where id is null").fetchone()
    return Answers(
        tiktoks=len(gains),
        audios=len(heard),
        gained=first([(id, gain) for id, gain in gains if gain is not None]),
        heard=first(heard),
        bad=bad[0] if bad else None,
    )
