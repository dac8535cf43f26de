"""The sections of the report, a module each: KEY (its id in the page), TITLE, and write(context), which gives its HTML.

A section raises AnalysisError where the data do not answer it; `Context.attempt` says so in the page and goes on.
"""
