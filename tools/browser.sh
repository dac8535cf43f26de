#!/bin/sh
# Finds a browser and its driver, or installs them: apt's as root, else it says what to type.
set -eu
found() { command -v "$1" >/dev/null 2>&1; }
have_browser() { found chromium || found google-chrome || found google-chrome-stable || found chromium-browser; }

# Debian's Chromium starts for ordinary users by its sandbox helper, a package of its own that is only recommended;
# where the kernel lets them make user namespaces, it does without.
DEBIAN="chromium chromium-driver chromium-sandbox"
lacks_sandbox() {
    ! [ -u /usr/lib/chromium/chrome-sandbox ] && found dpkg-query && dpkg-query -W chromium >/dev/null 2>&1 &&
        apt-cache show chromium-sandbox >/dev/null 2>&1
}

if found apt-get && [ "$(id -u)" = 0 ] && { ! have_browser || ! found chromedriver || lacks_sandbox; }; then
    echo "Installing $DEBIAN with apt ..."
    apt-get update -qq || true
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $DEBIAN >/dev/null ||
        { have_browser && found chromedriver; }
fi
if have_browser && found chromedriver; then
    if lacks_sandbox && ! unshare --user true 2>/dev/null; then
        echo "Chromium will not start here for want of a sandbox. Type:  sudo apt-get install chromium-sandbox" >&2
    fi
    exit 0
fi
if found firefox-esr && found geckodriver || found firefox && found geckodriver; then
    echo "Chromium is not here, Firefox is: add -s SELENIUM_DRIVER_NAME=firefox to a crawl."
    exit 0
fi
if found apt-get; then
    echo "A browser and its driver are missing. Type:  sudo apt-get install $DEBIAN" >&2
    exit 1
fi
if have_browser; then
    echo "chromedriver is not on the PATH: where there is a network, Selenium fetches it with the first crawl."
    exit 0
fi
echo "A browser is missing: install Chrome or Chromium with your package manager, then try again." >&2
exit 1
