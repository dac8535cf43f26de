"""A share as the text tells it, with Wilson's interval."""

from __future__ import annotations

from analysis.report.context import Context
from analysis.report.markup import Html
from analysis.report.wording import interval, share
from analysis.statistics.intervals import share_interval


def share_told(context: Context, hits: int, of: int, what: str, *, definition: str, units: str) -> Html:
    """*hits* of *of* as a share; units: what is counted, in the plural. of: above 0."""
    low, high = (float(end) for end in share_interval(hits, of))
    return context.facts(
        share(hits / of),
        what,
        n=f"{hits:,} of {of:,} {units}",
        definition=definition,
        interval=f"{interval(low, high, share)} (Wilson, as if {units} were drawn independently)",
    )
