#!/bin/sh
# What some tests lean on: installed with apt as root; elsewhere it says what to type and which tests are skipped.
set -eu
missing=""
for pair in firefox-esr:firefox-esr cron:cron Xvfb:xvfb faketime:faketime tesseract:tesseract-ocr ssh:openssh-client sshd:openssh-server rsync:rsync; do
    PATH="$PATH:/usr/sbin" command -v "${pair%%:*}" >/dev/null 2>&1 || missing="$missing ${pair#*:}"
done
[ -n "$missing" ] || exit 0
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    echo "Installing$missing with apt ..."
    apt-get update -qq
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
else
    echo "Tests that need$missing are skipped. To run them all:  sudo apt-get install$missing"
fi
