"""What the site shows of a count -> one number, its step, and its origin. Pure."""
