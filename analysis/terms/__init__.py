"""What every part of the analysis shares: the columns of its frames, its definitions, its errors."""
