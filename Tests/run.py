#!/usr/bin/env python3
"""Runs every test of the project: the Swift ones, then the black-box ones and those in a browser
against the executable that was built with them. The last line is `N passed, N failed`; the exit
status says the same, and the lines before name what failed.

    run.py [swift] [system] [browser]     all three, or those that are named

A test that failed is run once more with nothing beside it. One that passes then counts as passed and
is listed as unsteady: a machine too busy for a time limit does not refuse good work, and a test that
cannot stand beside others does not stay unseen. At most AGAIN_MAX of a kind: more is no accident.

SWIFT_FLAGS in the environment is passed to `swift build` and `swift test`.
"""

import collections
import dataclasses
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import xml.etree.ElementTree

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), ".."))
# Six times what the Swift tests take: by then one of them hangs. Full sizes take hours.
SECONDS_MAX = 1800 if os.environ.get("SBX_SOAK") != "1" else 6 * 3600
# As many as run side by side: one pause of the machine hits them all.
WIDTH = 16
AGAIN_MAX = WIDTH
TEST_LINE = re.compile(r'^\S+ +Test (".*"|\S+\(\)) .*?(started|passed|failed|skipped)\b')
# Two browsers side by side, except where times are held to their bounds.
BROWSER_WORKERS = [] if os.environ.get("SBX_SOAK") == "1" else ["-n2", "--dist=worksteal"]
# Where Swift tests leave answers that the black-box tests hand to an independent validator.
EXCHANGES = os.path.join(ROOT, ".build", "exchanges")
FLAGS = shlex.split(os.environ.get("SWIFT_FLAGS", ""))


@dataclasses.dataclass
class Outcome:
    """What a kind's tests came to; `failed` holds the names by which its runner finds them."""
    passed: int = 0
    skipped: int = 0
    failed: list = dataclasses.field(default_factory=list)
    unsteady: list = dataclasses.field(default_factory=list)
    # Whether `failed` says all there is: not after a crash, which hides the tests behind it.
    is_whole: bool = True

    def again(self, run):
        """Itself, after `run` was given those that failed and told its outcome of them."""
        if not self.failed or not self.is_whole or len(self.failed) > AGAIN_MAX:
            return self
        print(f"== once more, with nothing beside: {', '.join(self.failed)}", flush=True)
        second = run(self.failed)
        if not second.is_whole or second.passed + len(second.failed) < len(self.failed):
            return self
        mended = [name for name in self.failed if name not in second.failed]
        return Outcome(self.passed + second.passed, self.skipped, second.failed, mended)


def main(kinds):
    if subprocess.run(["swift", "build", "--build-tests", *FLAGS], cwd=ROOT).returncode != 0:
        print("the build failed")
        print("0 passed, 1 failed")
        return 1
    runs = {"swift": swift_tests, "system": system_tests, "browser": browser_tests}
    # One kind after the other: some of the tests hold the platform to time limits of its own, which
    # a machine that does everything at once would break.
    results = [run().again(run) for kind, run in runs.items() if not kinds or kind in kinds]
    for name in (name for result in results for name in result.unsteady):
        print(f"unsteady, passed with nothing beside it: {name}")
    failed = [name for result in results for name in result.failed]
    for name in failed:
        print(f"failed: {name}")
    passed = sum(result.passed for result in results)
    print(f"{sum(result.skipped for result in results)} skipped")
    print(f"{passed} passed, {len(failed)} failed")
    return 1 if failed or not passed else 0


def swift_tests(only=()):
    if not only:
        shutil.rmtree(EXCHANGES, ignore_errors=True)
        os.makedirs(EXCHANGES)
    with tempfile.TemporaryDirectory() as folder:
        report = os.path.join(folder, "report.xml")
        which = [] if not only else ["--no-parallel", *(
            word for name in only for word in ("--filter", f"^{re.escape(name)}"))]
        status, unfinished = watched(
            ["swift", "test", "--skip-build", "--disable-xctest", "--xunit-output", report,
             # Hundreds of tests begun at once would wait for each other at the database's pools.
             "--experimental-maximum-parallelization-width", str(WIDTH), *which, *FLAGS])
        outcome = Outcome()
        for path in (report, report.replace(".xml", "-swift-testing.xml")):
            read_report(path, outcome, lambda test: f"{test.get('classname')}/{test.get('name')}")
    # A crash leaves no report, or one that knows of no failure.
    if status != 0 and not outcome.failed:
        outcome.failed = unfinished or [f"swift test ended with status {status}"]
        outcome.is_whole = False
    return outcome


def read_report(path, outcome, name):
    """Adds what a JUnit report tells; a missing one, or one cut off by a crash, tells nothing."""
    try:
        tests = list(xml.etree.ElementTree.parse(path).iter("testcase"))
    except (OSError, xml.etree.ElementTree.ParseError):
        return
    for test in tests:
        # `failures` of the suite counts issues; a test with two of them is one test.
        if test.find("failure") is not None or test.find("error") is not None:
            outcome.failed.append(name(test))
        elif test.find("skipped") is not None:
            outcome.skipped += 1
        else:
            outcome.passed += 1


def watched(command):
    """Runs the command for at most SECONDS_MAX; its status, and the tests that began without
    ending, which are named when there are any: the last line before a hang says nothing of it."""
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True,
                               env={**os.environ, "SBX_EXCHANGES": EXCHANGES},
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
    return status, sorted(running - collections.Counter()) if status < 0 else []


def environment():
    """What tests from outside need: the executable that was built with the Swift tests."""
    folder = subprocess.run(["swift", "build", "--show-bin-path", *FLAGS], cwd=ROOT,
                            capture_output=True, text=True, check=True).stdout.strip()
    return {"SBX_BINARY": os.path.join(folder, "sbx"), **os.environ}


def system_tests(only=()):
    outcome, count, end = Outcome(), "", None
    process = subprocess.Popen(
        [sys.executable, "-u", os.path.join(ROOT, "Tests/System/run.py"), *only],
        env=environment(), stdout=subprocess.PIPE, text=True)
    for line in process.stdout:
        print(line, end="", flush=True)
        if line.startswith("failed: "):
            outcome.failed.append(line.removeprefix("failed: ").strip())
        count, end = end, line
    process.wait()
    told = re.match(r"(\d+) passed, (\d+) failed", end or "")
    skipped = re.match(r"(\d+) skipped", count or "")
    outcome.passed = int(told[1]) if told else 0
    outcome.skipped = int(skipped[1]) if skipped else 0
    if not told or int(told[2]) != len(outcome.failed):
        outcome.failed.append("Tests/System/run.py: ended early")
        outcome.is_whole = False
    return outcome


def browser_tests(only=()):
    """In Chromium; the whole folder counts as skipped without the driver."""
    python = os.path.join(ROOT, ".build/python/bin/python")
    if subprocess.run([python, "-c", "import playwright, pytest"], capture_output=True).returncode:
        print("Tests/Browser: skipped, its Python packages are not installed: make setup")
        return Outcome(skipped=1)
    with tempfile.TemporaryDirectory() as folder:
        report = os.path.join(folder, "report.xml")
        print("== Tests/Browser", flush=True)
        status = subprocess.run(
            [python, "-m", "pytest", "-p", "no:cacheprovider", "-q", "-rsP", "--tb=short",
             f"--junitxml={report}", *(only or [*BROWSER_WORKERS, "Tests/Browser"])],
            cwd=ROOT, env=environment(), stderr=subprocess.STDOUT).returncode
        outcome = Outcome()
        read_report(report, outcome, lambda test: "{}.py::{}".format(
            test.get("classname", "").replace(".", "/"), test.get("name")))
    if status not in (0, 5) and not outcome.failed:
        outcome.failed, outcome.is_whole = [f"pytest ended with status {status}"], False
    return outcome


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
