"""What may be published: a data package of ids, aggregates and runs, in which nobody is named."""
