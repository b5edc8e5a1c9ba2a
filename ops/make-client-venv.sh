#!/usr/bin/env bash
# Makes .clients, a Python environment with independent OAuth clients for Tests/System. Made again
# only when the list of packages has changed.
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
list=$root/Tests/System/clients.txt
folder=$root/.clients

if [ -x "$folder/bin/python3" ] && cmp -s "$list" "$folder/installed.txt"; then exit 0; fi
echo "making $folder" >&2
rm -rf "$folder"
python3 -m venv "$folder"
"$folder/bin/pip" install --quiet --disable-pip-version-check --requirement "$list"
cp "$list" "$folder/installed.txt"
