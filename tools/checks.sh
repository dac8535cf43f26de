#!/bin/sh
# The whole check: style, types, import contracts, then every test. Runs with the virtual environment on the PATH.
set -eu
ruff check .
ruff format --check .
mypy
lint-imports
# Two processes, in the tests' order (tests/conftest.py).
exec pytest -n 2 --dist loadscope --no-loadscope-reorder "$@"
