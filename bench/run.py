#!/usr/bin/env python3
"""Measures the platform beside its rivals, in one run on one machine, and prints the ratios.

    run.py [--write] [--rounds N] [--seconds N] [edge] [recording] [data] [contracts] [clock] [life]
           [plan] [spans] [traces] [webhooks] [tokens]

Sides alternate (A B A B …) for N rounds after one that warms up; figures are medians of rounds.
With --write the rows go to bench/RESULTS.md, each with its commit and day; those of topics that were
not measured stay as they are.
"""

import argparse
import datetime
import json
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
os.environ.setdefault("SBX_BINARY", os.path.join(HERE, "..", ".build", "release", "sbx"))

import measure  # noqa: E402  First: it makes the tests' harness importable.
from harness import ADMIN_KEY, REPOSITORY, Platform  # noqa: E402
import clock  # noqa: E402
import contracts  # noqa: E402
import data  # noqa: E402
import edge  # noqa: E402
import life  # noqa: E402
import plan  # noqa: E402
import recording  # noqa: E402
import spans  # noqa: E402
import tokens  # noqa: E402
import webhooks  # noqa: E402

TOPICS = ["edge", "recording", "data", "contracts", "clock", "life", "plan", "spans", "traces",
          "webhooks", "tokens"]
PAGE = os.path.join(HERE, "RESULTS.md")
# What the page remembers of a topic, for the runs that leave it alone.
MEMORY = re.compile(r"^<!-- bench (.*) -->$", re.M)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("topics", nargs="*", metavar="topic", help=", ".join(TOPICS))
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=4)
    options = parser.parse_args()
    topics = options.topics or TOPICS

    platform = Platform()
    platform.admin_key = ADMIN_KEY
    try:
        platform.start()
        tenant = platform.sign_up()
        platform.raise_limits(tenant.id)
        known = remembered() if options.write else {}
        parts = {
            "edge": lambda: edge.measure(platform, tenant, options.rounds, options.seconds),
            "recording": lambda: recording.measure(
                platform, tenant, options.rounds, options.seconds),
            "data": lambda: data.measure(platform, tenant, options.rounds, options.seconds),
            "contracts": lambda: contracts.measure(
                platform, tenant, options.rounds, options.seconds),
            "clock": lambda: clock.measure(tenant),
            "life": lambda: life.measure(tenant),
            "plan": lambda: plan.measure(tenant),
            "spans": lambda: spans.measure(platform, tenant, options.rounds, options.seconds),
            "traces": lambda: spans.measure_traces(platform, tenant),
            "webhooks": webhooks.measure,
            "tokens": lambda: tokens.measure(platform, tenant, options.rounds, options.seconds),
        }
        for topic in topics:
            try:
                rows = parts[topic]()
            except (AssertionError, ImportError, OSError) as error:
                # What could not be measured is said, and the rest is measured all the same.
                reason = " ".join(str(error).split())[:200]
                rows = [measure.Row(topic, "not measured", "", False, reason)]
            known[topic] = {"at": f"{git('rev-parse', '--short', 'HEAD')}{dirty()}, {now()}",
                            "rounds": options.rounds, "rows": [vars(row) for row in rows]}
        text = report([known[topic] | {"topic": topic} for topic in TOPICS if topic in known],
                      platform)
    finally:
        platform.close()
    print(MEMORY.sub("", text).rstrip())
    if options.write:
        with open(PAGE, "w") as file:
            file.write(text)


def remembered():
    if not os.path.exists(PAGE):
        return {}
    with open(PAGE) as file:
        topics = [json.loads(text) for text in MEMORY.findall(file.read())]
    return {topic["topic"]: topic for topic in topics}


def report(topics, platform):
    measured = "\n".join(
        f"- {topic['topic']}: {topic['at']}, rounds: {topic['rounds']}" for topic in topics)
    table = "\n".join(measure.Row(**row).markdown() for topic in topics for row in topic["rows"])
    memory = "\n".join(f"<!-- bench {json.dumps(topic, ensure_ascii=False)} -->" for topic in topics)
    return f"""# Measured

Written by `make bench`. Each ratio is ours to the rival's, both measured in one run, in turns after a
warm-up, medians of the rounds. Load generator, server, database and rivals share the machine.

- {os.cpu_count()} cores, {memory_gigabytes()} GB, {processor()}, Linux {os.uname().release}
- {version(measure.postgres_tool("postgres"), "--version")}; settings of the private cluster as \
shipped: {settings(platform)}
- Limits of the measured tenant raised through the admin API: 1,000,000 calls a second, 10,000 in \
flight, 100,000 sandboxes

| Work | Figure | Bound | Met | Terms |
|---|---|---|---|---|
{table}

Measured at:

{measured}

{memory}
"""


def settings(platform):
    names = ["shared_buffers", "fsync", "synchronous_commit", "full_page_writes", "wal_compression",
             "max_connections"]
    return ", ".join(f"{name} {platform.sql(f'SHOW {name}')[0][0]}" for name in names)


def git(*arguments):
    done = subprocess.run(["git", "-C", REPOSITORY, *arguments], capture_output=True, text=True)
    return done.stdout.strip()


def dirty():
    return " with changes not committed" if git("status", "--porcelain", "--", "Sources") else ""


def now():
    return datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC")


def memory_gigabytes():
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30)


def processor():
    with open("/proc/cpuinfo") as file:
        for line in file:
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return "unknown processor"


def version(program, flag):
    return subprocess.run([program, flag], capture_output=True, text=True).stdout.strip()


if __name__ == "__main__":
    main()
