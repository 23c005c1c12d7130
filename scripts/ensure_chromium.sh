#!/bin/sh
# Makes sure that the browser stories find Chromium: as root it is installed from the system's packages,
# otherwise one line says how to get it and the stories are skipped.
set -eu

if [ -n "${COLOPHON_CHROMIUM-}" ]; then
    exit 0
fi
for name in chromium chromium-browser google-chrome-stable google-chrome; do
    if command -v "$name" >/dev/null 2>&1; then
        exit 0
    fi
done

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing Chromium for the browser stories"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null
    exit 0
fi

echo "Browser stories are skipped: there is no Chromium. On Debian and Ubuntu:  sudo apt install chromium"
