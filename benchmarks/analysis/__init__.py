"""The analysis against the truth, and its engines against each other."""
