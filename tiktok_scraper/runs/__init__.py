"""A run, as its owner sees it: the record, the table of records, the bar and summary, the verdict."""
