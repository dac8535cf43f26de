#!/bin/sh
# The whole check: style, types, import contracts, then every test. Runs with the virtual environment on the PATH.
set -eu
ruff check .
ruff format --check .
mypy
lint-imports
exec pytest "$@"
