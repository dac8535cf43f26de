"""All the numbers of the text and what they rest on, as a table: for print, and for download."""

from __future__ import annotations

from analysis.report.context import Context, paragraph
from analysis.report.markup import Html, join
from analysis.report.tables import Ads, Column

KEY = "numbers"
TITLE = "What each number rests on"


def write(context: Context) -> Html:
    """What the numbers' notes say, one row a number; one that stands in several places stands here once."""
    frame = context.facts.frame().drop_duplicates(ignore_index=True)
    columns = [Column(name, name, str) for name in ("number", "what", "n", "definition", "interval")]
    table = context.tables(
        frame, columns, name="numbers", caption="The numbers of the text", ads=Ads.NOT_ABOUT, rows=len(frame)
    )
    return join(
        [
            paragraph("The notes behind the dotted lines, all together."),
            table,
        ]
    )
