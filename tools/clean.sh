#!/bin/sh
# Removes what make made: the virtual environment, caches, and of demo/ what the demo wrote there, all of it simulated.
# Anything else in demo/ was put there by somebody, and stays.
set -u
cd "$(dirname "$0")/.." || exit 1

rm -rf .venv .grid .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
find . -name __pycache__ -type d -prune -exec rm -rf {} +

[ -d demo ] && [ ! -L demo ] || exit 0
# A line that doesn't say that it is simulated is real; without the truth beside them no line here is the demo's.
if [ ! -f demo/truth.jsonlines ] || { [ -f demo/tiktoks.jsonlines ] && grep -qv '"simulated": \{0,1\}true' demo/tiktoks.jsonlines; }; then
  rmdir demo 2>/dev/null || echo "demo/ holds lines that make demo did not write, and stays."
  exit 0
fi
for name in tiktoks runs rejected truth; do
  rm -f "demo/$name.jsonlines" "demo/$name.jsonlines.torn"
done
rm -f demo/report.html
rm -rf demo/runs
rmdir demo 2>/dev/null || echo "demo/ holds what make demo did not write, and stays: $(ls -A demo | tr '\n' ' ')"
