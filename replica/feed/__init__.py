"""Who is shown what: visitors and the cards they get, of the world or of a file of real items."""
