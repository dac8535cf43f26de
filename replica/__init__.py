"""A local stand-in for tiktok.com, with a simulated platform behind it whose truth is known."""
