"""Which crontab lines are ours, and which are not."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tools.hourly.line import Checkout, Found, commands

PLAIN = Path("/srv/tiktok/tiktok_scraper.cron")
ODD = Path("/srv/it's 50% done/tiktok_scraper.cron")
OURS = b"'/srv/tiktok/tiktok_scraper.cron'"


@pytest.mark.parametrize(
    "line",
    [
        b"0 * * * * " + OURS + b"\n",
        b"0 */2 * * * " + OURS + b" -a limit=50 -s TIKTOK_DATA_DIR=/data\n",
        b"\t5,35 0-12 * jan mon-fri  " + OURS + b"\r\n",
        b"@hourly " + OURS,
        b"0 * * * * /srv/tiktok/tiktok_scraper.cron >/dev/null 2>&1\n",
        b"0 * * * * LANG=C nice -n 19 " + OURS + b"\n",
        b"0 * * * * cd /srv/tiktok && ./tiktok_scraper.cron -a limit=5\n",
        b"0 * * * * sleep 20; " + OURS + b" 2>&1 | logger -t tiktok\n",
        b"0 * * * * " + OURS + b" % what the job reads; no command\n",
    ],
)
def test_a_line_that_runs_the_job_alone_is_ours(line: bytes) -> None:
    assert Checkout(PLAIN).look(line) is Found.ALONE


@pytest.mark.parametrize(
    "line",
    [b"0 * * * * " + OURS + b"; /home/me/backup.sh\n", b"0 * * * * /home/me/backup.sh && " + OURS + b" -a limit=5\n"],
)
def test_a_line_that_does_more_is_told_apart(line: bytes) -> None:
    assert Checkout(PLAIN).look(line) is Found.WITH_OTHERS


@pytest.mark.parametrize(
    "line",
    [
        b"# 0 * * * * " + OURS + b"\n",
        b"5 4 * * * /home/me/backup.sh\n",
        b"5 4 * * * cp " + OURS + b" /backup\n",
        b"0 * * * * /srv/other/tiktok_scraper.cron\n",
        b"0 * * * * /srv/tiktok/tiktok_scraper.cron.old\n",
        b"0 * * * * echo 'never closed " + OURS + b"\n",
        b"JOB='/srv/tiktok/tiktok_scraper.cron'\n",
        b"MAILTO = me@example.org\n",
        b"\n",
    ],
)
def test_any_other_line_is_not_ours(line: bytes) -> None:
    assert Checkout(PLAIN).look(line) is None


def test_a_job_that_is_called_by_a_link_is_ours(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    job = tmp_path / "real" / PLAIN.name
    job.touch()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert Checkout(job).look(f"0 * * * * {tmp_path}/link/{PLAIN.name}\n".encode()) is Found.ALONE


def test_a_path_with_a_quote_and_a_percent_sign_is_read_by_cron_and_shell_as_it_is() -> None:
    command = Checkout(ODD).command()
    # Cron takes the backslash from an escaped percent sign and ends the command at any other.
    assert b"%" not in command.replace(b"\\%", b"")
    shell = command.replace(b"\\%", b"%").decode()
    echoed = subprocess.run(["sh", "-c", f"printf %s {shell}"], capture_output=True, text=True, check=True).stdout
    assert echoed == str(ODD)
    assert Checkout(ODD).look(b"0 * * * * " + command + b" -a limit=5\n") is Found.ALONE


def test_a_line_as_it_was_spelled_before_is_broken_and_mended_with_its_arguments() -> None:
    old = f"0 */2 * * * '{ODD}' -a limit=5\n".encode()
    assert Checkout(ODD).look(old) is Found.BROKEN
    mended = Checkout(ODD).mended(old)
    assert mended == b"0 */2 * * * '/srv/it'\\''s 50\\% done/tiktok_scraper.cron' -a limit=5\n"
    assert Checkout(ODD).look(mended) is Found.ALONE


def test_a_job_that_is_not_there_any_more_is_told(tmp_path: Path) -> None:
    old = f"0 * * * * '{tmp_path}/moved/tiktok_scraper.cron'\n".encode()
    assert Checkout(PLAIN).gone([old, b"0 * * * * /bin/true\n"]) == [old]


def test_a_relative_job_belongs_to_the_folder_that_the_line_changes_to() -> None:
    told = commands(b"cd /one; ./tiktok_scraper.cron && cd ../two && tiktok_scraper.cron", "tiktok_scraper.cron")
    assert told.jobs == ["/one/tiktok_scraper.cron", "/two/tiktok_scraper.cron"]
