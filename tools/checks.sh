#!/bin/sh
# The whole check: style, types, import contracts, then every test. Runs with the virtual environment on the PATH.
set -eu
ruff check .
ruff format --check .
mypy
lint-imports
# Two processes, each taking a file at a time in their order; those of real browsers come last.
exec pytest -n 2 --dist loadfile --no-loadscope-reorder "$@"
