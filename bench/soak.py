#!/usr/bin/env python3
"""Runs what is too long for every day, and writes bench/SOAK.md: every test at its full size with
the kill loops, the fuzzers, and the suite under the Thread Sanitizer.

Exits with 1 if any part failed; the page is written all the same, and says which.
"""

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
# Lines by which tests tell what they measured, e.g. "server: slowest restart 1.20 s, …".
MEASURED = re.compile(r"^(?:measured|server|database|isolation|\d+ idle connections)\b.*\d", re.I)


class Part:
    def __init__(self, name, command, environment=None):
        self.name, self.command, self.environment = name, command, environment or {}

    def run(self):
        print(f"== {self.name}", flush=True)
        began = time.monotonic()
        process = subprocess.Popen(self.command, cwd=ROOT, env={**os.environ, **self.environment},
                                   stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                                   errors="replace")
        self.lines = []
        for line in process.stdout:
            print(line, end="", flush=True)
            self.lines.append(line.strip())
        self.succeeded = process.wait() == 0
        self.seconds = time.monotonic() - began

    def result(self):
        """The last line that counts something."""
        counted = [line for line in self.lines
                   if re.search(r"\d+ passed, \d+ failed|Test run with|^Done \d+ runs", line)]
        return counted[-1] if counted else (self.lines[-1] if self.lines else "")

    def markdown(self):
        state = "passed" if self.succeeded else "**failed**"
        return f"| {self.name} | {state} | {self.seconds / 60:.1f} min | {self.result()} |"


def main():
    parts = [Part("every test at full size", [sys.executable, "Tests/run.py"], {"SBX_SOAK": "1"})]
    parts += [Part(f"{target}, {FUZZ_SECONDS} s", ["Tests/Fuzz/run.sh", target, str(FUZZ_SECONDS)])
              for target in fuzz_targets()]
    # Its own folder: objects with and without the sanitizer do not mix.
    parts.append(Part("Thread Sanitizer", [
        "swift", "test", "--sanitize", "thread", "--scratch-path", ".build-thread-sanitizer",
        # One test after the other: ten times slower, the platform's own time limits would end them.
        "--disable-xctest", "--no-parallel"],
        {"TSAN_OPTIONS": f"suppressions={ROOT}/Tests/thread-sanitizer.supp"}))
    for part in parts:
        part.run()
    with open(os.path.join(HERE, "SOAK.md"), "w") as file:
        file.write(report(parts))
    return 0 if all(part.succeeded for part in parts) else 1


def fuzz_targets():
    folder = os.path.join(ROOT, "Tests", "Fuzz")
    return sorted(name for name in os.listdir(folder) if os.path.isdir(os.path.join(folder, name)))


def report(parts):
    measured = [line for part in parts for line in part.lines if MEASURED.match(line)]
    return f"""# Soak

Written by `make soak`.

- Commit {git("rev-parse", "--short", "HEAD")}{dirty()}, {now()}
- {os.cpu_count()} cores, {memory_gigabytes()} GB, {processor()}, Linux {os.uname().release}

| Part | Result | Time | Last count |
|---|---|---|---|
""" + "\n".join(part.markdown() for part in parts) + "\n\n## Measured on the way\n" + "\n".join(
        f"- {line}" for line in measured) + "\n"


if __name__ == "__main__":
    sys.exit(main())
