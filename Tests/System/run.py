#!/usr/bin/env python3
"""Runs the black-box tests, two files at a time; the last line is `N passed, N failed`, and the
lines `failed: NAME` before it name those that failed.

    run.py [name …]     all of test_*.py, or those whose names contain one of the words, or the
                        tests of these full names (`test_keys.KeyTests.test_rotate`), one by one
"""

import concurrent.futures
import glob
import os
import re
import subprocess
import sys
import time

FOLDER = os.path.dirname(os.path.abspath(__file__))
SECONDS_MAX = 7200 if os.environ.get("SBX_SOAK") == "1" else 600
# Begun first, so that none of them is left over alone at the end.
LONG = ["test_webhooks", "test_published_contracts", "test_fuzz_targets", "test_callbacks"]


def main(words):
    found = sorted(os.path.basename(path)[:-3] for path in glob.glob(f"{FOLDER}/test_*.py"))
    modules = LONG + [name for name in found if name not in LONG]
    tests = [word for word in words if "." in word]
    if words:
        modules = tests or [name for name in modules if any(word in name for word in words)]
    passed = skipped = 0
    failed = []
    with concurrent.futures.ThreadPoolExecutor(max_workers=1 if tests else 2) as pool:
        for module, status, text, seconds in pool.map(run, modules):
            print(f"== {module}, {seconds:.0f} s\n{text}", flush=True)
            counts = read_counts(module, text, status)
            passed, failed, skipped = passed + counts[0], failed + counts[1], skipped + counts[2]
    for name in failed:
        print(f"failed: {name}")
    print(f"{skipped} skipped")
    print(f"{passed} passed, {len(failed)} failed")
    return 1 if failed or not passed else 0


def run(module):
    began = time.monotonic()
    process = subprocess.Popen([sys.executable, "-m", "unittest", "-v", module], cwd=FOLDER,
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        text, _ = process.communicate(timeout=SECONDS_MAX)
    except subprocess.TimeoutExpired:
        process.terminate()
        text, _ = process.communicate()
        text += f"\nended after {SECONDS_MAX} s\n"
    return module, process.returncode, text, time.monotonic() - began


def read_counts(module, text, status):
    """Passed, the names of the failed, and skipped out of what unittest prints; a crash, or a class
    whose set-up fails, is a failure of the whole file."""
    ran = re.search(r"^Ran (\d+) tests?", text, re.M)
    last = re.search(r"^(OK|FAILED)(?: \((.*)\))?$", text, re.M)
    if not ran or not last:
        return 0, [module], 0
    told = dict(part.split("=") for part in (last[2] or "").split(", ") if "=" in part)
    skipped = int(told.get("skipped", 0))
    # A test is named once for each of its cases that failed; a class whose set-up failed has run none.
    names = sorted(set(re.findall(r"^(?:FAIL|ERROR): \w+ \(([\w.]+)\)", text, re.M)))
    tests = sum(name.split(".")[-1].startswith("test") for name in names)
    if last[1] != "OK" or status:
        names = names or [module]
    return max(0, int(ran[1]) - tests - skipped), names, skipped


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
