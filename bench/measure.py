"""Runs wrk and pgbench, reads what they print, and compares two sides fairly."""

import os
import re
import statistics
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "Tests", "System"))

from harness import postgres_tool  # noqa: E402

UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}


class Load:
    """What one run of a load generator saw."""

    def __init__(self, per_second, p99_ms=None, errors=0, answers=0):
        self.per_second, self.p99_ms, self.errors, self.answers = per_second, p99_ms, errors, answers


def wrk(port, path, *, host, connections, seconds, key=None, script=None, expect_refusal=False,
        environment=None):
    """Load over `connections` kept-alive connections from two threads.

    Answers that are refusals count as errors, or, where refusals are what is measured, all others.
    """
    command = ["wrk", "-t2", f"-c{connections}", f"-d{seconds}s", "--latency", "--timeout", "10s",
               "-H", f"Host: {host}:{port}"]
    if key:
        command += ["-H", f"Authorization: Bearer {key}"]
    if script:
        command += ["-s", os.path.join(HERE, "wrk", script)]
    command.append(f"http://127.0.0.1:{port}{path}")
    text = run(command, {**os.environ, **(environment or {})})
    answers = int(re.search(r"(\d+) requests in", text)[1])
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
    refused = int(refused[1]) if refused else 0
    broken = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", text)
    errors = answers - refused if expect_refusal else refused
    errors += sum(int(number) for number in broken.groups()) if broken else 0
    p99 = re.search(r"^\s+99%\s+([\d.]+)(us|ms|s|m)", text, re.M)
    return Load(float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1]),
                float(p99[1]) * UNITS[p99[2]], errors, answers)


def pgbench(url, *arguments, clients, seconds, role=None):
    """Prepared statements; as `role` where row-level security is to apply."""
    environment = {**os.environ, "PGOPTIONS": f"-c role={role}"} if role else None
    text = run([postgres_tool("pgbench"), "-n", "-M", "prepared", "-c", str(clients),
                "-j", str(min(clients, 2)), "-T", str(seconds), *arguments, url], environment)
    failed = re.search(r"number of failed transactions: (\d+)", text)
    return Load(float(re.search(r"tps = ([\d.]+)", text)[1]), errors=int(failed[1]) if failed else 0)


def psql(url, statement):
    return run([postgres_tool("psql"), "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", url,
                "-c", statement]).strip()


def run(command, environment=None):
    done = subprocess.run(command, capture_output=True, text=True, env=environment)
    if done.returncode != 0:
        raise SystemExit(f"{command[0]} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


def interleaved(rounds, **sides):
    """Runs every side once a round, A B A B …, so that a slow minute of the machine hits all, after
    one round that only warms up. Answers each side's loads."""
    loads = {name: [] for name in sides}
    for number in range(rounds + 1):
        for name, side in sides.items():
            load = side()
            if number > 0:
                loads[name].append(load)
                print(f"  {name}: {load.per_second:,.0f}/s", file=sys.stderr, flush=True)
    return {name: median(of) for name, of in loads.items()}


def median(loads):
    p99 = [load.p99_ms for load in loads if load.p99_ms is not None]
    return Load(statistics.median(load.per_second for load in loads),
                statistics.median(p99) if p99 else None,
                sum(load.errors for load in loads), sum(load.answers for load in loads))


class Row:
    """One line of the results: what was measured, on which terms, and whether the bound is met."""

    def __init__(self, work, figure, bound, met, terms):
        self.work, self.figure, self.bound, self.met, self.terms = work, figure, bound, met, terms

    def markdown(self):
        met = {True: "yes", False: "**no**", None: "–"}[self.met]
        return f"| {self.work} | {self.figure} | {self.bound} | {met} | {self.terms} |"


def ratio_row(work, ours, rival, at_least, terms, p99_ms_max=None):
    ratio = ours.per_second / rival.per_second
    figure = f"**{ratio:.2f}** ({ours.per_second:,.0f}/s : {rival.per_second:,.0f}/s)"
    bound, met = f"≥ {at_least}", ratio >= at_least
    if ours.p99_ms is not None:
        figure += f", p99 {ours.p99_ms:.1f} ms"
    if p99_ms_max is not None:
        bound += f", p99 ≤ {p99_ms_max} ms"
        met = met and ours.p99_ms <= p99_ms_max
    if ours.errors:
        figure += f", {ours.errors} errors of {ours.answers}"
        met = False
    return Row(work, figure, bound, met, terms)
