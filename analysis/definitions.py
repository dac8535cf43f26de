"""Every threshold and named definition of the analysis, in one place, each with its source."""

from __future__ import annotations

COUNTS = ("likes", "comments", "shares", "views", "saves", "user_followers", "user_likes", "user_videos")
