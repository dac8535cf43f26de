"""The same answers from the same lines by this analysis and by what a user would otherwise take."""
