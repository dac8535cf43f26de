"""Start and end a browser, here or behind an address: what has to be there, its options, its processes, its safety."""
