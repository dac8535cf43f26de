"""The hourly job in the user's own crontab or systemd timer: `make cron` or `make timer` puts it there.

Every other line of the crontab stays as it is, byte for byte, and so do the schedule and the arguments of a line of
ours that is there already. Needs Python 3.11 alone, so that it can take the line out where the environment is gone.
"""

from pathlib import Path

JOB = Path(__file__).resolve().parents[2] / "tiktok_scraper.cron"
"""`python -m tools.hourly add`, `remove`, `timer` or `untimer`, of the checkout that this file lies in."""

ROOTS = "You are root: each run will be refused unless TIKTOK_ALLOW_NO_SANDBOX is set, see docs/crawl.md."


class HourlyError(Exception):
    """The crontab or the timer can't be read or written; the message says why, and what was changed."""
