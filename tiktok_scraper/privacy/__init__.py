"""What is done with people's traces in the data: pseudonyms, forgetting, expiry, sharing (docs/privacy.md)."""
