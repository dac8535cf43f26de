"""The crawl against the method of 2022."""
