"""The hourly line in the user's own crontab: put in by `make cron`, taken out by `make uncron`.

Every other line stays as it is, byte for byte, and so do the schedule and the arguments of a line of ours that is
there already. Needs Python 3.11 alone, so that it can take the line out where the environment is gone.
"""

from pathlib import Path

JOB = Path(__file__).resolve().parents[2] / "tiktok_scraper.cron"
