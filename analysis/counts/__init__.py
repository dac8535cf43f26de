"""What a count may have been, and what it gained: bounds, series, growth, overflow."""
