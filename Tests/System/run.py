#!/usr/bin/env python3
"""Runs the black-box tests, two files at a time; the last line is `N passed, N failed`.

    run.py [name …]     all of test_*.py, or those whose names contain one of the words
"""

import concurrent.futures
import glob
import os
import re
import subprocess
import sys

FOLDER = os.path.dirname(os.path.abspath(__file__))
SECONDS_MAX = 7200 if os.environ.get("SBX_SOAK") == "1" else 600


def main(words):
    modules = sorted(os.path.basename(path)[:-3] for path in glob.glob(f"{FOLDER}/test_*.py"))
    if words:
        modules = [name for name in modules if any(word in name for word in words)]
    passed = failed = skipped = 0
    with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
        for module, status, text in pool.map(run, modules):
            print(f"== {module}\n{text}", flush=True)
            counts = read_counts(text, status)
            passed, failed, skipped = passed + counts[0], failed + counts[1], skipped + counts[2]
    print(f"{skipped} skipped")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


def run(module):
    process = subprocess.Popen([sys.executable, "-m", "unittest", "-v", module], cwd=FOLDER,
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        text, _ = process.communicate(timeout=SECONDS_MAX)
    except subprocess.TimeoutExpired:
        process.terminate()
        text, _ = process.communicate()
        text += f"\nended after {SECONDS_MAX} s\n"
    return module, process.returncode, text


def read_counts(text, status):
    """Passed, failed and skipped out of what unittest prints; a crash counts as one failure."""
    ran = re.search(r"^Ran (\d+) tests?", text, re.M)
    last = re.search(r"^(OK|FAILED)(?: \((.*)\))?$", text, re.M)
    if not ran or not last:
        return 0, 1, 0
    told = dict(part.split("=") for part in (last[2] or "").split(", ") if "=" in part)
    failed = int(told.get("failures", 0)) + int(told.get("errors", 0))
    skipped = int(told.get("skipped", 0))
    if status and not failed:
        failed = 1
    # A class whose set-up fails is an error without a test that ran.
    return max(0, int(ran[1]) - failed - skipped), failed, skipped


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
