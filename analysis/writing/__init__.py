"""What leaves the analysis as a file: whole or not at all, and never in the place of data."""
