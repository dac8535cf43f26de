"""From bytes to lines: what a line is, which are bad, and what a file is that holds none."""
