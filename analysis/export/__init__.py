"""The history as tables for R, SQL or a spreadsheet: what they hold, and Parquet, CSV and SQLite of them."""
