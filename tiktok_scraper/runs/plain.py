"""Text for a terminal: a page's words may hold what moves the cursor, colours, or turns the direction of writing."""

from __future__ import annotations


def plain(text: str) -> str:
    """Return *text* on one line, with all that can't be printed spelled as escapes."""
    return text if text.isprintable() else "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)
