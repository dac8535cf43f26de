"""What a fork reads while something else is done is what would have been read here."""

from __future__ import annotations

import errno
import os
import signal
import time
from pathlib import Path

import pytest

from analysis.commands import aside
from analysis.commands.aside import read_while
from analysis.terms.errors import NoFile

HERE = os.getpid()


def where() -> str:
    return "here" if os.getpid() == HERE else "in a fork"


@pytest.fixture(autouse=True)
def two_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aside, "processors", lambda: 2)


def test_both_go_on_at_once(tmp_path: Path) -> None:
    met = tmp_path / "met"

    def read() -> str:
        while not met.exists():
            time.sleep(0.005)
        return where()

    assert read_while(read, met.touch) == "in a fork"


def test_a_refusal_of_the_reading_is_raised_here() -> None:
    def read() -> str:
        raise NoFile(expected="a file", found=where(), where="there", next_step="name one")

    with pytest.raises(NoFile, match="in a fork"):
        read_while(read, lambda: None)


def test_what_fails_or_dies_in_the_fork_is_read_here() -> None:
    def dies() -> str:
        if os.getpid() != HERE:
            os.kill(os.getpid(), signal.SIGKILL)
        return where()

    def fails() -> str:
        raise ZeroDivisionError(where())

    assert read_while(dies, lambda: None) == "here"
    with pytest.raises(ZeroDivisionError, match="here"):
        read_while(fails, lambda: None)


@pytest.mark.parametrize("what", ["tempfile.TemporaryFile", "os.fork"])
def test_without_room_for_a_fork_it_is_read_here(monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOMEM, os.strerror(errno.ENOMEM))

    monkeypatch.setattr(what, full)
    done: list[str] = []
    assert read_while(where, lambda: done.append("meanwhile")) == "here"
    assert done == ["meanwhile"]


def test_on_one_processor_it_is_read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aside, "processors", lambda: 1)
    assert read_while(where, lambda: None) == "here"


def test_where_what_was_to_be_done_meanwhile_fails_the_fork_is_waited_for(tmp_path: Path) -> None:
    def read() -> None:
        time.sleep(0.3)
        (tmp_path / "read").touch()

    with pytest.raises(ImportError):
        read_while(read, lambda: (_ for _ in ()).throw(ImportError("gone")))
    assert (tmp_path / "read").exists()
