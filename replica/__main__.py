"""python -m replica serve | history: the replica, and a history of its world, from the command line."""

from __future__ import annotations

import argparse
import asyncio
import signal
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any

from replica import options as choices
from replica.history import write as history
from replica.history.pieces import processors
from replica.history.plan import VISITS, ZEROS, Plan
from replica.options import Options, typed_path
from replica.unruly import HELP, RATES, TAME, Unruly


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; the exit code."""
    told = vars(_parser().parse_args(arguments))
    return _history(told) if told.pop("command") == "history" else _served(told)


def _history(told: dict[str, Any]) -> int:
    directory, now = told.pop("into"), told.pop("now")
    try:
        if now is not None and now.tzinfo is None:
            raise ValueError(f"--now needs an offset, such as {datetime.now(UTC).isoformat()}; not {now}")
        visits = told.pop("visits") or ("hourly" if told["tame"] else VISITS[0])
        unruly = _unruly(told) or Unruly()
        at = time.time() if now is None else now.timestamp()
        plan = Plan(now=float(int(at)), **told, visits=visits, unruly=unruly)
        counted = history.write(plan, directory, processes=processors())
    except (OSError, RuntimeError, ValueError) as error:
        print(f"replica: {error}", file=sys.stderr)
        return 1
    for name, count in counted.items():
        print(f"{directory / name}: {count:,} lines, simulated" if count else f"{directory / name}: none in schema 1")
    return 0


def _served(told: dict[str, Any]) -> int:
    try:
        obstacle, at = _obstacle(told.pop("obstacle"))
        options = Options(
            unruly=_unruly(told),
            **{name: value for name, value in told.items() if name in {f.name for f in fields(Options)}},
            obstacle=obstacle,
            obstacle_at=at,
        )
    except ValueError as error:
        print(f"replica: {error}", file=sys.stderr)
        return 1
    try:
        asyncio.run(_serve(options))
    except (OSError, ValueError) as error:
        print(f"replica: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0
    return 0


def _obstacle(told: str | None) -> tuple[str | None, int | None]:
    """NAME[@K] -> name and K."""
    name, _, at = (told or "").partition("@")
    if at and not at.isdecimal():
        raise ValueError(f"--obstacle NAME@K: K must be a whole number; not {told!r}")
    return choices.ALSO_NAMED.get(name, name) or None, int(at) if at else None


async def _serve(options: Options) -> None:
    from replica.serving.server import Running  # noqa: PLC0415  # a history needs no web server, which takes a second

    ended = asyncio.Event()
    with suppress(NotImplementedError):  # on Windows, where Ctrl-C interrupts what is waited for
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, ended.set)
    running = Running(options)
    await running.start()
    print(running.url, flush=True)
    await ended.wait()
    await running.stop()


def moment(told: str) -> datetime:
    """The time that an option names."""
    try:
        return datetime.fromisoformat(told)
    except ValueError:
        wanted = datetime.now(UTC).isoformat(timespec="seconds")
        raise argparse.ArgumentTypeError(f"must be ISO 8601 with an offset, such as {wanted}; not {told!r}") from None


def _parser() -> argparse.ArgumentParser:
    default = Options()
    parser = argparse.ArgumentParser(prog="python -m replica")
    commands = parser.add_subparsers(dest="command", required=True)
    _add_history(commands.add_parser("history", help="write what hourly runs would have recorded"))
    serve = commands.add_parser("serve", help="serve the replica")
    serve.add_argument("--era", choices=choices.ERAS, default=default.era)
    serve.add_argument("--port", type=int, default=0, help="0: any free one")
    serve.add_argument("--seed", type=int, default=default.seed)
    serve.add_argument("--now", type=moment, help="the world's time at start, ISO with offset")
    serve.add_argument("--origin", type=moment, help="the now of the history that is to go on")
    serve.add_argument("--profile", choices=choices.PROFILES, default=default.profile)
    serve.add_argument("--depth", type=float, default=default.depth, help="how many days back, as that history")
    serve.add_argument("--followers-from", choices=choices.FOLLOWERS_FROM, default=default.followers_from)
    serve.add_argument("--latency-ms", type=int, default=default.latency_ms)
    serve.add_argument("--card-delay-ms", type=int, default=default.card_delay_ms)
    serve.add_argument(
        "--swap-ms", type=int, default=default.swap_ms, help="from a step's new address to its media; texts 10 ms later"
    )
    serve.add_argument("--card", choices=choices.CARDS, default=default.card)
    serve.add_argument("--link", choices=choices.LINKS, default=default.link)
    serve.add_argument("--author-stats", choices=choices.AUTHOR_STATS, default=default.author_stats)
    serve.add_argument("--classes", choices=choices.CLASSES, default=default.classes)
    serve.add_argument("--first", type=int, help="cards in the first batch")
    serve.add_argument("--embedded", action="store_true", help="eras b and c: the first batch comes in the page")
    serve.add_argument("--items", type=typed_path, help="serve the items of this file instead of the world's")
    names = ", ".join((*choices.OBSTACLES, *(f"{also} for {name}" for also, name in choices.ALSO_NAMED.items())))
    serve.add_argument("--obstacle", help=f"NAME[@K], at the K-th TikTok: {names}")
    _add_views(serve, default)
    _add_obstacle_ways(serve, default)
    _add_unruly(serve)
    serve.add_argument("--robots", choices=choices.ROBOTS, default=default.robots, help="what robots.txt is")
    serve.add_argument("--tls", action="store_true", help="serve https, with a certificate made at start")
    serve.add_argument("--creator-failures", type=float, help="the share of creators whose detail reply fails")
    serve.add_argument("--together", type=int, default=default.together, help="how many must ask before any gets lists")
    return parser


def _add_views(serve: argparse.ArgumentParser, default: Options) -> None:
    """How posts are reached, drawn and sent."""
    serve.add_argument("--viewer", choices=choices.VIEWERS, default=default.viewer, help="the full-screen view")
    serve.add_argument("--steps-by", help=f"what steps the view: nothing, or of {','.join(choices.STEPS)}")
    serve.add_argument(
        "--neighbours", choices=choices.NEIGHBOURS, default=default.neighbours, help="which posts beside it are drawn"
    )
    serve.add_argument("--draw-ms", type=int, default=default.draw_ms, help="how long articles stay empty")
    serve.add_argument(
        "--broken-players", type=float, default=default.broken_players, help="the share of videos that cannot be played"
    )
    serve.add_argument("--wrapped", action="store_true", help="list entries stand in an itemStruct")
    serve.add_argument("--preload", choices=choices.PRELOADS, default=default.preload, help="what the preload brings")


def _add_obstacle_ways(serve: argparse.ArgumentParser, default: Options) -> None:
    """Variants of obstacles."""
    serve.add_argument("--guest", choices=choices.GUESTS, default=default.guest, help="login-prompt: the way past")
    serve.add_argument("--refreshes", type=int, default=default.refreshes, help="error-page: how many refreshes fail")
    serve.add_argument("--region", default=default.region, help="region: xx of /xx/notfound")
    serve.add_argument("--slow-ms", type=int, default=default.slow_ms, help="slow: how much longer a reply takes")
    serve.add_argument("--keeps-repeats", action="store_true", help="the page shows anew what a list brings anew")


def _add_unruly(parser: argparse.ArgumentParser) -> None:
    """The rates of what a tidy world would not do; unless told, the real ones."""
    parser.add_argument("--tame", action="store_true", help="none of what follows, unless told")
    for name in RATES:
        parser.add_argument(f"--{name.replace('_', '-')}", type=float, help=HELP[name])


def _unruly(told: dict[str, Any]) -> Unruly | None:
    """What *told* says of the rates, taken out of it; None: nothing."""
    tame, rates = told.pop("tame"), {name: told.pop(name) for name in RATES}
    given = {name: rate for name, rate in rates.items() if rate is not None}
    return replace(TAME if tame else Unruly(), **given) if tame or given else None


def _add_history(parser: argparse.ArgumentParser) -> None:
    default = Plan(now=0)
    parser.add_argument("--days", type=float, default=default.days, help="how far back it reaches")
    parser.add_argument("--seed", type=int, default=default.seed)
    parser.add_argument("--profile", choices=choices.PROFILES, default=default.profile)
    parser.add_argument("--now", type=moment, help="where it ends, ISO with offset; default: now")
    parser.add_argument("--schema", type=int, choices=(1, 2), default=default.schema, help="1: the lines of 2022")
    parser.add_argument("--limit", type=int, default=default.limit, help="TikToks that each run asks for")
    parser.add_argument("--era", choices=choices.ERAS, help="the layout of every visit; default: now one, now another")
    parser.add_argument(
        "--followers-from",
        choices=choices.FOLLOWERS_FROM,
        default=default.followers_from,
        help="which likes bring their creator followers: those of bursts, all, or none",
    )
    parser.add_argument("--visits", choices=VISITS, help="when runs come, in schema 2; default: both, tame: hourly")
    parser.add_argument("--zeros", choices=ZEROS, default=default.zeros, help="how counts that failed are written")
    _add_unruly(parser)
    parser.add_argument("--zone", default=default.zone, help="schema 1: where its naive times are local")
    parser.add_argument("-o", dest="into", type=typed_path, required=True, help="the directory, without such files yet")


if __name__ == "__main__":
    sys.exit(main())
