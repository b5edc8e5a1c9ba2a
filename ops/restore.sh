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
    # place already. Its workers look after the empty database while the archive's is made beside
    # it; then the one takes the other's name.
    start_server
    local admin restored
    admin=$("$sbx" db url --data "$data")
    restored=$(printf '%s' "$admin" | sed 's|/postgres?|/sbx_restored?|')
    # As the server makes it.
    run_sql "$admin" -c "CREATE DATABASE sbx_restored OWNER sbx_owner TEMPLATE template0
        ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'"
    "$(postgres_tool pg_restore)" --exit-on-error --single-transaction --dbname="$restored" \
        "$work/database.dump"
    run_sql "$admin" -c 'DROP DATABASE sbx WITH (FORCE)' -c 'ALTER DATABASE sbx_restored RENAME TO sbx'
    stop_server
    echo "restored into $data"
}

run_sql() {
    "$(postgres_tool psql)" -X -q -v ON_ERROR_STOP=1 -d "$@"
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

postgres_tool() {
    local found
    found=$(printf '%s\n' /usr/lib/postgresql/*/bin/"$1" | sort -V | tail -n 1)
    if [ -x "$found" ]; then echo "$found"; else echo "$1"; fi
}

main
