#!/usr/bin/env python3
"""Runs every test of the project: the Swift ones, then the black-box ones and those in a browser
against the executable that was built with them. The last line is `N passed, N failed`; the exit
status says the same.

    run.py [swift] [system] [browser]     all three, or those that are named

SWIFT_FLAGS in the environment is passed to `swift build` and `swift test`.
"""

import collections
import os
import re
import shlex
import signal
import subprocess
import sys
import tempfile
import threading
import xml.etree.ElementTree

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), ".."))
# Six times what the Swift tests take: by then one of them hangs. Full sizes take hours.
SECONDS_MAX = 1800 if os.environ.get("SBX_SOAK") != "1" else 6 * 3600
TEST_LINE = re.compile(r'^\S+ +Test (".*"|\S+\(\)) .*?(started|passed|failed|skipped)\b')
FLAGS = shlex.split(os.environ.get("SWIFT_FLAGS", ""))


def main(kinds):
    if subprocess.run(["swift", "build", "--build-tests", *FLAGS], cwd=ROOT).returncode != 0:
        print("the build failed")
        print("0 passed, 1 failed")
        return 1
    runs = {"swift": swift_tests, "system": system_tests, "browser": browser_tests}
    # One kind after the other: some of the tests hold the platform to time limits of its own, which
    # a machine that does everything at once would break.
    results = [run() for kind, run in runs.items() if not kinds or kind in kinds]
    passed, failed, skipped = (sum(column) for column in zip(*results))
    print(f"{skipped} skipped")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


def swift_tests():
    """Passed, failed, skipped, from the report that Swift Testing writes."""
    with tempfile.TemporaryDirectory() as folder:
        report = os.path.join(folder, "report.xml")
        status, unfinished = watched(
            ["swift", "test", "--skip-build", "--disable-xctest", "--xunit-output", report,
             # Hundreds of tests begun at once would wait for each other at the database's pools.
             "--experimental-maximum-parallelization-width", "16", *FLAGS])
        written = [path for path in (report, report.replace(".xml", "-swift-testing.xml"))
                   if os.path.exists(path)]
        counts = [0, 0, 0]
        for path in written:
            try:
                tests = list(xml.etree.ElementTree.parse(path).iter("testcase"))
            except xml.etree.ElementTree.ParseError:
                continue    # Cut off by a crash.
            for test in tests:
                # `failures` of the suite counts issues; a test with two of them is one test.
                place = 1 if test.find("failure") is not None else (
                    2 if test.find("skipped") is not None else 0)
                counts[place] += 1
        # A crash leaves no report, or one that knows of no failure.
        if status != 0 and counts[1] == 0:
            counts[1] = max(1, len(unfinished))
        return counts


def watched(command):
    """Runs the command for at most SECONDS_MAX; its status, and the tests that began without
    ending, which are named when there are any: the last line before a hang says nothing of it."""
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True,
                               errors="replace", start_new_session=True)
    timer = threading.Timer(SECONDS_MAX, os.killpg, (process.pid, signal.SIGKILL))
    timer.start()
    running = collections.Counter()
    for line in process.stdout:
        print(line, end="", flush=True)
        told = TEST_LINE.match(line)
        if told:
            running[told[1]] += 1 if told[2] == "started" else -1
    status = process.wait()
    timer.cancel()
    # Killed, or crashed: otherwise all have ended, and a line was printed into another.
    unfinished = sorted(running - collections.Counter()) if status < 0 else []
    for name in unfinished:
        print(f"did not end: {name}")
    return status, unfinished


def environment():
    """What tests from outside need: the executable that was built with the Swift tests."""
    folder = subprocess.run(["swift", "build", "--show-bin-path", *FLAGS], cwd=ROOT,
                            capture_output=True, text=True, check=True).stdout.strip()
    return {"SBX_BINARY": os.path.join(folder, "sbx"), **os.environ}


def browser_tests():
    """Passed, failed, skipped in Chromium; the whole folder counts as skipped without the driver."""
    python = os.path.join(ROOT, ".build/python/bin/python")
    if subprocess.run([python, "-c", "import playwright, pytest"], capture_output=True).returncode:
        print("Tests/Browser: skipped, its Python packages are not installed: make setup")
        return [0, 0, 1]
    done = subprocess.run(
        [python, "-m", "pytest", "-p", "no:cacheprovider", "-q", "-rsP", "Tests/Browser"], cwd=ROOT,
        env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    print(f"== Tests/Browser\n{done.stdout}", flush=True)
    lines = done.stdout.strip().splitlines()
    counts = dict((word, int(number)) for number, word in re.findall(
        r"(\d+) (passed|failed|skipped|error)", lines[-1] if lines else ""))
    failed = counts.get("failed", 0) + counts.get("error", 0)
    if done.returncode not in (0, 5) and not failed:
        failed = 1
    return [counts.get("passed", 0), failed, counts.get("skipped", 0)]


def system_tests():
    done = subprocess.Popen([sys.executable, "-u", os.path.join(ROOT, "Tests/System/run.py")],
                            env=environment(), stdout=subprocess.PIPE, text=True)
    lines = []
    for line in done.stdout:
        lines.append(line.rstrip())
        print(line, end="", flush=True)
    done.wait()
    skipped = int((re.match(r"(\d+) skipped", lines[-2]) or [0, 0])[1]) if len(lines) > 1 else 0
    told = re.match(r"(\d+) passed, (\d+) failed", lines[-1]) if lines else None
    return [int(told[1]), int(told[2]), skipped] if told else [0, 1, 0]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
