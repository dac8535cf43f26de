"""What this cannot say."""

from __future__ import annotations

from analysis.report.context import Context
from analysis.report.markup import Html, el, join

KEY = "limits"
TITLE = "What this cannot say"

LIMITS = (
    "One address, one locale, one browser and one pace: another visitor would have been shown another feed.",
    "This is the feed's choice, not the platform: shares and ranks are of what was shown, and what went viral "
    "elsewhere is not here.",
    "Being shown is itself a reason to grow, and what grows is shown: no order of cause follows from any number here.",
    "A TikTok is known at its sightings only. Between them growth is bounded, not seen; after the last one nothing "
    "is known.",
    "An hour without a healthy run is a gap, not a zero.",
    "Rounded counts hide growth smaller than their step; a large video must grow by more than a small one for it to "
    "show.",
    "Followers, posting and likes that go together are associations. The event study compares with matched creators, "
    "who may differ in what was not matched.",
    'Uses of an audio are "uses seen", uploads of a creator are uploads seen, and no total of the platform is '
    "estimated.",
    "A visit is a treatment: dwelling on a video tells the feed something, and so does the pace.",
    "A creator who changed handle is one creator where the lines tell the creator's id, and two where they tell none. "
    "A TikTok that was removed merely stops being seen.",
)

SIMULATED = (
    "The data are simulated: the people, videos and numbers are a program's, and nothing here says anything of TikTok."
)


def write(context: Context) -> Html:
    """The box; where the data are simulated, that first."""
    points = ([SIMULATED] if context.study.simulated else []) + list(LIMITS)
    return join([el("div", el("ul", [el("li", point) for point in points]), cls="box")])
