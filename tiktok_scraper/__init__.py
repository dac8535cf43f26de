"""Crawls what TikTok shows an anonymous visitor: browser -> response -> sighting -> TikTok -> tiktoks.jsonlines."""
