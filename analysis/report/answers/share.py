"""A share as the text tells it, with Wilson's interval."""

from __future__ import annotations

from analysis.report.context import Context
from analysis.report.markup import Html
from analysis.report.wording import interval, share
from analysis.statistics.answer import SHARE, lacks
from analysis.statistics.intervals import share_interval


def share_told(context: Context, hits: int, of: int, what: str, *, definition: str, units: str) -> Html:
    """*hits* of *of* as a share, or as what was counted where that is none; units: what is counted, in the plural. of:
    above 0."""
    low, high = (float(end) for end in share_interval(hits, of))
    told = f"{interval(low, high, share)} (Wilson, as if {units} were drawn independently)"
    missing = lacks(of, low, high, SHARE, units)
    return context.facts(
        share(hits / of) if missing is None else f"{hits:,} of {of:,} (as a share not answerable: {missing})",
        what,
        n=f"{hits:,} of {of:,} {units}",
        definition=definition,
        interval=told if missing is None else f"{told}, which is no answer",
    )
