"""The HTML of an app page. The pages themselves are made by shell.py; here is what they are given."""

from __future__ import annotations

from typing import Any

from replica.options import Options

REGION = "US"


def config(options: Options, *, has_more: bool) -> dict[str, Any]:
    """What the page's scripts are told of the run (`window.__replicaConfig`)."""
    return {
        "era": options.era,
        "cardDelayMs": options.card_delay_ms,
        "card": options.card,
        "link": options.link,
        "classes": options.classes,
        "obstacle": options.obstacle,
        "obstacleAt": options.obstacle_at,
        "hasMore": has_more,
        "region": REGION,
        "language": "en",
        "seed": options.seed,
    }
