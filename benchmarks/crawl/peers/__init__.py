"""What the crawl is measured against, each run in a process of its own: what it prints stands in `told.py`."""
