#!/usr/bin/env bash
# Makes the folder of Python packages that the black-box tests use beside the standard library:
# the official receivers of webhooks, which must accept what the platform sends, and the driver of the
# browser that walks through the portal.
set -euo pipefail
cd "$(dirname "$0")/.."

folder=.build/python
wanted=(Tests/System/requirements.txt Tests/Browser/requirements.txt)

# The lists are kept beside what was installed from them: a change installs anew.
if ! cat "${wanted[@]}" | cmp -s - "$folder/installed.txt"; then
    echo "installing: Python packages of ${wanted[*]}" >&2
    rm -rf "$folder"
    python3 -m venv "$folder"
    "$folder/bin/python" -m pip install --quiet --disable-pip-version-check \
        -r "${wanted[0]}" -r "${wanted[1]}"
    cat "${wanted[@]}" >"$folder/installed.txt"
fi
