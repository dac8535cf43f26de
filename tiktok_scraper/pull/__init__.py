"""Copying home: the files of a crawl that goes on elsewhere, again and again, over ssh; only what is new travels."""
