"""Every threshold and named definition of the analysis, in one place, each with its source."""

from __future__ import annotations

# --- counts (docs/counts.md; site.md 7.1, 7.4) ---

COUNTS = ("likes", "comments", "shares", "views", "saves", "user_followers", "user_likes", "user_videos")

OF_TIKTOK = ("likes", "comments", "shares", "views", "saves")
"""Counts of the TikTok: their series are keyed by `id`."""

OF_CREATOR = ("user_followers", "user_likes", "user_videos")
"""Counts of the creator: their series are keyed by `creator`."""

NEVER_FALL = ("likes", "shares", "views", "saves")
"""Counts taken as never falling: likes fall in 0.2 % of real pairs, saves in 0.7 % (site.md 5.1b)."""

REMOVED_AT_MOST = {"likes": 0.005, "shares": 0.005, "views": 0.005, "saves": 0.005, "comments": 0.05}
"""Share of a count that people, or TikTok, plausibly take away from one sighting to the next; a fall by more makes one
of the two sightings strange (counts.strange). 4 of 5,137 posts seen repeatedly fall by more than 0.5 % (site.md 5.1c).
Comments are deleted in larger numbers: 236 of 239 falls of more than 5 are within 5 % (half of the same history)."""

REMOVED_FEW = 5
"""A fall by so few is no more than people take back, however small the count: saves fall "by a few" (site.md 5.1c). Of
12 falls of saves below 2,000 in half of that history ten take 4 or fewer, the others 14 and 24."""

LIVE_TO_HOURS = 1 / 60
"""A count is of its own minute (site.md 5.1c), so the time between two counts is known to a minute and no better."""

EXACT_BELOW = 10_000
"""The site prints smaller numbers whole (site.md 7.1)."""

UNIT_EDGES = {100: (10_000, 999_998), 100_000: (999_999, 999_999_998), 100_000_000: (999_999_999, None)}
"""Display step -> the first and the last number that is printed with it (site.md 7.1): "1000K" ends at 999,998."""

JSON_EDGES = {1_000_000: 999_950, 1_000_000_000: 999_950_000}
"""A JSON number on the edge of two units may be either's, so it starts where the smaller unit's "1000" does."""

WRAP = 2**32
"""A creator's likes are sent as a signed 32-bit number that wraps (site.md 7.4)."""

DISPLAY_GRID = ((1_000_000_000, 100_000_000), (1_000_000, 100_000), (EXACT_BELOW, 100))
"""From each number on, the spacing of those that the site displays, the largest first (docs/counts.md)."""

INT32_TOP = 2**31 - 1
"""The largest number that a signed 32-bit field carries unwrapped."""

DAY_HOURS = 24

# --- gates (ARCHITECTURE.md, The analysis) ---

ASIDE_AT_MOST = 0.01
"""Share of lines that gates may set aside; more, and the file is not what it says it is."""

UNREADABLE_AT_MOST = 0.02
"""Share of lines that may be unreadable. A crawl that is killed leaves one torn line at most, which the next one moves
aside; a file of which none was moved has at most one in a run's lines: 1 of the 72 that a run of 2022 gathered, 1.4 %,
1 of 90 (TIKTOK_MIN_TIKTOKS) now. More is no accident of writing: the file is damaged, or not what it says it is."""

FALLS_AT_MOST = 0.02
"""Share of consecutive pairs whose likes may fall: moderation takes likes away, but not so many (NEVER_FALL)."""

APART_DAYS, STRAY_AT_MOST = 366, 0.01
"""Runs so far from all others that hold so small a share of the sightings, or less, cover no hour (reading.doubt)."""

# --- figures ---

GAPS_SHADED_AT_MOST = 0.5
"""Share of an axis of time that gaps may be for figures to shade them: beyond, the shade would be the ground and what
was looked at the exception, so the visits are marked instead (Tufte 1983, data-ink: draw the fewer)."""

LOG_TIMES = 1000.0
"""Three powers of ten between the greatest and the lower tenth of what an axis shows: it is logarithmic then."""

LONE_TIMES, LONE_AT_MOST = 5.0, 0.01
"""A value this many times as far out as the next one, and of this share of all at most, lies beyond its axis as an
arrow: with it on the axis, all others would share less than a fifth of its length."""

# --- what was sampled (docs/measures.md) ---

RBO_P = 0.98
"""Persistence of rank-biased overlap: the first 100 ranks carry 91 % of its weight (Webber et al. 2010, eq. 21)."""

INTERVAL = 0.95
"""Level of every interval, unless it says otherwise."""

# --- virality, specification, tails, audios (docs/measures.md) ---
VIRAL_LEVEL = 0.99
"""A TikTok, audio or creator is viral at or above this quantile of those ranked (docs/measures.md)."""

RANKED_AT_LEAST = 100
"""Fewer rows have no 99th percentile apart from their maximum: no verdict is given, which is not "not viral"."""

LOWESS_FRACTION = 0.3
"""Share of TikToks that each local line of the LOWESS weighs (Cleveland 1979 advises 0.2 to 0.8)."""

OUTBREAK_WINDOW_H = 24.0
"""The observed outbreak is the most a TikTok is guaranteed to have gained in one day."""

ABSOLUTE_WINDOW_H, ABSOLUTE_LIKES = 168.0, 1_000_000
"""The absolute row: a million likes in a week (docs/measures.md)."""

FIRST_DAY_AGE_H = 36.0
"""The first-day measure rests on sightings at this age, in hours, or less (docs/measures.md)."""

SPECIFICATION_COUNTS = ("likes", "views", "shares", "comments", "saves")
SPECIFICATION_WINDOWS_H = (6, 24, 72, 168)
SPECIFICATION_LEVELS = (0.95, 0.99, 0.995)
"""The 60 cells of the specification curve (Simonsohn, Simmons & Nelson 2020): counts x windows x thresholds."""

TOP_SHARE = 0.01
"""Whose share of all likes is reported: the top 1 %."""

TOP_SHARE_NOMINAL = 0.97
"""Level asked of its bootstrap so that it holds INTERVAL: asked for 95 % it held 93 % of lognormal likes with sigma 2
(calibrated as Loh 1987 does, held against 1,000 replicates by benchmarks.analysis.coverage)."""

AUDIO_RUNS_AT_LEAST = 3
"""Audios seen in fewer runs are not ranked (docs/measures.md)."""

ORIGINAL_TITLES = (
    *("original sound", "sonido original", "som original", "son original", "suono originale", "Originalton"),
    *("orijinal ses", "nhạc nền", "オリジナル楽曲", "오리지널 사운드", "原聲"),
)
"""What the site titles an original sound in its creator's language, shown unchanged to everybody (site.md 8). Saved
feed replies tell `original` as false of sounds so titled, so the title outweighs it."""

TAIL_AT_LEAST, TAIL_AT_MOST = 50, 5_000
"""A tail holds 50 values or more (Clauset et al. 2009 advise so); those of more than 5,000 are not looked for."""

TAIL_BEGINNINGS, TAIL_POINTS = 60, 400
"""From how many beginnings a tail is tried (each leaves 8 % more values than the next, where 5,000 are there), and at
how many of its values its distance to the fit is taken."""

TAIL_DRAWS = 2_000
"""Draws of the sample that the exponent's median and range are of. By another seed the median moves by a hundredth of
the range where the draws agree on where the tail begins, and by a few where there are two such places."""

TAIL_COMPARED = 5
"""At how many of the places where the tail may begin, evenly by logarithm, it is held against a lognormal."""

GREATEST, GREATEST_AT_LEAST = 0.1, 30
"""Share of values, and how many at least, that stand for the tail when a sample is drawn anew (heavytail)."""

# creators, posting, events, association, ratios
CREATOR_DAYS_AT_LEAST = 1.0
"""A creator's gain per day rests on two counts 24 hours apart or more (docs/measures.md)."""

UPLOADS_AT_LEAST = 2
"""Uploads seen that a lower bound of the posting rate needs: the first begins the window, the others fall in it."""

GAP_PERCENTILES = (5, 25, 50, 75, 95)
"""Percentiles of the days between uploads that are told."""

EVENT_DAYS = 7
"""The event study compares the 7 days after an onset with the 7 before."""

EVENT_TOLERANCE_H = 24.0
"""A count told at most this many hours from the time asked for stands for it; gains are scaled to the days between."""

EVENT_CONTROLS = 3
"""Creators without onset matched to each one with, at most; none serves twice."""

EVENT_CALIPER = 0.5
"""The farthest match: standard deviations of log followers and log sightings, Euclidean (Stuart 2010, section 3)."""

EVENT_PAIRS_AT_LEAST = 8
"""Fewer matched sets give no answer: from here on the interval holds at its level (benchmarks.analysis.coverage).

One set tells no spread at all, and of a handful the resamples are mostly copies of each other."""

EVENT_REPLICATES = 4_000
"""Bootstrap replicates of the event study (sets drawn whole: Abadie & Spiess 2022); 30 lie beyond either end."""

EVENT_NOMINAL = 0.985
"""The level asked of bootstrap-t to hold `INTERVAL`: the confidence coefficient calibrated (Loh 1987, JASA 82:155).

Asked for 95 %, it holds 90 to 92 % of 8 to 30 effects as skewed as lognormal 1 or as heavy-tailed as the difference of
two such; asked for 98.5 %, 94 to 97 % of them, from 8 sets to 50, and about 98 % of normal ones (docs/truth.md), where
it is 1.5 (8 sets) to 1.3 times (20) as wide as Student's t."""

ASSOCIATION_REPLICATES = 200
"""Bootstrap replicates of each association, every one with its own draw within the rounding bounds."""

ASSOCIATION_TOLERANCE_H = 24.0
"""Two counts of a creator were told over one window where both ends are at most this many hours apart."""

ASSOCIATION_CREATORS_AT_LEAST = 20
"""Fewer clusters than this give no interval that could be believed (Cameron, Gelbach & Miller 2008)."""

ROUNDING_TAKES_AT_MOST = 0.125
"""Where rounding takes more than this share of a correlation away, it cannot be given back: no answer.

Up to here the intervals hold the truth at their level, of values and of ranks (benchmarks.analysis.coverage)."""

RATIO_COMMENTS_AT_LEAST = 20
"""Below 20 comments the ratio to likes is mostly the noise of single comments."""

RATIO_PERCENTILES = (5, 50, 95)

AGE_PERCENTILES = (50, 95, 99)
"""Percentiles of how far the id's time lies from the upload that are told: most are off by seconds, few by days."""

SLOPE_GROWTH = 10.0
"""A TikTok shows how comments follow likes where its likes grew by this many widths of their rounding, or more."""

SLOPE_CREATORS = 400
"""Creators that the mixed model is fitted to, at most, drawn by seed: more cost minutes and narrow little."""

SLOPE_CREATORS_AT_LEAST = 20
"""Intervals robust to clusters are too short with fewer clusters than this (Cameron & Miller 2015, VI)."""

# --- when an interval is no answer (analysis.statistics.answer) ---

CORRELATION_WIDTH_AT_MOST = 1.0
"""A correlation's interval may cover half of the 2.0 possible. A wider one, wherever it lies, holds 0 or the sign of
the other side and beside it a large coefficient (0.5 and more: Cohen 1988, 3.2): it tells neither sign nor size."""

SHARE_WIDTH_AT_MOST = 0.5
"""A share's interval (an intraclass correlation too) may cover half of the 1.0 possible, as a correlation's may. A
wider one holds a half, and leaves open on which side of it, by a quarter or more, the share lies."""

RATIO_FACTOR_AT_MOST = 10.0
"""The ends of a ratio's, a rate's or a count's interval may lie a factor of ten apart: further, and not even the order
of magnitude is known. Likes and followers are spread over six, so knowing one of them is an answer."""

CHANGE_FACTOR_AT_MOST = 4.0
"""A change's ends may lie a factor of four apart, as halved (0.5) and doubled (2) do; further, and it tells neither."""

SLOPE_WIDTH_AT_MOST = 1.0
"""The slope of one logarithm on another is 0 where the one does not follow the other, and 1 where their ratio stays: an
interval wider than that cannot tell the two apart."""

EXPONENT_WIDTH_AT_MOST = 1.0
"""A power law's density has no mean for an exponent up to 2, and no variance up to 3 (Clauset et al. 2009, section 2):
a range wider than one cannot tell a tail without a mean from one with a variance."""
