"""`make timer` and `make untimer`, by a systemctl that stands in; what is written is read by systemd itself."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.tools.hourly.test_crontab import Machine
from tiktok_scraper.runs.hours.attempts import read_attempts
from tools.hourly.units import SERVICE, TIMER, calendars, exec_start, runs, service

# As the real one says where no systemd of the user's runs.
SYSTEMCTL = """#!/bin/sh
[ ! -f "$0.failing" ] || { echo "Failed to connect to bus: No medium found" >&2; exit 1; }
echo "$*" >>"$0.asked"
"""


class Timed(Machine):
    """A machine with a systemctl as well, and a folder for the user's units."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.systemctl = self.program.with_name("systemctl")
        self.systemctl.write_text(SYSTEMCTL)
        self.systemctl.chmod(0o755)
        self.units = folder / "config" / "systemd" / "user"

    def make(self, *words: str) -> subprocess.CompletedProcess[str]:
        return super().make(*words, f"XDG_CONFIG_HOME={self.units.parents[1]}")

    def asked(self) -> list[str]:
        asked = self.systemctl.with_name("systemctl.asked")
        return asked.read_text().splitlines() if asked.exists() else []


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Timed:
    timed = Timed(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(timed.units.parents[1]))
    return timed


def job(machine: Timed) -> Path:
    return machine.checkout / "tiktok_scraper.cron"


def test_it_comes_and_goes_twice_without_harm(machine: Timed) -> None:
    machine.units.mkdir(parents=True)
    (machine.units / "other.timer").write_text("[Timer]\n")
    for _ in range(2):
        done = machine.make("timer")
        assert done.returncode == 0, done.stderr
        assert "loginctl enable-linger" in done.stdout
        assert runs((machine.units / SERVICE).read_text(), job(machine))
    assert machine.asked() == ["--user daemon-reload", f"--user enable --now {TIMER}"] * 2
    for _ in range(2):
        assert machine.make("untimer").returncode == 0
    assert [path.name for path in machine.units.iterdir()] == ["other.timer"]
    assert machine.asked()[4:] == [f"--user disable --now {TIMER}", "--user daemon-reload"]
    notes = read_attempts(machine.checkout / "runs" / "attempts")
    assert [note.outcome for note in notes] == ["scheduled", "unscheduled"]


def test_what_its_user_changed_stays(machine: Timed) -> None:
    machine.make("timer")
    own = (machine.units / SERVICE).read_text().replace('.cron"', '.cron" -a limit=50')
    (machine.units / SERVICE).write_text(own)
    (machine.units / TIMER).write_text("[Timer]\nOnCalendar=daily\n")
    done = machine.make("timer")
    assert done.returncode == 0 and "stays as it is" in done.stdout
    assert (machine.units / SERVICE).read_text() == own
    assert machine.make("untimer").returncode == 0


def test_without_a_systemd_of_the_user_it_says_what_to_type(machine: Timed) -> None:
    machine.systemctl.with_name("systemctl.failing").touch()
    done = machine.make("timer")
    assert done.returncode != 0
    assert "No medium found" in done.stdout
    assert f"  systemctl --user daemon-reload\n  systemctl --user enable --now {TIMER}\n" in done.stdout
    assert (machine.units / TIMER).exists()
    done = machine.make("untimer")
    assert done.returncode != 0 and f"  systemctl --user stop {TIMER}\n" in done.stdout
    assert not (machine.units / TIMER).exists() and not (machine.units / SERVICE).exists()


def test_crontab_and_timer_are_not_had_together(machine: Timed) -> None:
    assert machine.make("cron").returncode == 0
    done = machine.make("timer")
    assert done.returncode != 0 and "each would end the other's run" in done.stderr and "make uncron" in done.stderr
    assert not machine.units.exists()
    machine.make("uncron")
    assert machine.make("timer").returncode == 0
    before = machine.crontab.read_bytes()
    done = machine.make("cron")
    assert done.returncode != 0 and "make untimer" in done.stderr
    assert machine.crontab.read_bytes() == before


@pytest.mark.parametrize("word", ["timer", "untimer"])
def test_another_checkouts_units_stay(machine: Timed, word: str) -> None:
    machine.units.mkdir(parents=True)
    others = service(Path("/srv/other/tiktok_scraper.cron"))
    (machine.units / SERVICE).write_text(others)
    done = machine.make(word)
    assert done.returncode != 0
    assert "not of this checkout" in done.stderr and "/srv/other/tiktok_scraper.cron" in done.stderr
    assert (machine.units / SERVICE).read_text() == others
    assert machine.asked() == []


def test_a_later_schedule_takes_the_place_of_one_before_an_empty_one() -> None:
    timer, drop_in = "[Timer]\nOnCalendar=hourly\n#OnCalendar=daily\n", "[Timer]\nOnCalendar=\nOnCalendar = *:30\n"
    assert calendars([timer]) == ["hourly"]
    assert calendars([timer, drop_in]) == ["*:30"]


ODD = r"""/srv/it's 100% "my" \back/x"""


def test_only_the_whole_path_is_the_jobs() -> None:
    assert runs(f"{exec_start(Path(ODD))} -a limit=5\n", Path(ODD))
    assert not runs(service(Path(ODD)), Path("/srv/it's"))
    assert "$$HOME" in exec_start(Path("/srv/$HOME"))


def verified(folder: Path) -> str:
    """What systemd says of the two units in *folder*; "" where it has nothing against them."""
    done = subprocess.run(
        ["systemd-analyze", "--user", "verify", folder / SERVICE, folder / TIMER],
        env={**os.environ, "XDG_RUNTIME_DIR": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    # It looks at the machine's own units as well, with which something may be wrong.
    told = (done.stderr + done.stdout).splitlines()
    return "\n".join(line for line in told if SERVICE in line or TIMER in line)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd-analyze, of the package systemd")
def test_systemd_reads_the_units_and_the_path_as_they_are_meant(machine: Timed) -> None:
    machine.make("timer")
    assert verified(machine.units) == ""
    unit = machine.units / SERVICE
    unit.write_text(unit.read_text().replace("Nice=10", "Nice=low"))
    assert "Failed to parse nice priority" in verified(machine.units), "it would have told"
    # Of a program's own path it says how it read it, because it takes no such one.
    unit.write_text("[Service]\n" + exec_start(Path(ODD)).replace("/bin/sh ", "") + "\n")
    found = re.search(r"Executable name contains special characters: (.*)", verified(machine.units))
    assert found is not None and found[1] == ODD
