"""Estimates, intervals and fits that would serve any data; nothing here knows of TikToks."""
