#!/usr/bin/env bash
# Makes a data folder out of an archive that `backup.sh` wrote. The folder must be empty or absent;
# afterwards `sbx serve --data` runs from it as before.
#
#   restore.sh ARCHIVE.tar DATA_FOLDER
#
# SBX names the executable (default: sbx); run it as the user that will serve.
set -euo pipefail
umask 077

archive=${1:?usage: restore.sh ARCHIVE.tar DATA_FOLDER}
data=${2:?usage: restore.sh ARCHIVE.tar DATA_FOLDER}
sbx=${SBX:-sbx}
wait_seconds_max=60

main() {
    if [ -d "$data" ] && [ -n "$(ls -A "$data")" ]; then
        echo "$data is not empty; restore into a new folder and move it into place." >&2
        exit 1
    fi
    work=$(mktemp -d)
    server=
    trap clean_up EXIT
    tar -C "$work" -xf "$archive"

    # The database's own user passes through this folder.
    install -d -m 0711 "$data"
    tar -C "$work/files" -cf - . | tar -C "$data" --no-overwrite-dir -xf -

    # A server that nobody knows of makes the cluster and its roles with the passwords that are in
    # place already; then its empty schema gives way to the archive's.
    start_server
    local url
    url=$(database_url)
    "$(postgres_tool psql)" -X -q -v ON_ERROR_STOP=1 -d "$url" \
        -c 'SET client_min_messages = warning' -c 'DROP SCHEMA sbx CASCADE'
    "$(postgres_tool pg_restore)" --clean --if-exists --exit-on-error --single-transaction --dbname="$url" \
        "$work/database.dump"
    stop_server
    echo "restored into $data"
}

start_server() {
    local port
    port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    "$sbx" serve --listen "127.0.0.1:$port" --data "$data" >"$work/server.log" 2>&1 &
    server=$!
    local waited=0
    until curl -fsS -o /dev/null "http://127.0.0.1:$port/readyz" 2>/dev/null; do
        if ! kill -0 "$server" 2>/dev/null || [ $waited -ge $((wait_seconds_max * 10)) ]; then
            cat "$work/server.log" >&2
            exit 1
        fi
        waited=$((waited + 1))
        sleep 0.1
    done
}

stop_server() {
    [ -n "$server" ] || return 0
    kill -TERM "$server" 2>/dev/null || true
    wait "$server" || true
    server=
}

clean_up() {
    stop_server
    rm -rf "$work"
}

# The platform's own database, as the administrator: row-level security would hide rows from others.
database_url() {
    "$sbx" db url --data "$data" | sed 's|/postgres?|/sbx?|'
}

postgres_tool() {
    local found
    found=$(printf '%s\n' /usr/lib/postgresql/*/bin/"$1" | sort -V | tail -n 1)
    if [ -x "$found" ]; then echo "$found"; else echo "$1"; fi
}

main
