#!/bin/sh
# The whole check: style, types, import contracts, then every test. Runs with the virtual environment on the PATH.
set -eu
# What Python has compiled is kept, also where an image says otherwise: a test that starts a crawl would compile it anew.
unset PYTHONDONTWRITEBYTECODE
ruff check .
ruff format --check .
# mypy takes one processor. Beside it the other finds the tests, so that Python has compiled all that they import: on a
# new environment each of pytest's processes would compile it by itself. What fails there is told by the run below.
(lint-imports && { pytest --collect-only -qq "$@" >/dev/null 2>&1 || true; }) &
beside=$!
mypy
wait "$beside"
# Three processes, in the tests' order (tests/conftest.py): those of a browser wait for a part of their time.
exec pytest -n 3 --dist loadscope --no-loadscope-reorder "$@"
