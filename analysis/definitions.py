"""Every threshold and named definition of the analysis, in one place, each with its source."""

from __future__ import annotations

# --- counts (DESIGN sections 4, 5; site.md 7.1, 7.4) ---

COUNTS = ("likes", "comments", "shares", "views", "saves", "user_followers", "user_likes", "user_videos")

OF_TIKTOK = ("likes", "comments", "shares", "views", "saves")
"""Counts of the TikTok: their series are keyed by `id`."""

OF_CREATOR = ("user_followers", "user_likes", "user_videos")
"""Counts of the creator: their series are keyed by `creator`."""

NEVER_FALL = ("likes", "shares", "views", "saves")
"""Counts taken as never falling (DESIGN section 8): likes fall in 0.2 % of real pairs, saves in 0.7 % (site.md 5.1b)."""

EXACT_BELOW = 10_000
"""The site prints smaller numbers whole (site.md 7.1)."""

UNIT_EDGES = {100: (10_000, 999_998), 100_000: (999_999, 999_999_998), 100_000_000: (999_999_999, None)}
"""Display step -> the first and the last number that is printed with it (site.md 7.1): "1000K" ends at 999,998."""

JSON_EDGES = {1_000_000: 999_950, 1_000_000_000: 999_950_000}
"""A JSON number on the edge of two units may be either's, so it starts where the smaller unit's "1000" does."""

WRAP = 2**32
"""A creator's likes are sent as a signed 32-bit number that wraps (site.md 7.4)."""

INT32_TOP = 2**31 - 1
"""The largest number that a signed 32-bit field carries unwrapped."""

DAY_HOURS = 24

# --- what was sampled (DESIGN section 8) ---

RBO_P = 0.98
"""Persistence of rank-biased overlap: the first 100 ranks carry 91 % of its weight (Webber et al. 2010, eq. 21)."""

INTERVAL = 0.95
"""Level of every interval, unless it says otherwise."""

# --- virality, specification, tails, audios (DESIGN section 8) ---
VIRAL_LEVEL = 0.99
"""A TikTok, audio or creator is viral at or above this quantile of those ranked (DESIGN section 8)."""

RANKED_AT_LEAST = 100
"""Fewer rows have no 99th percentile apart from their maximum: no verdict is given, which is not "not viral"."""

LOWESS_FRACTION = 0.3
"""Share of TikToks that each local line of the LOWESS weighs (Cleveland 1979 advises 0.2 to 0.8)."""

OUTBREAK_WINDOW = "1D"
"""The observed outbreak is the most a TikTok is guaranteed to have gained in one day (DESIGN section 8)."""

ABSOLUTE_WINDOW, ABSOLUTE_LIKES = "7D", 1_000_000
"""The absolute row: a million likes in a week (DESIGN section 8)."""

FIRST_DAY_AGE_H = 36.0
"""The first-day measure rests on sightings at this age, in hours, or less (DESIGN section 8)."""

SPECIFICATION_COUNTS = ("likes", "views", "shares", "comments", "saves")
SPECIFICATION_WINDOWS_H = (6, 24, 72, 168)
SPECIFICATION_LEVELS = (0.95, 0.99, 0.995)
"""The 60 cells of the specification curve (Simonsohn, Simmons & Nelson 2020): counts x windows x thresholds."""

TOP_SHARE = 0.01
"""Whose share of all likes is reported: the top 1 %."""

AUDIO_RUNS_AT_LEAST = 3
"""Audios seen in fewer runs are not ranked (DESIGN section 8)."""
