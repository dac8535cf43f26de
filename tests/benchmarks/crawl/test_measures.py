"""The bench's arithmetic and its printed page, from made-up measurements: no timing is tested here."""

from __future__ import annotations

import dataclasses
import socket
import threading

import pytest

from benchmarks.crawl.measures import Cost, Measured, Paced, Stalls, Stopped, Timed, middle, ratio, saving, walk_ratio
from benchmarks.crawl.ours import Crawled
from benchmarks.crawl.table import page
from benchmarks.crawl.targets import verdicts
from benchmarks.crawl.traffic import CountingProxy


def timed(whole: float, walk: float, tiktoks: int = 100, cost: Cost | None = None, **told: int) -> Timed:
    values = {"asked": tiktoks, "tiktoks": tiktoks, "creators": 90, "told": 90, "cards": 0, **told}
    return Timed(whole=whole, walk=walk, cost=cost or Cost(400, 6, 450, 250, 2_000_000), **values)


def made_up(**speeds: tuple[Timed, ...]) -> Measured:
    """A run of the bench that met every target, but for *speeds*."""
    return Measured(
        speeds={
            "2022": (timed(24, 23, tiktoks=10, cards=10),),  # 231 s for 100
            "2022-stays": (timed(15, 14, tiktoks=10, cards=10),),
            "playwright-replies": (timed(14, 9, cost=Cost(None, 9, 600, 250, 2_000_000)),),
            "playwright-details": (timed(44, 40, cost=Cost(4000, 20, 600)),),
            "needed": (timed(9, 6), timed(8, 5), timed(30, 25)),
            "always": (timed(20, 17, cards=90),),
            "floor": (timed(7.5, 5, told=0, collects=False),),
            "floor-sent": (timed(17, 15),),
            **{name.replace("_", "-"): tries for name, tries in speeds.items()},
        },
        left_out={"firefox": "Firefox or geckodriver is not installed"},
        paced={
            "blocked": Paced(1, 20, (1.0, 1.02, 0.99), 1_000_000),
            "loaded": Paced(1, 20, (1.03, 1.05), 5_000_000),
        },
        stops=(Stopped("in a pace", 0.5, 6, 0), Stopped("in a step", 1.25, 7, 0), Stopped("in a step", 0.75, 7, 0)),
        stalls=Stalls(0.02, 4321, 0.123),
    )


def paced(media: str, told: Paced) -> Measured:
    return dataclasses.replace(made_up(), paced={**made_up().paced, media: told})


def missed(measured: Measured) -> list[str]:
    return [verdict.promise for verdict in verdicts(measured) if not verdict.met]


def test_a_shorter_walk_counts_as_if_it_were_of_100_and_its_start_counts_once() -> None:
    assert timed(60, 50, tiktoks=25).whole_of() == pytest.approx(10 + 200)
    assert ratio(timed(60, 50, tiktoks=25), timed(12, 8)) == pytest.approx(210 / 12)
    assert walk_ratio(timed(60, 50, tiktoks=25), timed(12, 8)) == pytest.approx(200 / 8)


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
        (made_up(needed=(timed(9.3, 6),)), "needed: at least 25"),  # 231 / 9.3 is less than 25
        (made_up(always=(timed(21.1, 18),)), "always: at least 11"),  # 231 / 21.1 is less than 11
        (made_up(floor=(timed(7.1, 5),)), "needed: within 1.25"),  # 9 / 7.1 is more than that
        (made_up(floor_sent=(timed(15.9, 15),)), "always: within 1.25"),
        (made_up(playwright_replies=(timed(8.9, 6, cost=Cost(None, 9, 600)),)), "needed: ahead of"),
        (made_up(playwright_details=(timed(44, 40, cost=Cost(4000, 5, 600)),)), "always: ahead of"),
        (made_up(playwright_details=(timed(44, 40, cost=Cost(4000, 20, 400)),)), "always: ahead of"),
        (made_up(always=(timed(20, 17, told=89),)), "every TikTok and every creator"),
        (made_up(needed=(timed(8, 5), timed(9, 6, tiktoks=99, asked=100))), "every TikTok and every creator"),
        (made_up(**{"2022-stays": (timed(15, 14, tiktoks=10, told=1),)}), "every TikTok and every creator"),
        (paced("blocked", Paced(1, 20, (1.0, 1.1, 0.94), 1_000_000)), "a pace of 1 s holds"),
        (paced("blocked", Paced(1, 20, (0.97, 0.97), 1_000_000)), "a pace of 1 s holds"),
        (paced("loaded", Paced(1, 20, (1.2, 1.2), 5_000_000)), "a pace of 1 s holds with media"),
        (paced("loaded", Paced(1, 1, (), 5_000_000)), "a pace of 1 s holds with media"),
        (paced("loaded", Paced(1, 20, (1.0,), 1_000_000)), "blocking media saves"),
        (dataclasses.replace(made_up(), stalls=Stalls(0.02, 4321, 0.5)), "the event loop"),
        (
            dataclasses.replace(made_up(), stalls=Stalls(0.02, 0, 0.0)),
            "the event loop",
        ),  # none was measured
        (dataclasses.replace(made_up(), stops=(Stopped("in a pace", 2.1, 6, 0),)), "SIGTERM ends"),
        (dataclasses.replace(made_up(), stops=(Stopped("in a pace", 0.5, 6, 1),)), "SIGTERM loses"),
        (
            dataclasses.replace(
                made_up(), stops=(Stopped("in a pace", 0.5, 6, 0), Stopped("in a step", 0.5, 6, 0, False))
            ),
            "SIGTERM loses",
        ),
    ],
)
def test_a_target_that_was_missed_is_named(worse: Measured, promise: str) -> None:
    found = missed(worse)
    assert len(found) == 1
    assert found[0].startswith(promise)


def test_a_bench_that_stopped_nothing_kept_no_promise_about_stopping() -> None:
    found = missed(dataclasses.replace(made_up(), stops=(Stopped("in a step", 0.0, 6, 0, as_meant=False),)))
    assert found == ["SIGTERM ends a run within 2 s", "SIGTERM loses no TikTok"]


def test_a_walk_that_asks_for_no_creator_is_complete_without_them() -> None:
    assert timed(7, 5, told=0, collects=False).complete
    assert not timed(7, 5, told=0).complete
    assert not timed(7, 5, asked=100, tiktoks=99, told=0, collects=False).complete


def test_the_page_shows_each_part_with_its_figures() -> None:
    shown = page(made_up(), {"machine": "two cores", "load": "0.10"})
    rows = [line.split("  ") for line in shown.splitlines()]
    cells = [[cell.strip() for cell in row if cell.strip()] for row in rows]
    assert ["machine:", "two cores"] in cells
    assert ["2022", "2022 method", "10 of 10", "90 of 90", "24.0", "24.0", "23.0", "231.0"] in cells
    needed = "ours, needed (told with the TikTok)"
    assert ["needed", needed, "100 of 100", "90 of 90", "9.0", "8.0, 9.0, 30.0", "6.0", "9.0"] in cells
    assert ["floor", "floor, stepped", "100 of 100", "-", "7.5", "7.5", "5.0", "7.5"] in cells
    assert ["needed", "4.0", "6.0", "60", "450", "2.5", "20"] in cells
    assert ["playwright-replies", "-", "9.0", "90", "600", "2.5", "20"] in cells
    # Over its floor, then what others take: 231, 141, 14 and 44 s to 9.
    assert ["needed", "1.20", "1.20", "25.7", "15.7", "1.6", "4.9"] in cells
    assert "left out: ours, needed, Firefox: Firefox or geckodriver is not installed" in shown
    assert ["1 s", "loaded", "20", "1.040", "1.030", "5,000,000", "250,000"] in cells
    assert ["in a step", "2", "0.75, 1.25", "1.00", "14", "0", "2 of 2"] in cells
    assert "Blocking media saved 4,000,000 bytes, 80%." in shown
    assert "4,321 ticks, longest stall 123 ms" in shown


def test_what_was_not_run_is_neither_shown_nor_judged() -> None:
    told = Measured(speeds={"needed": (timed(9, 6),)})
    assert [verdict.promise for verdict in verdicts(told)] == [
        "every TikTok and every creator that was asked for obtained, on all sides"
    ]
    shown = page(told, {"machine": "two cores"})
    assert all(part not in shown for part in ("2022", "pace", "SIGTERM", "Event loop"))


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
        cost=Cost(40, 6.5, 400),
    )
    walked = Timed(asked=3, tiktoks=2, creators=2, told=1, cards=2, whole=12.5, walk=7.0, cost=Cost(40, 6.5, 400))
    assert crawled.timed(3) == walked
    assert crawled.timed(3, collects=False) == dataclasses.replace(walked, collects=False)
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
