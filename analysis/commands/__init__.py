"""What a user starts: the report, one thing shown, the notebooks."""
