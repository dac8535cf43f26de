"""The report is the same to the byte, whichever engine measured its data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from analysis.engines import buckets
from analysis.load import load
from analysis.report.build import build
from analysis.report.figures import Figures
from analysis.report.markup import el
from analysis.report.study import Study
from analysis.terms.engines import Engine
from tests.analysis.report.report_lines import lines, write


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("data"), lines(tiktoks=60, runs=6))


def report(folder: Path, engine: Engine, scheduler: str | None = None) -> str:
    unpainted = Figures(simulated=True, paint=lambda *_: el("svg"))  # figures are drawn of the same frames
    return build(Study(load(folder), folder, engine, scheduler=scheduler), unpainted)


@pytest.fixture(scope="module")
def in_memory(folder: Path) -> str:
    return report(folder, "pandas")


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    distributed = pytest.importorskip("distributed")
    # Threads of this process, over sockets: what is tested is that the parts give the whole.
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=False, protocol="tcp", dashboard_address=None
    ) as cluster:
        yield cluster.scheduler_address


@pytest.mark.thorough  # engines/test_scale.py has the measures one by one, and the next test that the report asks scale
def test_dask_gives_the_report_of_memory(folder: Path, in_memory: str, cluster: str) -> None:
    assert report(folder, "dask", cluster) == in_memory


def test_buckets_give_the_report_of_memory(folder: Path, in_memory: str, monkeypatch: pytest.MonkeyPatch) -> None:
    used: list[str] = []
    run = buckets.run

    def in_parts(*args: object, **options: object) -> object:
        used.append(str(args[2]))
        return run(*args, **{**options, "processes": 1})  # type: ignore[arg-type]

    monkeypatch.setattr(buckets, "run", in_parts)
    assert report(folder, "buckets") == in_memory
    assert {"id", "creator", "audio_key"} <= set(used)
