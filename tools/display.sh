#!/bin/sh
# Offers what a browser window needs on a machine without a display: nothing else does without it.
set -eu
command -v apt-get >/dev/null 2>&1 && how="sudo apt-get install xvfb" || how="install the package that has Xvfb"
echo "If you want windows on a machine without a display (TIKTOK_HEADLESS=virtual):  $how"
