#!/bin/sh
# Finds a browser and its driver, or installs them: apt's as root, else it says what to type.
set -eu
found() { command -v "$1" >/dev/null 2>&1; }
have_browser() { found chromium || found google-chrome || found google-chrome-stable || found chromium-browser; }

if have_browser && found chromedriver; then
    exit 0
fi
if found apt-get && [ "$(id -u)" = 0 ]; then
    echo "Installing chromium and chromium-driver with apt ..."
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium chromium-driver >/dev/null
    have_browser && found chromedriver && exit 0
fi
if found firefox-esr && found geckodriver || found firefox && found geckodriver; then
    echo "Chromium is not here, Firefox is: add -s SELENIUM_DRIVER_NAME=firefox to a crawl."
    exit 0
fi
if found apt-get; then
    echo "A browser and its driver are missing. Type:  sudo apt-get install chromium chromium-driver" >&2
    exit 1
fi
if have_browser; then
    echo "chromedriver is not on the PATH: where there is a network, Selenium fetches it with the first crawl."
    exit 0
fi
echo "A browser is missing: install Chrome or Chromium with your package manager, then try again." >&2
exit 1
