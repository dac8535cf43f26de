"""Whether a crawl grows: memory over one long one, descriptors and temporary files over many."""
