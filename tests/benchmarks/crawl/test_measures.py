"""The bench's arithmetic and its printed page, from made-up measurements: no timing is tested here."""

from __future__ import annotations

import dataclasses
import socket
import threading

import pytest

from benchmarks.crawl.measures import Measured, Paced, Stalls, Stopped, Timed, middle, ratio, saving, walk_ratio
from benchmarks.crawl.ours import Crawled
from benchmarks.crawl.table import page
from benchmarks.crawl.targets import verdicts
from benchmarks.crawl.traffic import CountingProxy


def timed(whole: float, walk: float, tiktoks: int = 100, **told: int) -> Timed:
    values = {"asked": tiktoks, "tiktoks": tiktoks, "creators": 90, "told": 90, "cards": 0, **told}
    return Timed(whole=whole, walk=walk, **values)


def made_up() -> Measured:
    """A run of the bench that met every target."""
    return Measured(
        peer=timed(240, 230, cards=100),
        peer_stays=timed(45, 42, tiktoks=30, cards=30),
        needed=(timed(9, 6), timed(8, 5), timed(30, 25)),
        always=(timed(24, 20, cards=90),),
        blocked=Paced(1, 20, (1.0, 1.02, 0.99), 1_000_000),
        loaded=Paced(1, 20, (1.03, 1.05), 5_000_000),
        stops=(Stopped("in a pace", 0.5, 6, 0), Stopped("in a step", 1.25, 7, 0), Stopped("in a step", 0.75, 7, 0)),
        stalls=Stalls(0.02, 4321, 0.123),
    )


def missed(measured: Measured) -> list[str]:
    return [verdict.promise for verdict in verdicts(measured) if not verdict.met]


def test_the_ratio_is_of_seconds_per_tiktok_so_that_a_shorter_peer_will_do() -> None:
    assert ratio(timed(60, 50, tiktoks=25), timed(12, 8, tiktoks=100)) == pytest.approx((60 / 25) / (12 / 100))
    assert walk_ratio(timed(60, 50, tiktoks=25), timed(12, 8, tiktoks=100)) == pytest.approx((50 / 25) / (8 / 100))


def test_the_middle_of_three_tries_counts_and_the_slower_of_two() -> None:
    assert middle((timed(9, 6), timed(8, 5), timed(30, 25))).whole == 9
    assert middle((timed(8, 5), timed(9, 6))).whole == 9


def test_bytes_saved_are_a_share_of_those_loaded() -> None:
    assert saving(5_000_000, 1_000_000) == pytest.approx(0.8)
    assert saving(0, 0) == 0


def test_every_target_of_a_good_run_is_met() -> None:
    assert missed(made_up()) == []
    assert page(made_up(), {"machine": "two cores"}).endswith("every target met\n")


@pytest.mark.parametrize(
    ("worse", "promise"),
    [
        ({"needed": (timed(12.1, 11),)}, "no card needed"),  # 240 / 12.1 is less than 20
        ({"always": (timed(30.1, 29),)}, "every creator asked for"),  # 240 / 30.1 is less than 8
        ({"always": (timed(24, 20, told=89),)}, "every TikTok and every creator"),
        ({"needed": (timed(8, 5), timed(9, 6, tiktoks=99, asked=100))}, "every TikTok and every creator"),
        ({"peer_stays": timed(45, 42, tiktoks=30, told=1)}, "every TikTok and every creator"),
        ({"blocked": Paced(1, 20, (1.0, 1.1, 0.94), 1_000_000)}, "a pace of 1 s holds"),
        ({"blocked": Paced(1, 20, (0.97, 0.97), 1_000_000)}, "a pace of 1 s holds"),
        ({"loaded": Paced(1, 20, (1.2, 1.2), 5_000_000)}, "a pace of 1 s holds with media"),
        ({"loaded": Paced(1, 1, (), 5_000_000)}, "a pace of 1 s holds with media"),
        ({"loaded": Paced(1, 20, (1.0,), 1_000_000)}, "blocking media saves"),
        ({"stalls": Stalls(0.02, 4321, 0.5)}, "the event loop"),
        ({"stalls": Stalls(0.02, 0, 0.0)}, "the event loop"),  # nothing measured is nothing met
        ({"stops": (Stopped("in a pace", 2.1, 6, 0),)}, "SIGTERM ends"),
        ({"stops": (Stopped("in a pace", 0.5, 6, 1),)}, "SIGTERM loses"),
        ({"stops": (Stopped("in a pace", 0.5, 6, 0), Stopped("in a step", 0.5, 6, 0, False))}, "SIGTERM loses"),
    ],
)
def test_a_target_that_was_missed_is_named(worse: dict[str, object], promise: str) -> None:
    found = missed(dataclasses.replace(made_up(), **worse))  # type: ignore[arg-type]
    assert len(found) == 1
    assert found[0].startswith(promise)


def test_a_bench_that_stopped_nothing_kept_no_promise_about_stopping() -> None:
    found = missed(dataclasses.replace(made_up(), stops=(Stopped("in a step", 0.0, 6, 0, as_meant=False),)))
    assert found == ["SIGTERM ends a run within 2 s", "SIGTERM loses no TikTok"]


def test_the_page_shows_each_part_with_its_figures() -> None:
    shown = page(made_up(), {"machine": "two cores", "load": "0.10"})
    rows = [line.split("  ") for line in shown.splitlines()]
    cells = [[cell.strip() for cell in row if cell.strip()] for row in rows]
    assert ["machine:", "two cores"] in cells
    assert ["2022 method", "100 of 100", "90 of 90", "100", "240.0", "230.0", "2.400", "1", "1"] in cells
    assert [
        "ours, needed (no card needed)",
        "100 of 100",
        "90 of 90",
        "0",
        "9.0",
        "6.0",
        "0.090",
        "26.7",
        "38.3",
    ] in cells
    assert ["1 s", "loaded", "20", "1.040", "1.030", "5,000,000", "250,000"] in cells
    assert ["in a step", "2", "0.75, 1.25", "1.00", "14", "0", "2 of 2"] in cells
    assert "Blocking media saved 4,000,000 bytes, 80%." in shown
    assert "4,321 ticks, longest stall 123 ms" in shown
    assert "whole seconds of each: needed 8.0, 9.0, 30.0; always 24.0" in shown
    # 45 s for 30 is 1.5 s a TikTok, against 0.09 and 0.24.
    assert "left on the name: 16.7 (needed), 6.2 (always) times faster" in shown


def test_a_run_without_the_second_peer_says_nothing_of_it() -> None:
    assert "left on the name" not in page(dataclasses.replace(made_up(), peer_stays=None), {"machine": "two cores"})


def test_a_crawl_is_timed_from_its_lines_and_what_was_seen_within() -> None:
    def line(id: str, second: int, user: str, followers: int | None) -> dict[str, object]:
        shown = f"2026-01-01T00:00:{second:02d}.000+00:00"
        return {"id": id, "shown_at": shown, "username": user, "user_followers": followers, "user_likes": 0}

    crawled = Crawled(
        started=100.0,
        ended=112.5,
        exit_code=0,
        lines=(line("1", 4, "a", 1), line("2", 3, "b", None), line("1", 5, "a", 1)),
        end={"creators_asked": 2},
        seen=({"ticks": 7, "longest": 0.25, "last_item": 1767225610.0},),  # 2026-01-01T00:00:10Z
    )
    assert crawled.timed(3) == Timed(asked=3, tiktoks=2, creators=2, told=1, cards=2, whole=12.5, walk=7.0)
    assert crawled.stalls() == Stalls(0.02, 7, 0.25)


def test_the_proxy_passes_a_reply_on_and_counts_its_bytes() -> None:
    reply = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"
    with socket.create_server(("127.0.0.1", 0)) as server, CountingProxy() as proxy:
        port = server.getsockname()[1]

        def answer() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(1000)
                connection.sendall(reply)

        answering = threading.Thread(target=answer)
        answering.start()
        got = ask(proxy, f"http://127.0.0.1:{port}/")
        answering.join(10)
        assert got == reply
        assert proxy.received == len(reply)


def test_the_proxy_refuses_what_is_not_on_this_machine() -> None:
    with CountingProxy() as proxy:
        assert ask(proxy, "http://example.org/").startswith(b"HTTP/1.1 502 ")
        assert proxy.received == 0


def ask(proxy: CountingProxy, url: str) -> bytes:
    port = int(proxy.arguments[0].rsplit(":", 1)[1])
    with socket.create_connection(("127.0.0.1", port), timeout=10) as client:
        client.sendall(f"GET {url} HTTP/1.1\r\nHost: here\r\n\r\n".encode())
        client.shutdown(socket.SHUT_WR)
        got = b""
        while chunk := client.recv(1000):
            got += chunk
    return got
