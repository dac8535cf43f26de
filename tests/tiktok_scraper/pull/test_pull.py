"""Copies by a real ssh server: only what is new travels, and nothing here is lost to what is there."""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest

from tests.project import ROOT
from tests.tiktok_scraper.pull.crawled import Crawled, sighting
from tests.tiktok_scraper.pull.sshd import SSHD, Server, serving
from tiktok_scraper.pull.__main__ import main

pytestmark = [
    pytest.mark.system,
    pytest.mark.skipif(
        SSHD is None or not (shutil.which("ssh") and shutil.which("rsync")), reason="no sshd, ssh or rsync"
    ),
]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("server")) as running:
        yield running


@pytest.fixture
def there(server: Server, request: pytest.FixtureRequest) -> Crawled:
    """A folder of one run on the server, its name with a space and a quote."""
    folder = server.home / f"it's {request.node.name.partition('[')[0]}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    crawled = Crawled(folder)
    crawled.run()
    server.sessions()
    return crawled


@pytest.fixture
def here(tmp_path: Path) -> Path:
    return tmp_path / "at home"


def pull(server: Server, there: Crawled, here: Path, *options: str) -> int:
    return main([f"127.0.0.1:{there.path.name}", "-o", str(here), "--ssh", server.ssh, *options])


def same(there: Crawled, here: Path) -> bool:
    return all((here / path.name).read_bytes() == path.read_bytes() for path in (there.lines, there.runs))


def staged(here: Path) -> list[Path]:
    return [path for path in (here / ".pull").rglob("*") if path.is_file()]


@pytest.mark.parametrize("by", ["rsync", "ssh"])
def test_only_what_is_new_travels(
    by: str, server: Server, there: Crawled, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(9):
        there.run()
    with server.without("rsync") if by == "ssh" else nullcontext():
        assert pull(server, there, here) == 0
        first = sum(size for size, _ in server.sessions())
        assert same(there, here) and not staged(here)
        assert f"{here}: 200 new lines, 10 new runs" in capsys.readouterr().out
        new = there.run()
        assert pull(server, there, here) == 0
        sessions = server.sessions()
        assert any(command.startswith("rsync") for _, command in sessions) == (by == "rsync")
        assert same(there, here) and sum(size for size, _ in sessions) < 2 * len(new) < first / 2
        told = capsys.readouterr().out
        assert "20 new lines, 1 new run" in told and "ended (fit) 2026-11-29 10:05 UTC" in told
        assert pull(server, there, here) == 0
        assert sum(size for size, _ in server.sessions()) < 3000
        assert "nothing new" in capsys.readouterr().out


def test_a_host_that_runs_no_command_is_copied_from_by_scp(
    server: Server, there: Crawled, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with server.files_only():
        assert pull(server, there, here) == 0
        there.run()
        assert pull(server, there, here) == 0
        assert same(there, here) and not staged(here)
        assert "20 new lines, 1 new run (by scp, whole files" in capsys.readouterr().out
        (here / "tiktoks.jsonlines").write_bytes(there.lines.read_bytes().replace(b"u7", b"u8"))
        assert pull(server, there, here) == 1
        assert "is no copy of the one" in capsys.readouterr().err


@pytest.mark.parametrize("by", ["rsync", "ssh"])
def test_a_cut_pull_keeps_what_came_and_goes_on_from_there(
    by: str, server: Server, there: Crawled, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert pull(server, there, here, "--by", by) == 0
    before = there.lines.stat().st_size
    there.run(600, width=4000)
    whole = there.lines.stat().st_size
    with server.cut(1_200_000):
        assert pull(server, there, here, "--by", by) == 1
    told = capsys.readouterr().err
    assert "the connection was lost" in told and "What came is kept" in told
    # Of what crossed the line, ssh may still have held a part.
    came = sum(path.stat().st_blocks * 512 for path in staged(here))
    assert came > 0
    assert (here / "tiktoks.jsonlines").read_bytes() == there.lines.read_bytes()[:before]
    server.sessions()
    assert pull(server, there, here, "--by", by) == 0
    assert same(there, here) and not staged(here)
    assert sum(size for size, _ in server.sessions()) < whole - came // 2


def test_a_line_that_the_writer_is_in_the_middle_of_comes_with_the_next_pull(
    server: Server, there: Crawled, here: Path
) -> None:
    whole = there.lines.read_bytes()
    line = sighting("later", 1)
    there.lines.write_bytes(whole + line[:300])
    assert pull(server, there, here) == 0
    assert (here / "tiktoks.jsonlines").read_bytes() == whole
    there.lines.write_bytes(whole + line)
    assert pull(server, there, here) == 0
    assert same(there, here)


@pytest.mark.parametrize("change", ["longer", "edited", "another"])
def test_what_is_no_copy_stays_as_it_is(
    change: str, server: Server, there: Crawled, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert pull(server, there, here) == 0
    lines = here / "tiktoks.jsonlines"
    changed = {
        "longer": lines.read_bytes() + sighting("mine", 1),
        "edited": lines.read_bytes().replace(b"@u3/", b"@U3/"),
        "another": b"".join(sighting("other", number) for number in range(3)),
    }[change]
    lines.write_bytes(changed)
    if change != "longer":
        there.run()
    before = (here / "runs.jsonlines").read_bytes()
    assert pull(server, there, here) == 1
    told = capsys.readouterr().err
    assert ("is longer here" in told) == (change == "longer")
    assert "INTO=another-folder" in told and "nothing is changed" in told
    assert lines.read_bytes() == changed and (here / "runs.jsonlines").read_bytes() == before


def test_lines_that_are_not_those_of_their_run_are_kept_aside(
    server: Server, there: Crawled, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = there.lines.read_bytes()
    bad = there.run(sha256="0" * 64)
    assert pull(server, there, here) == 1
    assert "run 20261129T000002Z-beef recorded bytes" in capsys.readouterr().err
    assert (here / "tiktoks.jsonlines").read_bytes() == good
    assert (here / "tiktoks.jsonlines.mismatch.torn").read_bytes() == bad
    assert pull(server, there, here) == 1, "it is told until it is seen to"
    assert pull(server, there, here, "--unverified") == 0
    assert same(there, here)
    there.run()
    assert pull(server, there, here) == 0


def test_what_was_forgotten_there_is_forgotten_here(
    server: Server, there: Crawled, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    there.run()
    assert pull(server, there, here) == 0
    there.forget(b"@u7/")
    there.run()
    assert pull(server, there, here) == 0
    told = capsys.readouterr().out
    assert "Generation 2 (forget) is in place (tiktoks.jsonlines with 58 lines instead of 40)" in told
    assert same(there, here)
    there.run()
    assert pull(server, there, here) == 0
    assert same(there, here)
    # The generation of another server would not be taken for one of this.
    (here / "runs.jsonlines").write_text('{"event": "start", "run": "mine"}\n')
    (here / "tiktoks.jsonlines").write_bytes(sighting("mine", 1))
    assert pull(server, there, here) == 1
    assert (here / "tiktoks.jsonlines").read_bytes() == sighting("mine", 1)


def test_what_was_forgotten_here_does_not_come_back(
    server: Server, there: Crawled, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert pull(server, there, here) == 0
    Crawled(here).forget(b"@u7/")
    there.run()
    before = (here / "tiktoks.jsonlines").read_bytes()
    assert pull(server, there, here) == 1
    assert "is at generation 2 (forget)" in capsys.readouterr().err
    assert (here / "tiktoks.jsonlines").read_bytes() == before


def test_a_generation_that_is_not_what_it_was_made_with_is_not_put_in_place(
    server: Server, there: Crawled, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert pull(server, there, here) == 0
    before = (here / "tiktoks.jsonlines").read_bytes()
    there.forget(b"@u7/")
    there.lines.write_bytes(there.lines.read_bytes().replace(b"@u5/", b"@u6/"))
    assert pull(server, there, here) == 1
    assert "generation 2 was made with" in capsys.readouterr().err
    assert (here / "tiktoks.jsonlines").read_bytes() == before


def test_a_host_key_that_is_unknown_or_another_is_told_with_what_to_do(
    server: Server, there: Crawled, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        server.know("other_key")
        assert pull(server, there, here) == 1
        told = capsys.readouterr().err
        assert "REMOTE HOST IDENTIFICATION HAS CHANGED" in told and "log in once by hand: ssh 127.0.0.1" in told
        server.known.write_text("")
        assert pull(server, there, here) == 1
        assert "the host's key is not known here" in capsys.readouterr().err
    finally:
        server.know()
    assert not (here / "tiktoks.jsonlines").exists()


def test_a_wrong_path_is_told_from_one_that_can_not_be_read(
    server: Server, there: Crawled, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (server.home / "empty").mkdir(exist_ok=True)
    for path, expected in (
        ("nowhere", "there is no folder 127.0.0.1:nowhere; a path without /"),
        ("empty", "has no tiktoks*.jsonlines"),
        (f"{there.path.name}/tiktoks.jsonlines", "is a file: name the folder"),
    ):
        assert main([f"127.0.0.1:{path}", "-o", str(here), "--ssh", server.ssh]) == 1
        assert expected in capsys.readouterr().err
    other = server.ssh.replace("/key ", "/other_key ")
    assert main([f"127.0.0.1:{there.path.name}", "-o", str(here), "--ssh", other]) == 1
    assert "Permission denied" in (told := capsys.readouterr().err) and "ssh-copy-id 127.0.0.1" in told
    assert main(["127.0.0.1:x", "-o", str(here), "--ssh", "no-such-ssh"]) == 1
    assert "there is no program no-such-ssh" in capsys.readouterr().err


def test_compressed_files_are_copied_whole_where_they_changed(server: Server, there: Crawled, here: Path) -> None:
    packed = there.path / "tiktoks-2025.jsonlines.gz"
    packed.write_bytes(gzip.compress(sighting("old", 1)))
    os.utime(packed, (1_700_000_000, 1_700_000_000))
    (there.path / "tiktoks-évasion.jsonlines").write_bytes(sighting("old", 2))
    (there.path / "secrets.txt").write_text("not asked for")
    assert pull(server, there, here) == 0
    copied = here / packed.name
    assert copied.read_bytes() == packed.read_bytes() and copied.stat().st_mtime == 1_700_000_000
    assert (here / "tiktoks-évasion.jsonlines").read_bytes() == sighting("old", 2)
    assert not (here / "secrets.txt").exists()
    packed.write_bytes(gzip.compress(sighting("old", 1) + sighting("old", 2)))
    assert pull(server, there, here) == 0
    assert copied.read_bytes() == packed.read_bytes()


def test_a_folder_of_this_machine_is_copied_with_what_else_a_crawl_keeps(
    there: Crawled, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (there.path / "raw").mkdir()
    (there.path / "raw" / "one.jsonlines.gz").write_bytes(b"replies")
    (there.path / "runs").mkdir()
    (there.path / "runs" / "profile").write_text("of a browser that still goes")
    (there.path / "cron.log").write_text("logged")
    assert main([str(there.path), "-o", str(here), "--all"]) == 0
    assert same(there, here)
    assert sorted(path.name for path in here.iterdir()) == [
        *(".pull", "cron.log", "raw", "runs.jsonlines", "tiktoks.jsonlines"),
    ]
    assert (here / "raw" / "one.jsonlines.gz").read_bytes() == b"replies"
    assert main([str(there.path), "-o", str(there.path)]) == 1
    assert "can't be copied into itself" in capsys.readouterr().err


def test_a_crawl_may_write_meanwhile(server: Server, there: Crawled, here: Path) -> None:
    writer = (
        "import sys, pathlib, time\n"
        "from tiktok_scraper.lines import LineFile\n"
        "with LineFile(pathlib.Path(sys.argv[1])) as file:\n"
        "    number = 0\n"
        "    while not pathlib.Path(sys.argv[2]).exists():\n"
        "        file.append({'scraped_at': 'now', 'number': number, 'x': 'x' * (number * 37 % 5000)})\n"
        "        number += 1\n"
        "        time.sleep(0.002)\n"
    )
    stop = here.parent / "stop"
    process = subprocess.Popen([sys.executable, "-c", writer, str(there.lines), str(stop)], cwd=ROOT)
    try:
        size = 0
        for _ in range(5):
            assert pull(server, there, here) == 0
            copied = (here / "tiktoks.jsonlines").read_bytes()
            assert copied.endswith(b"\n") and there.lines.read_bytes()[: len(copied)] == copied
            assert len(copied) >= size
            size = len(copied)
    finally:
        stop.touch()
        process.wait()
    assert pull(server, there, here) == 0
    assert same(there, here)
