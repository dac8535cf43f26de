"""Creators, and what goes together: posting, likes, followers, and whether viral videos bring them."""
