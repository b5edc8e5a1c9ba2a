#!/usr/bin/env python3
"""Runs what is too long for every day, and writes bench/SOAK.md: the Swift suites and the black-box
tests with their kill loops at full size, each fuzzer, and all Swift tests under the Thread Sanitizer.

With names, `soak.py swift system fuzz tsan` or that of a part as its row has it (`FuzzJSON`, `kill`,
`"Random payments"`), runs only those; the rows of the others stay as they are, each with the commit
and the day that it was run on. Exits with 1 if any part failed; the page is written all the same,
and says which.
"""

import json
import os
import re
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.abspath(os.path.join(HERE, ".."))
sys.path.insert(0, HERE)

from run import dirty, git, memory_gigabytes, now, processor  # noqa: E402

FUZZ_SECONDS = int(os.environ.get("FUZZ_SECONDS", "60"))
PAGE = os.path.join(HERE, "SOAK.md")
# Lines by which tests tell what they measured, e.g. "server: slowest restart 1.20 s, …".
MEASURED = re.compile(r"^(?:measured|server|database|isolation|\d+ idle connections)\b.*\d", re.I)
# Suites and black-box files that have a full size; all others are the same in every run.
SUITES = ["Isolation under concurrency", "Random payments"]
BLACK_BOX = ["audit", "clock", "idempotency", "idle_connections", "kill",
             "published_contracts", "readme", "shared_limits", "stalled_log", "usage", "webhooks"]
# Optimised, in a folder of its own: a million calls take hours otherwise.
BUILT = "-c release -Xswiftc -enable-testing --scratch-path .build-soak"
# What the page remembers of a part, for the runs that leave it alone.
MEMORY = re.compile(r"^<!-- soak (.*) -->$", re.M)


class Part:
    def __init__(self, kind, name, command, environment=None):
        self.kind, self.name, self.command = kind, name, command
        self.environment = environment or {}

    def run(self):
        """The part's row."""
        print(f"== {self.name}", flush=True)
        began = time.monotonic()
        process = subprocess.Popen(self.command, cwd=ROOT, env={**os.environ, **self.environment},
                                   stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                                   errors="replace")
        lines = []
        for line in process.stdout:
            print(line, end="", flush=True)
            lines.append(line.strip())
        succeeded = process.wait() == 0
        return {
            "part": self.name, "succeeded": succeeded, "result": last_count(lines),
            "minutes": round((time.monotonic() - began) / 60, 1),
            "commit": git("rev-parse", "--short", "HEAD") + dirty(), "at": now(),
            "measured": [line for line in lines if MEASURED.match(line)],
        }


def parts():
    full = {"SBX_SOAK": "1", "SBX_BINARY": os.path.join(ROOT, ".build-soak", "release", "sbx")}
    build = f"swift build --build-tests {BUILT}"
    for suite in SUITES:
        test = f"swift test --skip-build --disable-xctest {BUILT} --filter '{suite}'"
        yield Part("swift", f"{suite}, full size", ["sh", "-c", f"{build} && {test}"], full)
    for name in BLACK_BOX:
        test = f"{sys.executable} Tests/System/run.py test_{name}"
        yield Part("system", f"{name}, full size", ["sh", "-c", f"{build} && {test}"], full)
    for target in fuzz_targets():
        yield Part("fuzz", f"{target}, {FUZZ_SECONDS} s",
                   ["Tests/Fuzz/run.sh", target, str(FUZZ_SECONDS)])
    # Its own folder: objects with and without the sanitizer do not mix.
    yield Part("tsan", "Thread Sanitizer", [
        "swift", "test", "--sanitize", "thread", "--scratch-path", ".build-thread-sanitizer",
        # One test after the other: ten times slower, the platform's own time limits would end them.
        "--disable-xctest", "--no-parallel"],
        {"TSAN_OPTIONS": f"suppressions={ROOT}/Tests/thread-sanitizer.supp"})


def fuzz_targets():
    folder = os.path.join(ROOT, "Tests", "Fuzz")
    return sorted(name for name in os.listdir(folder) if os.path.isdir(os.path.join(folder, name)))


def last_count(lines):
    """The last line that counts something."""
    counted = [line for line in lines
               if re.search(r"\d+ passed, \d+ failed|Test run with|^Done \d+ runs", line)]
    return counted[-1] if counted else (lines[-1] if lines else "")


def remembered():
    if not os.path.exists(PAGE):
        return {}
    with open(PAGE) as file:
        rows = [json.loads(text) for text in MEMORY.findall(file.read())]
    return {row["part"]: row for row in rows}


def report(rows):
    table = "\n".join(
        f"| {row['part']} | {'passed' if row['succeeded'] else '**failed**'} | {row['commit']}"
        f" | {row['at']} | {row['minutes']} min | {row['result']} |" for row in rows)
    measured = "\n".join(f"- {line}" for row in rows for line in row["measured"])
    memory = "\n".join(f"<!-- soak {json.dumps(row, ensure_ascii=False)} -->" for row in rows)
    return f"""# Soak

Written by `make soak`, on {os.cpu_count()} cores, {memory_gigabytes()} GB, {processor()}, Linux \
{os.uname().release}.

| Part | Result | Commit | When | Time | Last count |
|---|---|---|---|---|---|
{table}

## Measured on the way
{measured}

{memory}
"""


def main(kinds):
    rows = remembered()
    every = list(parts())
    for part in every:
        if kinds and not {part.kind, part.name.split(",")[0]} & set(kinds):
            continue
        rows[part.name] = part.run()
        names = [each.name for each in every]
        known = [rows[name] for name in names if name in rows]
        with open(PAGE, "w") as file:
            file.write(report(known))
    return 0 if all(rows[part.name]["succeeded"] for part in every if part.name in rows) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
