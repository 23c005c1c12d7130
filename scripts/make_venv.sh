#!/bin/sh
# Usage: make_venv.sh FOLDER [PYTHON]
# Makes a virtual environment in FOLDER unless a working one with Python 3.11 or newer is there.
set -eu

folder=$1
wanted=${2-}

fits() {
    command -v "$1" >/dev/null 2>&1 && "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

if fits "$folder/bin/python" && "$folder/bin/python" -c 'import pip' 2>/dev/null; then
    exit 0
fi

for python in ${wanted:-python3 python3.14 python3.13 python3.12 python3.11}; do
    if fits "$python"; then
        if ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
            echo "$python cannot make virtual environments: its venv module is not whole." >&2
            echo "On Debian and Ubuntu:  sudo apt install python3-venv" >&2
            exit 1
        fi
        echo "Making a virtual environment in $folder with $("$python" --version)"
        exec "$python" -m venv --clear "$folder"
    fi
done

echo "Colophon needs Python 3.11 or newer, and ${wanted:-python3} is not that. Install one, or name it: make PYTHON=/path/to/python" >&2
exit 1
