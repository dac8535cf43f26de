"""What happens to a sighting on its way to the file: who is to be left out goes, its counts are settled, then
it becomes a line.

Items are read and written through ItemAdapter, so a dict, scrapy.Item or other item of another spider that tells of a
TikTok by the file's fields is cleaned and written too. What tells of anything else passes through.
"""

from .adapter import TikTokAdapter
from .counts import CountsPipeline
from .lines import LinesPipeline
from .people import PeoplePipeline

__all__ = ["CountsPipeline", "LinesPipeline", "PeoplePipeline", "TikTokAdapter"]
