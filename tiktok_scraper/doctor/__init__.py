"""Is all here that a crawl needs, and does it read the site as it is? Checks, each small, and one visit."""
