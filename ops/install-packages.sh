#!/usr/bin/env bash
# Installs the Debian packages that are missing, and nothing else: `run` for building and running,
# `test` for the tests beyond that, `bench` for the rivals that `make bench` measures beside us.
set -euo pipefail

# For the tests of the portal in a real browser; without it they are skipped and say so.
browser_packages=(chromium)
run_packages=(libpq-dev libssl-dev libxml2-dev zlib1g-dev libyaml-dev libidn2-dev pkg-config curl)
test_packages=(python3 python3-venv)
bench_packages=(wrk)
postgres_major_min=15

main() {
    case "${1:-run}" in
        run)
            install_missing "${run_packages[@]}"
            can_link || install g++
            has_postgres || install_postgres
            ;;
        test)
            install_missing "${test_packages[@]}"
            install_missing "${browser_packages[@]}" ||
                echo "chromium could not be installed: the tests in Tests/Browser will be skipped" >&2
            ;;
        bench)
            install_missing "${bench_packages[@]}"
            command -v nginx >/dev/null || [ -x /usr/sbin/nginx ] || install nginx-light
            ;;
        *)
            echo "usage: install-packages.sh run|test|bench" >&2
            exit 2
            ;;
    esac
}

install_missing() {
    local missing=()
    for package in "$@"; do
        is_installed "$package" || missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] || install "${missing[@]}"
}

is_installed() {
    # Commands may have come another way than as a package.
    case "$1" in
        python3 | curl | wrk) command -v "$1" >/dev/null && return 0 ;;
        python3-venv) python3 -c 'import ensurepip, venv' 2>/dev/null && return 0 ;;
        pkg-config) command -v pkg-config >/dev/null && return 0 ;;
    esac
    [ "$(dpkg-query -W -f '${Status}' "$1" 2>/dev/null)" = "install ok installed" ]
}

# A Swift toolchain brings a compiler and links with the system's C and C++ start files and
# libraries, which a machine that has compiled nothing yet does not have.
can_link() {
    compgen -G '/usr/lib/gcc/*/*/crtbeginS.o' >/dev/null \
        && compgen -G '/usr/lib/gcc/*/*/libstdc++.so' >/dev/null \
        && compgen -G '/usr/lib/*/crt1.o' >/dev/null && command -v ld >/dev/null
}

# The server, initdb and pgbench of one version that is new enough.
has_postgres() {
    local folder major
    for folder in /usr/lib/postgresql/*/bin; do
        major=$(basename "$(dirname "$folder")")
        [[ $major =~ ^[0-9]+$ ]] && [ "$major" -ge $postgres_major_min ] || continue
        [ -x "$folder/postgres" ] && [ -x "$folder/initdb" ] && [ -x "$folder/pgbench" ] && return 0
    done
    return 1
}

install_postgres() {
    # Debian's package makes and starts a cluster of its own on port 5432, which nobody here uses.
    # A machine that already has the common package has made its own choice.
    if ! is_installed postgresql-common; then
        install postgresql-common
        as_root sed -i 's/^#\?create_main_cluster.*/create_main_cluster = false/' \
            /etc/postgresql-common/createcluster.conf
    fi
    install postgresql postgresql-contrib
    if ! has_postgres; then
        echo "Debian's postgresql is older than $postgres_major_min here." \
            "Install postgresql-$postgres_major_min or newer under /usr/lib/postgresql." >&2
        exit 1
    fi
}

install() {
    if ! command -v apt-get >/dev/null; then
        echo "Not a Debian system. Please install what these packages hold: $*" >&2
        exit 1
    fi
    if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null; then
        echo "Missing: $*. As root: apt-get install -y $*" >&2
        exit 1
    fi
    echo "installing: $*" >&2
    # The lists of a fresh machine are empty, those of an old one may name files that are gone.
    apt_install "$@" >/dev/null 2>&1 || {
        as_root apt-get -qq -o DPkg::Lock::Timeout=300 update
        apt_install "$@" >/dev/null
    }
}

# Services that a package would start stay off while it is installed.
apt_install() {
    local policy=/usr/sbin/policy-rc.d made=no status=0
    if [ ! -e $policy ]; then
        made=yes
        printf '#!/bin/sh\nexit 101\n' | as_root tee $policy >/dev/null
        as_root chmod 0755 $policy
    fi
    # A machine that has just come up is often still busy with updates of its own.
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends \
        -o DPkg::Lock::Timeout=300 install "$@" || status=$?
    [ $made = no ] || as_root rm -f $policy
    return $status
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

main "$@"
