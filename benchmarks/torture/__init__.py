"""SIGKILL at random moments: of whoever appends lines, and of whole crawls; nothing acknowledged may be gone then."""
