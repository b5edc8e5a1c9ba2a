#!/usr/bin/env bash
# Prints the schema that all migrations together make: `make schema` writes it to `schema.sql`.
#
#   dump-schema.sh [SBX]
#
# SBX is the executable (default: sbx). It runs on an empty database of its own for the time being.
set -euo pipefail

sbx=${1:-sbx}
wait_seconds_max=60

main() {
    work=$(mktemp -d)
    server=
    trap clean_up EXIT
    # The database's own user passes through.
    chmod 0711 "$work"
    start_server
    local url major
    url=$("$sbx" db url --data "$work/data" | sed 's|/postgres?|/sbx?|')
    major=$(cut -d . -f 1 "$work/data/postgres/PG_VERSION")
    echo "-- The sum of all migrations, as PostgreSQL $major shows it. Made by \`make schema\`; not run by anything."
    # Partitions come with the days; ownership is sbx_owner's throughout.
    "/usr/lib/postgresql/$major/bin/pg_dump" --schema-only --no-owner \
        --exclude-table='sbx.request_log_2*' --exclude-table='sbx.spans_2*' --dbname="$url" | without_session
}

# Leaves out what concerns pg_dump and its session and changes with its version.
without_session() {
    grep -vE '^(--|SET |SELECT pg_catalog\.set_config|\\(un)?restrict)' | cat -s
}

start_server() {
    local port waited=0
    port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
    : >"$work/server.log"
    "$sbx" serve --listen "127.0.0.1:$port" --data "$work/data" >>"$work/server.log" 2>&1 &
    server=$!
    until grep -q '^ready$' "$work/server.log"; do
        if ! kill -0 "$server" 2>/dev/null || [ $waited -ge $((wait_seconds_max * 10)) ]; then
            cat "$work/server.log" >&2
            exit 1
        fi
        waited=$((waited + 1))
        sleep 0.1
    done
}

clean_up() {
    if [ -n "$server" ]; then
        kill -TERM "$server" 2>/dev/null || true
        wait "$server" || true
    fi
    rm -rf "$work"
}

main
