"""Each tool as its own documents would have one write it: `answers(folder)` in a module a tool."""
