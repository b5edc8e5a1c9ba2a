#!/usr/bin/env bash
# Makes a folder of Python packages: `base` for the black-box tests beside the standard library (the
# official receivers of webhooks, independent OAuth clients, the driver of the browser that walks
# through the portal), `bench` for rivals that `make bench` measures beside us.
set -euo pipefail
cd "$(dirname "$0")/.."

case "${1:-base}" in
    base)
        folder=.build/python
        wanted=(Tests/System/requirements.txt Tests/Browser/requirements.txt)
        ;;
    bench)
        folder=.build/bench-python
        wanted=(bench/requirements.txt)
        ;;
    *)
        echo "usage: install-python.sh base|bench" >&2
        exit 2
        ;;
esac

# The lists are kept beside what was installed from them: a change installs anew.
if ! cat "${wanted[@]}" | cmp -s - "$folder/installed.txt"; then
    echo "installing: Python packages of ${wanted[*]}" >&2
    rm -rf "$folder"
    python3 -m venv "$folder"
    "$folder/bin/python" -m pip install --quiet --disable-pip-version-check "${wanted[@]/#/-r}"
    cat "${wanted[@]}" >"$folder/installed.txt"
fi
