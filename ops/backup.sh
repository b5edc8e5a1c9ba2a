#!/usr/bin/env bash
# Writes one archive from which `restore.sh` makes the same platform again. The server keeps
# running: the dump is one snapshot, and what is committed after it began is not in it.
#
#   backup.sh DATA_FOLDER ARCHIVE.tar
#
# SBX names the executable (default: sbx). The archive holds keys and passwords: it is written
# with mode 0600 and belongs where secrets belong.
set -euo pipefail
umask 077

data=${1:?usage: backup.sh DATA_FOLDER ARCHIVE.tar}
archive=${2:?usage: backup.sh DATA_FOLDER ARCHIVE.tar}
sbx=${SBX:-sbx}

main() {
    local work
    work=$(mktemp -d)
    # shellcheck disable=SC2064  # The folder's name is needed now, not at the end.
    trap "rm -rf '$work'" EXIT

    local url
    url=$(database_url)
    "$(postgres_tool pg_dump)" --format=custom --file="$work/database.dump" --dbname="$url"

    # Everything beside the cluster: passwords of the database's roles and the sealing key, without
    # which the dump could not be read.
    mkdir "$work/files"
    tar -C "$data" --exclude='./postgres' --exclude='./postgres.*' --exclude='./postgres-start.log' \
        -cf - . | tar -C "$work/files" -xf -

    # Complete or absent: a crash leaves no archive that looks whole.
    tar -C "$work" -cf "$archive.unfinished" database.dump files
    sync "$archive.unfinished"
    mv "$archive.unfinished" "$archive"
}

# The platform's own database, as the administrator: row-level security would hide rows from others.
database_url() {
    "$sbx" db url --data "$data" | sed 's|/postgres?|/sbx?|'
}

# The newest installed one: an older pg_dump refuses a newer server.
postgres_tool() {
    local found
    found=$(printf '%s\n' /usr/lib/postgresql/*/bin/"$1" | sort -V | tail -n 1)
    if [ -x "$found" ]; then echo "$found"; else echo "$1"; fi
}

main
