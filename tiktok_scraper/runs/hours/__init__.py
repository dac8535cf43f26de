"""The hourly job's own account: which hours were due, what became of each, and when it had better wait."""
