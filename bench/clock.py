"""A year of virtual time over one-shot timers and daily jobs."""

import time

from measure import Row
from clock_load import fill

TIMERS = 10_000
JOBS = 100
SECONDS_MAX = 10


def measure(tenant, timers=TIMERS, jobs=JOBS):
    sandbox = tenant.create_sandbox(clock={"mode": "frozen", "now": "2026-01-01T00:00:00Z"})
    # The first move brings the sandbox its own jobs; only the year is measured.
    assert move(tenant, sandbox, {"by": "PT0S"})["fired_count"] == 0
    fill(sandbox, timers, jobs)
    preview = move(tenant, sandbox, {"by": "P1Y", "preview": True})
    began = time.perf_counter()
    moved = move(tenant, sandbox, {"by": "P1Y"})
    took = time.perf_counter() - began
    assert moved["fired"] == preview["fired"] and moved["next"] == preview["next"]
    assert moved["fired_count"] == preview["fired_count"] >= timers + jobs * 240
    order = [(firing["at"], firing["id"].encode()) for firing in moved["fired"]]
    assert order == sorted(order)
    return [Row(f"clock advanced by a year, {timers:,} timers and {jobs} daily jobs",
                f"{took:.1f} s; {moved['fired_count']:,} firings, {moved['fired_count'] / took:,.0f}/s",
                f"≤ {SECONDS_MAX} s", took <= SECONDS_MAX,
                "one call, durable commits, the preview's ledger compared")]


def move(tenant, sandbox, body):
    answer = tenant.call("POST", f"/v1/sandboxes/{sandbox.id}/clock/advance", json_body=body,
                         timeout=120)
    assert answer.status == 200, answer
    return answer.json
