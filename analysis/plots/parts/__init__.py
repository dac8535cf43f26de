"""What every plot is made of: theme, labels, ticks, steps, gaps."""
