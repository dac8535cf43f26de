"""Only what differs from Scrapy's default, each with its reason; then our own settings and their defaults."""

from pathlib import Path

BOT_NAME = "tiktok_scraper"
SPIDER_MODULES = ["tiktok_scraper.spiders"]
COMMANDS_MODULE = "tiktok_scraper.commands"  # crawl with exit codes

# Read through the browser and judged for its own agent (robots.py); Scrapy would fetch it past the browser.
ROBOTSTXT_OBEY = False
# Both open a port on which code can be run; a job that cron starts needs neither.
REMOTE_CONTROL_ENABLED = False
TELNETCONSOLE_ENABLED = False
# The bar and the run record tell how it goes.
LOG_LEVEL = "INFO"
LOGSTATS_INTERVAL = 0

DOWNLOADER_MIDDLEWARES = {
    # Above 850, so that DownloaderStats counts what the browser answers.
    "tiktok_scraper.middlewares.SeleniumMiddleware": 860,
}
ITEM_PIPELINES = {
    "tiktok_scraper.pipelines.CountsPipeline": 100,
    "tiktok_scraper.pipelines.LinesPipeline": 900,
}
# Gives out what is pending before the pipelines close: the one way that loses nothing on every path.
ITEM_PROCESSOR = "tiktok_scraper.runs.last_items.LastItems"
EXTENSIONS = {
    "tiktok_scraper.runs.health.Health": 400,  # first, so that the record and the summary can tell its verdict
    "tiktok_scraper.runs.record.RunRecord": 500,
    "tiktok_scraper.runs.progress.Progress": 600,
}

# Ours. docs/crawl.md says what each means.
# -s counts before the environment variable of this name, and that before this.
TIKTOK_DATA_DIR = str(Path(__file__).resolve().parent.parent)
TIKTOK_SOURCE = "auto"
TIKTOK_VIEW = "auto"
TIKTOK_CREATOR_COUNTS = "always"
TIKTOK_PACE = 3
TIKTOK_JITTER = 0.3
TIKTOK_CARD_TIMEOUT = 5
TIKTOK_STEP_TIMEOUT = 20
TIKTOK_DEADLINE = 3000
TIKTOK_REFRESH_WAITS = [5, 20, 60]
TIKTOK_BROWSER_RESTARTS = 2
TIKTOK_HEADLESS = True
TIKTOK_LOCALE = "en-US"
TIKTOK_ZONE = "UTC"
TIKTOK_VIEWPORT = "1280x800"
TIKTOK_BLOCK_MEDIA = False
TIKTOK_EVIDENCE = False
TIKTOK_CONTACT = True
TIKTOK_KEEP_RAW = False
TIKTOK_EXTRA_FIELDS: list[str] = []
TIKTOK_SYNC_LINES = 20
TIKTOK_ALLOW_NO_SANDBOX = False
TIKTOK_SCHEDULE = ""
TIKTOK_BACK_OFF = True
SELENIUM_DRIVER_NAME = "chrome"
SELENIUM_DRIVER_ARGUMENTS: list[str] = []
