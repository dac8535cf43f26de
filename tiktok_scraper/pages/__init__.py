"""Text in, facts out: what the pages and the replies of the site say. Pure."""
