#!/bin/sh
# Builds one fuzz target with libFuzzer and runs it: Tests/Fuzz/run.sh FuzzJSON 60
# With `check` in place of the seconds, only sees whether it compiles.
#
# A target is a folder here with a Swift file that exports LLVMFuzzerTestOneInput and a file
# `sources` that lists the folders or files of the project to compile with it, one a line, as one
# module. Optional: `modules` (what it imports, one a line: a name and its folder), `flags` (more
# compiler flags), `seeds/` (inputs to start from), `corpus` (a folder of the corpus to start from).
# Findings and the grown inputs stay under .fuzz/TARGET.
# SwiftPM has no switch for -sanitize=fuzzer, so this calls the compiler itself.
set -eu

[ $# -ge 1 ] || { echo "usage: $0 TARGET [SECONDS] [libFuzzer options]" >&2; exit 2; }
target=$1
seconds=${2:-60}
shift
[ $# -eq 0 ] || shift

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
out=$root/.fuzz/$target
[ -f "$here/$target/sources" ] || { echo "no fuzz target $target" >&2; exit 2; }
mkdir -p "$out/corpus" "$out/findings"

files=$(while read -r place; do
    case $place in '' | '#'*) continue ;; esac
    find "$root/$place" -name '*.swift'
done <"$here/$target/sources")
flags=
[ ! -f "$here/$target/flags" ] || flags=$(tr '\n' ' ' <"$here/$target/flags")

cd "$out"
strict="-whole-module-optimization -swift-version 6 -package-name SmartSandbox \
    -enable-upcoming-feature ExistentialAny -enable-upcoming-feature InternalImportsByDefault \
    -enable-upcoming-feature MemberImportVisibility \
    -enable-upcoming-feature NonisolatedNonsendingByDefault -parse-as-library"
sanitized="-O -sanitize=fuzzer,address"
mode="$sanitized -o $out/$target"
emitted="-emit-module -emit-object"
suffix=o
if [ "$seconds" = check ]; then
    sanitized=-Onone mode=-typecheck emitted=-emit-module suffix=swiftmodule
fi
modules=
if [ -f "$here/$target/modules" ]; then
    while read -r module place; do
        # shellcheck disable=SC2046,SC2086
        swiftc $sanitized $strict $flags -module-name "$module" -I . \
            $emitted $(find "$root/$place" -name '*.swift') -o "$module.$suffix"
        modules="$modules -I . $out/$module.o"
    done <"$here/$target/modules"
fi
[ "$seconds" != check ] || modules="-I ."
# shellcheck disable=SC2086 # The lists are meant to be split.
swiftc $mode $strict -module-name "$target" $flags $modules $files "$here/$target/"*.swift
[ "$seconds" != check ] || exit 0

seeds=
[ ! -d "$here/$target/seeds" ] || seeds=$here/$target/seeds
[ -z "${SBX_CORPUS:-}" ] || [ ! -f "$here/$target/corpus" ] ||
    seeds="$seeds $SBX_CORPUS/$(cat "$here/$target/corpus")"

# Swift keeps bits of its own in pointers to strings; the leak checker takes such strings for lost.
export ASAN_OPTIONS=detect_leaks=0
# shellcheck disable=SC2086
exec "./$target" -max_total_time="$seconds" -timeout=5 -rss_limit_mb=2048 \
    -artifact_prefix=findings/ -print_final_stats=1 "$@" corpus $seeds
