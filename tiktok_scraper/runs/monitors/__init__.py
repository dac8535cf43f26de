"""A run against the last ones like it: what changed more than chance and their own differences explain."""

from .compared import Finding, compared, split
from .earlier import earlier_likes
from .feed import Feed
from .last_runs import last_runs, read_last

__all__ = ["Feed", "Finding", "compared", "earlier_likes", "last_runs", "read_last", "split"]
