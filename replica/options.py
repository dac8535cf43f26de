"""What `python -m replica serve` can be told; one frozen value, checked when it is made."""

from __future__ import annotations

import re
from argparse import ArgumentTypeError
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from replica.unruly import TAME, Unruly

ERAS = ("a", "b", "c")
CARDS = ("keep", "abort", "absent")
LINKS = ("replaced", "reused", "moving")
AUTHOR_STATS = ("mixed", "full", "none")
CLASSES = ("random", "2022")
PROFILES = ("2022", "2025")
ROBOTS = ("real", "disallow", "missing", "failing", "page", "silent")
FOLLOWERS_FROM = ("bursts", "likes", "nothing")
VIEWERS = ("own", "none", "dead", "elsewhere")
STEPS = ("key", "button", "wheel")
NEIGHBOURS = ("next", "both", "none")
PRELOADS = ("ahead", "next")
GUESTS = ("guest", "login", "signup", "video", "div")
OBSTACLES = (
    *("captcha", "captcha-old", "login-wall", "login-prompt", "interests", "shortcuts", "got-it", "cover"),
    *("veil", "floating-banner", "cookie-banner", "cookie-banner-light", "waf", "refused-page", "white-page"),
    *(
        "spinner",
        "region",
        "video-page",
        "error-page",
        "empty-reply",
        "refused-reply",
        "verify-header",
        "status-verify",
    ),
    *("dropped", "slow", "feed-ended", "feed-stuck", "repeats", "one-account"),
)
# What a crawl calls an end that one obstacle alone has: the obstacle is known by it, too.
ALSO_NAMED = {"captcha-v1": "captcha-old", "status-10000": "status-verify", "covered": "cover"}


def typed_path(told: str) -> Path:
    """A path of an option, `~` as the home folder: not every shell expands it, and none does after `=`."""
    try:
        return Path(told).expanduser()
    except RuntimeError:
        raise ArgumentTypeError(f"there is no such home folder: {told}") from None


@dataclass(frozen=True, slots=True)
class Options:
    """How the replica behaves. Times in milliseconds; `now` is the world's clock when serving starts.

    `swap_ms` is what passes between a step's new address and its media; the texts follow 10 ms later.

    `origin` is the moment around which the world is laid out; None: that clock's start. A world that has a history
    is served with the history's origin, depth and followers_from, so that what the history saw grows on.
    `depth` is how many days before the origin the world reaches, 15 at least; `followers_from` is which likes bring
    their creator followers: those of bursts, all, or none.

    `robots` is what is served as robots.txt: one like the site's, one that disallows all, 404, 503, a page of HTML,
    or a connection that is closed without a word.

    `embedded` puts the first batch into the page in eras b and c too; era a always does.

    `viewer` is what becomes of the full-screen view: the era's own; none (no entry, and a click on the media pauses);
    dead (the entry is there and does nothing); elsewhere (the entry leads to the TikTok's own page).
    `steps_by` is what steps full-screen view and column, of key, button and wheel, joined by commas; "nothing": none
    of them. None: as the site has it, where the wheel steps the column alone. `neighbours` is which posts beside the
    one on screen have content. `broken_players` is the share of videos that cannot be played.

    `obstacle_at` is at which TikTok the obstacle comes, counted from 1; None and 0: at load. `guest` is how a login
    prompt lets one past; `refreshes` is how many refreshes of an error page fail; `region` names the notfound page;
    `slow_ms` is how much longer a slow reply takes; `keeps_repeats`: the page shows anew what a list brings anew.

    `draw_ms` is how long articles stay empty when their list has come. `wrapped`: list entries stand in an
    `itemStruct`. `preload` "next": every second list comes by the preload request, and is shown. `unruly`: what is
    unruly in the world and in what is sent of it; None: all, at the real rates, but nothing in a file's items.

    `creator_failures` is the share of creators whose detail reply fails. None: a hundredth, and those creators'
    TikToks come late in the feed, so that a short visit meets none of them. `together` is how many visitors must have
    asked for a list before any gets one.
    """

    era: str = "b"
    port: int = 0
    seed: int = 1
    now: datetime | None = None
    origin: datetime | None = None
    profile: str = "2025"
    depth: float = 15
    followers_from: str = FOLLOWERS_FROM[0]
    latency_ms: int = 150
    card_delay_ms: int = 150
    swap_ms: int = 25
    card: str = "keep"
    link: str = "replaced"
    author_stats: str = "mixed"
    classes: str = "random"
    first: int | None = None
    embedded: bool = False
    items: Path | None = None
    obstacle: str | None = None
    obstacle_at: int | None = None
    guest: str = GUESTS[0]
    refreshes: int = 0
    region: str = "hk"
    slow_ms: int = 4_000
    keeps_repeats: bool = False
    viewer: str = VIEWERS[0]
    steps_by: str | None = None
    neighbours: str = NEIGHBOURS[0]
    draw_ms: int = 0
    broken_players: float = 0
    wrapped: bool = False
    preload: str = PRELOADS[0]
    unruly: Unruly | None = None
    robots: str = "real"
    tls: bool = False
    creator_failures: float | None = None
    together: int = 1

    def __post_init__(self) -> None:
        self._check_choices()
        self._check_numbers()
        self._check_steps()
        for name in ("now", "origin"):
            value = getattr(self, name)
            if value is not None and value.tzinfo is None:
                raise ValueError(f"--{name} needs an offset, such as {datetime.now(UTC).isoformat()}; not {value}")
        if self.classes == "2022" and self.era != "a":
            raise ValueError(f"--classes 2022 is of era a alone; add --era a, for era {self.era} has no such build")
        if self.items is not None and not self.items.is_file():
            raise ValueError(f"--items must be a JSON file of items; there is none at {self.items}")
        if self.items is not None and self.obstacle == "one-account":
            raise ValueError(
                "--obstacle one-account takes the account with the most TikToks of the world, and --items serves a "
                "file in the world's place: leave one of them out"
            )
        if not re.fullmatch(r"[a-z]{2}", self.region):
            raise ValueError(f"--region must be two small letters, such as hk; not {self.region!r}")

    @property
    def rates(self) -> Unruly:
        """How unruly it is."""
        return self.unruly or (Unruly() if self.items is None else TAME)

    @property
    def steppers(self) -> tuple[str, ...] | None:
        """What steps the view, of STEPS; None: as the site has it."""
        if self.steps_by is None:
            return None
        return () if self.steps_by == "nothing" else tuple(self.steps_by.split(","))

    def _check_choices(self) -> None:
        for name, allowed in (
            ("era", ERAS),
            ("card", CARDS),
            ("link", LINKS),
            ("author_stats", AUTHOR_STATS),
            ("classes", CLASSES),
            ("profile", PROFILES),
            ("robots", ROBOTS),
            ("followers_from", FOLLOWERS_FROM),
            ("obstacle", (None, *OBSTACLES)),
            ("guest", GUESTS),
            ("viewer", VIEWERS),
            ("neighbours", NEIGHBOURS),
            ("preload", PRELOADS),
        ):
            value = getattr(self, name)
            if value not in allowed:
                wanted = ", ".join(a for a in allowed if a is not None)
                raise ValueError(f"--{name.replace('_', '-')} must be one of {wanted}; not {value!r}")

    def _check_numbers(self) -> None:
        for name in ("latency_ms", "card_delay_ms", "swap_ms", "draw_ms", "refreshes", "slow_ms"):
            if getattr(self, name) < 0:
                raise ValueError(f"--{name.replace('_', '-')} must be 0 or more; not {getattr(self, name)}")
        for name in ("creator_failures", "broken_players"):
            value = getattr(self, name)
            if value is not None and not 0 <= value <= 1:
                raise ValueError(f"--{name.replace('_', '-')} must be a share from 0 to 1; not {value}")
        if not 0 <= self.port <= 65_535:
            raise ValueError(f"--port must be from 0 to 65535; not {self.port}")
        if self.together < 1:
            raise ValueError(f"--together must be 1 or more; not {self.together}")
        if self.first is not None and self.first < 1:
            raise ValueError(f"--first must be 1 or more; not {self.first}")
        if self.obstacle_at is not None and self.obstacle_at < 0:
            raise ValueError(f"--obstacle NAME@K: K must be 0 or more; not {self.obstacle_at}")

    def _check_steps(self) -> None:
        if not set(self.steppers or ()) <= set(STEPS):
            raise ValueError(f"--steps-by must be nothing, or of {','.join(STEPS)}; not {self.steps_by!r}")
