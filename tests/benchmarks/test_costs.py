"""What a command took is told with all the processes below it, those that it left behind among them."""

from __future__ import annotations

import sys

import pytest

from benchmarks.costs import held, run

BUSY = "import time; ends = time.process_time() + {}\nwhile time.process_time() < ends: pass"


def test_the_processors_time_of_children_and_of_orphans_is_in_it() -> None:
    orphan = f"subprocess.Popen([sys.executable, '-c', {BUSY.format(0.4)!r}])"
    child = f"subprocess.run([sys.executable, '-c', {BUSY.format(0.3)!r}])"
    ran = run([sys.executable, "-c", f"import subprocess, sys; {orphan}; {child}; print('told')"])
    assert (ran.exit_code, ran.stdout, ran.stderr) == (0, "told\n", "")
    assert ran.cpu >= 0.7
    assert ran.seconds > 0


def test_another_child_of_this_process_is_not_in_it() -> None:
    import subprocess

    with subprocess.Popen([sys.executable, "-c", BUSY.format(1)]) as other:
        ran = run([sys.executable, "-c", "pass"])
        assert other.wait() == 0
    assert ran.cpu < 0.9


def test_memory_is_of_a_process_and_all_below_it() -> None:
    code = "import subprocess, sys; block = bytearray(60_000_000); "
    child = "subprocess.run([sys.executable, '-c', 'import time; block = bytearray(60_000_000); time.sleep(1.5)'])"
    ran = run([sys.executable, "-c", code + child])
    assert ran.memory > 110


def test_a_process_that_is_gone_holds_nothing() -> None:
    assert held(2**22 + 1) == 0


def test_what_hangs_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    import subprocess

    monkeypatch.setattr("benchmarks.costs.HANGS_AFTER_S", 0.1)
    with pytest.raises(subprocess.TimeoutExpired):
        run([sys.executable, "-c", "import time; time.sleep(600)"])
