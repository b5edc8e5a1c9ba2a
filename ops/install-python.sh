#!/usr/bin/env bash
# Makes the folder of Python packages that the black-box tests use beside the standard library:
# the official receivers of webhooks, which must accept what the platform sends.
set -euo pipefail
cd "$(dirname "$0")/.."

folder=.build/python
wanted=Tests/System/requirements.txt

# The list is kept beside what was installed from it: a change installs anew.
if ! cmp -s "$wanted" "$folder/installed.txt"; then
    echo "installing: Python packages of $wanted" >&2
    rm -rf "$folder"
    python3 -m venv "$folder"
    "$folder/bin/python" -m pip install --quiet --disable-pip-version-check -r "$wanted"
    cp "$wanted" "$folder/installed.txt"
fi
