"""What a page's scripts are told of the options (`window.__replicaConfig`)."""

from __future__ import annotations

from typing import Any

from replica.options import Options

REGION = "US"


def config_of(options: Options) -> dict[str, Any]:
    """The options that the scripts of site/js go by, in their names."""
    return {
        "era": options.era,
        "cardDelayMs": options.card_delay_ms,
        "swapMs": options.swap_ms,
        "drawMs": options.draw_ms,
        "card": options.card,
        "link": options.link,
        "classes": options.classes,
        "viewer": options.viewer,
        "stepsBy": options.steppers,
        "neighbours": options.neighbours,
        "brokenPlayers": options.broken_players,
        "preload": options.preload,
        "obstacle": options.obstacle,
        "obstacleAt": options.obstacle_at or None,
        "guest": options.guest,
        "dedupe": not options.keeps_repeats,
        "notFound": f"/{options.region}/notfound",
        "region": REGION,
        "language": "en",
    }
