"""What is done on a page: look, enter a view, see which post is on screen, step, rest, reach, keep."""
