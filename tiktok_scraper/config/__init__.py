"""What the crawl is told, read once into frozen values that check themselves.

A setting that can't be used raises BadSetting, which stops the run with exit code 1 before a browser starts.
"""

from .browser import BrowserConfig
from .crawl import CrawlConfig
from .many import check_many
from .place import data_dir, typed_path
from .thresholds import Thresholds
from .values import chosen, positive, whole

__all__ = [
    "BrowserConfig",
    "CrawlConfig",
    "Thresholds",
    "check_many",
    "chosen",
    "data_dir",
    "positive",
    "typed_path",
    "whole",
]
