#!/bin/sh
# Picks the newest Python from 3.11 to 3.13 that can make environments and hands over to it.
cd "$(dirname "$0")/.." || exit 1
for imports in sys,venv,ensurepip sys; do
    for name in python3.13 python3.12 python3.11 python3; do
        if "$name" -c "import $imports; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))" 2>/dev/null; then
            exec "$name" -m scripts.setup
        fi
    done
done
echo "Python 3.11, 3.12 or 3.13 is needed and none was found. Debian 12 or newer: sudo apt-get install python3 python3-venv" >&2
exit 1
