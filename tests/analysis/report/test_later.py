"""What forks make stands in the page where it was asked for, whoever made it and whatever became of them."""

from __future__ import annotations

import errno
import os
import signal
import time
import weakref
from functools import partial
from pathlib import Path

import pytest

from analysis.report import later
from analysis.report.figures import Figures
from analysis.report.later import BATCH, Later, Workers, processors
from analysis.report.markup import Html, el, escaped
from analysis.terms.errors import BadArgument

HERE = os.getpid()


def page_of(workers: Workers, makes: list[Later[str]]) -> str:
    return workers.filled("|".join(made.text(lambda text: Html(escaped(text))) for made in makes))


def test_marks_are_filled_in_their_order_by_whoever_made_them() -> None:
    workers = Workers(3)
    makes = [workers.later(lambda n=n: f"{n}: {os.getpid() == HERE}") for n in range(2 * BATCH + 1)]
    told = page_of(workers, makes).split("|")
    assert [text.partition(":")[0] for text in told] == [str(n) for n in range(2 * BATCH + 1)]
    assert told[0].endswith("False"), "a fork makes the first"
    assert told[-1].endswith("True"), "the last is not worth a fork"


def test_who_has_nothing_left_to_do_makes_what_a_fork_has_not_come_to(tmp_path: Path) -> None:
    made_here = tmp_path / "made here"

    def first() -> str:  # goes on until the last but one is made, which so is not by this fork
        while os.getpid() != HERE and not made_here.exists():
            time.sleep(0.005)
        return str(os.getpid() == HERE)

    def second() -> str:
        made_here.touch()
        return str(os.getpid() == HERE)

    workers = Workers(2)
    makes = [workers.later(first), workers.later(second), *(workers.later(str) for _ in range(BATCH - 2))]
    assert page_of(workers, makes) == "False|True" + "|" * (BATCH - 2)
    assert not workers._forks


def test_one_process_makes_all_at_once() -> None:
    workers = Workers()
    assert workers.later(os.getpid).text(lambda pid: el("b", str(pid))) == f"<b>{HERE}</b>"


def test_what_kills_a_fork_is_made_here() -> None:
    def fatal() -> str:
        if os.getpid() != HERE:
            os.kill(os.getpid(), signal.SIGKILL)
        return "made"

    workers = Workers(2)
    assert page_of(workers, [workers.later(fatal) for _ in range(BATCH)]) == "|".join(["made"] * BATCH)


def test_what_hangs_in_a_fork_is_killed_and_made_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(later, "HANGS_AFTER_S", 0.2)

    def hangs() -> str:
        while os.getpid() != HERE:
            time.sleep(1)
        return "made"

    workers = Workers(2)
    makes = [workers.later(hangs) for _ in range(BATCH)]
    (fork,) = workers._forks
    assert page_of(workers, makes) == "|".join(["made"] * BATCH)
    with pytest.raises(ProcessLookupError):
        os.kill(fork.pid, 0)


def test_what_fails_in_a_fork_fails_here_under_its_own_name() -> None:
    def fails() -> str:
        raise ZeroDivisionError("by its own fault")

    workers = Workers(2)
    makes = [workers.later(fails) for _ in range(BATCH)]
    with pytest.raises(ZeroDivisionError, match="by its own fault"):
        page_of(workers, makes)


@pytest.mark.parametrize("processes", [1, 2])
def test_a_picture_that_data_do_not_allow_says_so_whoever_draws_it(processes: int) -> None:
    def refused(*_: object) -> Html:
        raise BadArgument(expected="1 bin or more", found="<0>", where="bins", next_step="name a number")

    workers = Workers(processes)
    figures = Figures(workers=workers, paint=refused)
    page = workers.filled("".join(figures(lambda *_: None, alt="a", caption="c") for _ in range(BATCH)))
    assert page.count("Not drawn: it needs 1 bin or more; found: &lt;0&gt;.") == BATCH


@pytest.mark.parametrize("what", ["tempfile.TemporaryFile", "os.fork"])
def test_without_room_for_a_fork_all_is_made_here(monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOMEM, os.strerror(errno.ENOMEM))

    monkeypatch.setattr(what, full)
    workers = Workers(2)
    makes = [workers.later(lambda: f"{os.getpid() == HERE}") for _ in range(2 * BATCH)]
    assert page_of(workers, makes) == "|".join(["True"] * 2 * BATCH)


def test_where_children_are_reaped_by_the_system_all_is_made_here_again() -> None:
    before = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    try:
        workers = Workers(2)
        makes = [workers.later(lambda: "made") for _ in range(BATCH)]
        assert page_of(workers, makes) == "|".join(["made"] * BATCH)
        hangs = [workers.later(lambda: time.sleep(60)) for _ in range(BATCH)]
        workers.close()
        assert len(hangs) == BATCH
    finally:
        signal.signal(signal.SIGCHLD, before)


def test_what_was_made_holds_its_data_no_longer() -> None:
    class Data:
        pass

    for processes in (1, 2):
        workers = Workers(processes)
        frames = [Data() for _ in range(BATCH)]
        gone = [weakref.ref(frame) for frame in frames]
        makes = [workers.later(partial(str, frame)) for frame in frames]
        del frames
        page_of(workers, makes)
        assert [ref() for ref in gone] == [None] * BATCH


def test_no_text_of_the_data_is_taken_for_a_mark() -> None:
    workers = Workers(2)
    makes = [workers.later(lambda: "\x020\x03") for _ in range(BATCH)]
    assert page_of(workers, makes) == "|".join(["\ufffd0\ufffd"] * BATCH)


def test_beside_threads_nothing_is_forked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("threading.active_count", lambda: 2)
    assert processors() == 1
