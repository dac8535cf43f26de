#!/bin/sh
# Prints "anew" where there is an environment that is no use any more: its checkout was moved or copied (its scripts
# name the Python of the old place), or the Python it was made with is gone or another. Else nothing.
set -eu
[ -f .venv/pyvenv.cfg ] || exit 0
works() { .venv/bin/python -c 'import importlib.util, sys; sys.exit(importlib.util.find_spec("scrapy") is None)' 2>/dev/null; }
# Where a path is long or holds spaces, it stands in the second line.
named=$(head -n 3 .venv/bin/scrapy 2>/dev/null | grep -o '/[^"]*/bin/python[0-9.]*' | head -n 1)
works && [ "$(dirname -- "$named")" -ef .venv/bin ] || echo anew
