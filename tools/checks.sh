#!/bin/sh
# The whole check: style, types, import contracts, then every test. Runs with the virtual environment on the PATH.
set -eu
ruff check .
ruff format --check .
mypy
lint-imports
# Two processes, by files and in their order; the tests of real browsers come last, crawls in one, pages in the other.
exec pytest -n 2 --dist loadgroup --no-loadscope-reorder "$@"
