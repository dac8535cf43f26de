"""The crawl: which runs there were, under which conditions, which hours they cover, how much of the feed they saw."""

from __future__ import annotations

import pandas as pd

from analysis.plots import runs as plots
from analysis.report.answers import seen
from analysis.report.answers.changes import changed, in_words
from analysis.report.answers.said import count, unanswered
from analysis.report.answers.share import share_told
from analysis.report.context import Context, beside, paragraph
from analysis.report.markup import Html, el, join
from analysis.report.tables import Ads, Column
from analysis.report.wording import plural, share

KEY = "crawl"
TITLE = "Crawl process and coverage"
CONDITIONS = (
    "pace",
    "media",
    "headless",
    "locale",
    "zone",
    "viewport",
    "agent",
    "era",
    "region",
    "browser",
    "browser_version",
)


def write(context: Context) -> Html:
    """How it was crawled, what came of it, what changed meanwhile."""
    return join(
        [
            paragraph(
                "A run opens the For You page as an anonymous visitor, enters the full-screen viewer and steps "
                "through it, "
                "as a visitor would, reading what the page itself fetches or shows. Each TikTok shown is one "
                "sighting; the "
                "same TikTok in another run is another, which is how its growth becomes visible. Counts of its "
                "creator come "
                "with the TikTok or from the preview card that opens when the pointer rests on the creator's name."
            ),
            context.attempt("Coverage", lambda: _coverage(context)),
            context.attempt("Runs", lambda: _runs(context)),
            el("h3", "Conditions"),
            context.attempt("Conditions", lambda: _conditions(context)),
            el("h3", "How much of the feed was seen"),
            context.attempt("A day's pool", lambda: paragraph(seen.pool(context))),
            context.attempt("Similarity of runs", lambda: paragraph(seen.likeness(context))),
            context.attempt("What the last run brought", lambda: _last_run(context)),
            beside(
                context.attempt("Similarity of runs", lambda: _similarity(context)),
                context.attempt("Accumulation", lambda: _accumulation(context)),
            ),
            context.attempt("Pools of days", lambda: _pools(context)),
        ]
    )


def _coverage(context: Context) -> Html:
    drawn = context.figures.named.get("calendar")
    where = [" ", el("a", f"Figure {drawn}", href=f"#figure-{drawn}"), " shows which."] if drawn else None
    return paragraph(
        seen.coverage(context),
        " Hours without one are gaps: not looking is not zero, so figures shade them, or mark the hours with one where "
        "those are the fewer.",
        where,
    )


def _runs(context: Context) -> Html:
    runs = context.study.runs
    ended = runs["reason"].fillna("killed or not told").value_counts().sort_index()
    why = join(
        (
            _ended(context, str(reason), int(n))
            for reason, n in ended.sort_values(ascending=False, kind="stable").items()
        ),
        ", ",
    )
    known = count(
        context,
        len(runs),
        plural(len(runs), "run"),
        "runs known",
        definition="runs that runs.jsonlines or a sighting names",
    )
    table = context.tables(
        runs,
        [
            Column("run", "run"),
            Column("started", "started"),
            Column("reason", "ended because"),
            Column("verdict", "verdict"),
            Column("asked", "asked for"),
            Column("written", "written"),
            Column("repeated", "repeated"),
            Column("rejected", "rejected"),
            Column("sightings", "sightings in the file"),
        ],
        name="runs",
        caption="Runs, in the order of their start",
        ads=Ads.IN,
        rows=8,
    )
    return join(
        [
            paragraph(known, " is" if len(runs) == 1 else " are", " known. They ended because of: ", why, "."),
            table,
        ]
    )


def _ended(context: Context, reason: str, n: int) -> Html:
    """How many runs ended for one reason."""
    of = len(context.study.runs)
    told = count(context, n, f"{n:,}", f"runs that ended: {reason}", definition="as the run's end tells it", of=of)
    return join([f"{reason} ", told])


def _conditions(context: Context) -> Html:
    runs, coverage = context.study.runs, context.study.loaded.coverage
    rows = pd.DataFrame(
        [{"condition": name, "values": _values(runs[name])} for name in CONDITIONS if name in runs],
        columns=["condition", "values"],
    ).astype("str")
    table = context.tables(
        rows,
        [Column("condition", "condition"), Column("values", "values met, with runs")],
        name="conditions",
        caption="Conditions of the runs",
        ads=Ads.NOT_ABOUT,
    )
    if coverage.changes.empty:
        return join([_steady(runs), table])
    warning = el(
        "div",
        el("b", "Conditions changed within the file, and the feed answers to them:"),
        el("ul", [el("li", told) for told in changed(context, coverage.changes)]),
        cls="warning",
    )
    changes = context.tables(
        coverage.changes,
        [
            Column("at", "at"),
            Column("condition", "condition"),
            Column("before", "before"),
            Column("after", "after"),
            Column("run", "run"),
        ],
        name="changes",
        caption="Changes of conditions",
        ads=Ads.NOT_ABOUT,
        rows=5,
    )
    return join([warning, table, changes])


def _steady(runs: pd.DataFrame) -> Html:
    """That no condition changed, as far as runs tell them: what is told by one run or none cannot have."""
    told = [name for name in CONDITIONS if name in runs and int(runs[name].notna().sum()) > 1]
    untold = [name for name in CONDITIONS if name not in told]
    said = f"Of those that runs tell ({', '.join(told)}), none changed within the file." if told else ""
    unknown = f"Whether {', '.join(untold)} changed is not known, as fewer than two runs tell." if untold else ""
    return paragraph(
        f"The feed answers to pace, media, locale and the like. {said} {unknown}".replace("  ", " ").strip()
    )


def _values(column: pd.Series) -> str:
    counts = column.value_counts(dropna=False)
    told: list[tuple[str, int]] = sorted((in_words(value), int(n)) for value, n in counts.items())
    return "; ".join(f"{value} ({n:,})" for value, n in told) or "no run"


def _similarity(context: Context) -> Html:
    alike, hours = context.study.similarity, context.study.loaded.coverage.hours
    return context.figures(
        lambda ax, theme: plots.run_similarity(alike, ax, hours=hours, theme=theme),
        alt=f"How alike each of {len(alike):,} runs is to the one before it, by Jaccard and by rank-biased overlap, "
        "over time.",
        caption="Similarity of consecutive runs: shared TikToks (Jaccard), and the same with rank (rank-biased "
        "overlap). " + plots.runs_told(alike, hours),
    )


def _last_run(context: Context) -> Html:
    grown = context.study.accumulation
    if grown.empty:
        raise unanswered("no run", "accumulation", "a run with sightings")
    last, before = grown.iloc[-1], grown["sightings"].iloc[-2] if len(grown) > 1 else 0
    new, of = int(last["new_tiktoks"]), int(last["sightings"] - before)
    brought = count(
        context,
        new,
        plural(new, "TikTok"),
        "TikToks of the last run not seen before",
        definition="ids that no earlier run saw",
        of=of,
    )
    share_new = share_told(
        context,
        new,
        of,
        "what of the last run was not seen before",
        definition="ids that no earlier run saw, over the last run's sightings",
        units="sightings",
    )
    return paragraph("The last run brought ", brought, " not seen before, ", share_new, " of what it saw.")


def _accumulation(context: Context) -> Html:
    grown, hours = context.study.accumulation, context.study.loaded.coverage.hours
    return context.figures(
        lambda ax, theme: plots.accumulation_curve(grown, ax, hours=hours, theme=theme),
        alt="Different TikToks, creators and audios seen by the end of each run, rising over time.",
        key="accumulation",
        caption="What had been seen by each run's end. A curve that still rises says that the feed has more. "
        + plots.runs_told(grown, hours),
    )


def _pools(context: Context) -> Html:
    return context.tables(
        context.study.pools,
        [
            Column("day", "day (UTC)", lambda value: f"{value:%Y-%m-%d}"),
            Column("runs", "runs"),
            Column("tiktoks", "TikToks seen"),
            Column("once", "in one run"),
            Column("coverage", "sample coverage", share),
            Column.bounded("pool", "pool, at least, 95 % interval"),
        ],
        name="pools",
        caption="What was seen of each day's pool (Chao2 is a lower bound; nothing is said beyond a day)",
        ads=Ads.IN,
    )
