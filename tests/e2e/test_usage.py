"""Wrong set-up, settings or usage: exit code 1, one line, and nothing is crawled."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.e2e.conftest import command, run_to_end

NOBODY = "http://127.0.0.1:9/foryou"


def run(folder: Path, *more: str, url: str = NOBODY, **settings: object) -> subprocess.CompletedProcess[str]:
    return run_to_end(command(url, folder, 5, {"LOG_LEVEL": "WARNING", **settings}, *more))


@pytest.mark.parametrize(
    ("more", "settings", "named"),
    [
        (("-a", "speed=9"), {}, "speed"),
        (("-a", "limit=many"), {}, "limit"),
        (("-a", "url=tiktok.com"), {}, "url"),
        (("-a", "browsers=0"), {}, "browsers"),
        (("-a", "browsers=9"), {}, "-a browsers may be 8 at most"),
        (("-a", "url=https://www.tiktok.com/foryou", "-a", "browsers=2"), {}, "TIKTOK_BROWSERS_WHY"),
        ((), {"TIKTOK_PACE": "fast"}, "TIKTOK_PACE"),
        ((), {"SELENIUM_DRIVER_NAME": "lynx"}, "SELENIUM_DRIVER_NAME"),
        ((), {"SELENIUM_DRIVER_ARGUMENTS": "--a,b"}, "SELENIUM_DRIVER_ARGUMENTS"),
        ((), {"TIKTOK_MIN_TIKTOKS": "-3"}, "TIKTOK_MIN_TIKTOKS"),
        ((), {"TIKTOK_MIN_TIKTOKS": "2.7"}, "whole number"),
        ((), {"TIKTOK_SORCE": "json"}, "did you mean TIKTOK_SOURCE"),
        ((), {"TIKTOK_SCREENSHOTS": "True"}, "no setting TIKTOK_SCREENSHOTS"),
        ((), {"TIKTOK_LOCALE": "xx_YY_bogus"}, "TIKTOK_LOCALE"),
        (
            ("-a", "url=https://www.tiktok.com/foryou"),
            {"SELENIUM_DRIVER_ARGUMENTS": "--ignore-certificate-errors"},
            "certificate",
        ),
        ((), {"SELENIUM_BROWSER_EXECUTABLE_PATH": "/bin/false"}, "did not start"),
        ((), {"SELENIUM_COMMAND_EXECUTOR": "http://127.0.0.1:9"}, "did not start"),
    ],
)
def test_it_is_refused_in_one_line(
    tmp_path: Path, more: tuple[str, ...], settings: dict[str, object], named: str
) -> None:
    done = run(tmp_path, *more, **settings)
    assert done.returncode == 1
    assert named in done.stderr
    assert "Traceback" not in done.stderr
    assert len([line for line in done.stderr.splitlines() if named in line]) == 1
    assert not (tmp_path / "tiktoks.jsonlines").exists()


def test_simulated_lines_are_never_added_to_real_ones(tmp_path: Path) -> None:
    from replica.options import Options
    from replica.serving.server import Replica

    real = '{"scraped_at":"2026-01-01T00:00:00+00:00","url":"https://www.tiktok.com/@a/video/1","id":"1","simulated":false}\n'
    (tmp_path / "tiktoks.jsonlines").write_text(real)
    with Replica(Options()) as site:
        done = run(tmp_path, url=site.url)
        asked = [path for _, path, _ in site.requests if path == "/foryou"]
    assert done.returncode == 1, done.stderr
    assert "simulated" in done.stderr
    assert '"reason":"mixed-lines"' in (tmp_path / "runs.jsonlines").read_text()
    assert asked == [], "nothing is crawled"
    assert (tmp_path / "tiktoks.jsonlines").read_text() == real


@pytest.mark.parametrize("name", ["tiktoks.jsonlines", "runs.jsonlines"])
def test_a_file_of_another_kind_is_named_with_its_remedy(tmp_path: Path, name: str) -> None:
    wide = '{"scraped_at":"2026-01-01T00:00:00+00:00"}\n'.encode("utf-16")
    (tmp_path / name).write_bytes(wide)
    done = run(tmp_path)
    assert done.returncode == 1
    (told,) = done.stderr.splitlines()
    assert f"{name} is UTF-16, no JSON lines, and stays as it is." in told
    assert "iconv -f UTF-16 -t UTF-8" in told
    assert (tmp_path / name).read_bytes() == wide
