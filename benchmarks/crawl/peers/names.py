"""What a spider that is written today would look for in the page of era b, and which Chromium it is given."""

from __future__ import annotations

import os
import shutil

OPENER = '[data-e2e="recommend-list-item-container"] [data-e2e="feed-video"]'
VIEWER = '[class*="DivBrowserModeContainer"]'
FIELDS = {
    "username": '[data-e2e="browse-username"]',
    "likes": '[data-e2e="browse-like-count"]',
    "comments": '[data-e2e="browse-comment-count"]',
    "audio": '[data-e2e="browse-music"] a',
}
CREATOR = FIELDS["username"]
MEDIA = '[id^="xgwrapper-"]'
AWAY = (400, 400)  # on the video, where the pointer lies on no name
CARD_USERNAME = '[data-e2e="user-card-username"]'
CARD_FOLLOWERS = '[data-e2e="user-card-follower-count"]'
CARD_LIKES = '[data-e2e="user-card-like-count"]'
LISTS = "/api/recommend/item_list/"
DETAIL = "/api/user/detail/"
WAIT_S = 10.0
AGAIN_S = 1.0  # a key that brought nothing in so long is pressed anew, so often
STEPS = 10


def chromium() -> str:
    """The system's Chromium.

    Raises:
        FileNotFoundError: there is none.
    """
    found = shutil.which("chromium") or shutil.which("google-chrome")
    if found is None:
        raise FileNotFoundError("no chromium on the PATH")
    return found


def arguments() -> list[str]:
    """What is told to it: as root it does not start with its sandbox, and opens the replica on loopback alone."""
    return ["--window-size=1280,900", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
