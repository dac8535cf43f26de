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
# Scrapy's own but for its remote control: it loads what is off, too, and that loads all of aiohttp, an eighth of what a
# run takes to start.
EXTENSIONS_BASE = {
    "scrapy.extensions.corestats.CoreStats": 0,
    "scrapy.extensions.logcount.LogCount": 0,
    "scrapy.extensions.telnet.TelnetConsole": 0,
    "scrapy.extensions.memusage.MemoryUsage": 0,
    "scrapy.extensions.memdebug.MemoryDebugger": 0,
    "scrapy.extensions.closespider.CloseSpider": 0,
    "scrapy.extensions.feedexport.FeedExporter": 0,
    "scrapy.extensions.logstats.LogStats": 0,
    "scrapy.extensions.spiderstate.SpiderState": 0,
    "scrapy.extensions.throttle.AutoThrottle": 0,
}
# The bar and the run record tell how it goes.
LOG_LEVEL = "INFO"
LOGSTATS_INTERVAL = 0

DOWNLOADER_MIDDLEWARES = {
    # Above 850, so that DownloaderStats counts what the browser answers.
    "tiktok_scraper.middlewares.SeleniumMiddleware": 860,
}
ITEM_PIPELINES = {
    # First, so that nothing else gets to see a name that the file may not hold.
    "tiktok_scraper.pipelines.PeoplePipeline": 50,
    "tiktok_scraper.pipelines.CountsPipeline": 100,
    "tiktok_scraper.pipelines.LinesPipeline": 900,
}
# Gives out what is pending before the pipelines close: the one way that loses nothing on every path.
ITEM_PROCESSOR = "tiktok_scraper.runs.last_items.LastItems"
EXTENSIONS = {
    "tiktok_scraper.runs.health.Health": 400,  # first, so that the record and the summary can tell its verdict
    "tiktok_scraper.runs.record.RunRecord": 500,
    "tiktok_scraper.runs.progress.Progress": 600,
    # Behind the record, which what they tell of the end leads to; the last may take its time.
    "tiktok_scraper.runs.alerts.ping.Ping": 700,
    "tiktok_scraper.runs.alerts.on_unfit.OnUnfit": 710,
    "tiktok_scraper.runs.alerts.held.Alerts": 900,
}
# Spidermon is started only where TIKTOK_ALERTS names an action; these are what it then runs.
SPIDERMON_ENABLED = True
SPIDERMON_SPIDER_CLOSE_MONITORS = ["tiktok_scraper.runs.alerts.suite.RunSuite"]

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
TIKTOK_BROWSERS_WHY = ""
TIKTOK_SLOT_TIMEOUT = 120
TIKTOK_HEADLESS = True
TIKTOK_LOCALE = "en-US"
TIKTOK_ZONE = "UTC"
TIKTOK_VIEWPORT = "1280x800"
TIKTOK_BLOCK_MEDIA = False
TIKTOK_EVIDENCE = False
TIKTOK_CONTACT = True
TIKTOK_KEEP_RAW = False
TIKTOK_EXTRA_FIELDS: list[str] = []
TIKTOK_PSEUDONYMISE = False
# Outside of any data directory, or it would be copied with what it hides.
TIKTOK_PSEUDONYM_KEY = "~/.config/tiktok_scraper/pseudonyms.key"
TIKTOK_SYNC_LINES = 20
TIKTOK_ALLOW_NO_SANDBOX = False
TIKTOK_SCHEDULE = ""
TIKTOK_BACK_OFF = True
TIKTOK_PING_URL = ""
TIKTOK_ON_UNFIT = ""
TIKTOK_ALERTS: list[str] = []
SELENIUM_DRIVER_NAME = "chrome"
SELENIUM_DRIVER_ARGUMENTS: list[str] = []
