#!/usr/bin/env bash
# Starts the platform for a developer's machine, and prints where it is once it answers.
# Reads LISTEN, DOMAIN and DATA from the environment; the argument is the executable.
set -euo pipefail

executable=${1:?the sbx executable}
listen=${LISTEN:-127.0.0.1:8080}
port=${listen##*:}
# The one thing `sbx serve` never does by itself: let calls go out to this machine.
egress=127.0.0.0/8,::1/128

announce() {
    for _ in $(seq 300); do
        kill -0 $$ 2>/dev/null || return 0
        if curl -fsS -o /dev/null "http://127.0.0.1:$port/readyz" 2>/dev/null; then
            cat <<TEXT

Portal:  http://localhost:$port/
Webhooks and other outbound calls may reach this machine (--egress-allow $egress).
Sign up from another terminal:

  curl -sS http://localhost:$port/v1/signup -H 'Content-Type: application/json' -d "{\"email\": \"you+\$(date +%s)@example.com\", \"password\": \"correct horse battery staple\", \"organization\": \"Example\"}"

Ctrl-C stops everything.

TEXT
            return 0
        fi
        sleep 0.2
    done
}

[ -d "${DATA:?}" ] || install -d -m 0755 "$DATA"
announce &
exec "$executable" serve --listen "$listen" --domain "${DOMAIN:-sbx.localhost}" --data "$DATA" \
    --egress-allow "$egress"
