"""Every name the site may change, a table per era: drift is mended here, and only here.

CSS selectors throughout. Class hashes change with every build, so a class is matched by its component's name
(`[class*="DivName"]`) and data-e2e is preferred. Evidence: site.md sections 1 to 3 and 6.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EraNames:
    """How one era's feed and viewer are called. `current` is the post on screen inside the viewer."""

    feed_card: str  # one card of the feed
    opener: str  # inside the first video card (or on the page): what is clicked to enter the viewer
    viewer: str  # root of the full-screen view
    current: str  # inside the viewer: the candidates for the post on screen ("" when the viewer shows one only)
    media: str  # inside current: the element whose id ends in -<TikTok's id>
    live: str  # inside current: what only a LIVE card has
    creator_link: str  # inside current: what the pointer rests on for the preview card
    next_button: str
    likes: str
    comments: str
    saves: str
    shares: str
    music: str  # the link to the audio
    link: str  # text holding the TikTok's own address, "" where the era has none
