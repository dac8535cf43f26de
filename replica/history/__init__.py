"""What hourly runs would have recorded of the world, and the truth beside it."""
