"""What recording every call costs the calls: the same GET with its rows written, and while the log's
table is locked, so that the full buffers turn rows away before they are written out."""

import re
import statistics

from harness import LogLock
from measure import Row, wrk

CONNECTIONS = 64
BOUND = 0.25
# What fills the buffers of all loops, with room to spare; see Limits.rowsHeld of Observability.
FILLED_MAX_SECONDS = 60


def measure(platform, tenant, rounds, seconds):
    sandbox = tenant.create_sandbox()

    def load(length=seconds):
        return wrk(platform.port, "/v1/currencies", host=sandbox.host(), key=sandbox.key,
                   connections=CONNECTIONS, seconds=length)

    load()
    recorded, unrecorded = [], []
    for _ in range(rounds):
        recorded.append(load().per_second)
        lock = LogLock(platform)
        try:
            fill(platform, load)
            unrecorded.append(load().per_second)
        finally:
            lock.release()
        settle(platform, load)
        print(f"  recorded {recorded[-1]:,.0f}/s, not {unrecorded[-1]:,.0f}/s", flush=True)
    with_rows, without = statistics.median(recorded), statistics.median(unrecorded)
    cost = 1 - with_rows / without
    return [Row("cost of recording every call, authenticated GET",
                f"{cost:.0%} ({with_rows:,.0f}/s : {without:,.0f}/s)", f"≤ {BOUND:.0%}",
                cost <= BOUND,
                f"{CONNECTIONS} connections; without: the log's table is locked and the buffers are "
                "full, so no row is written out, sent or stored; the gathering of what a row holds "
                "is in both figures")]


def fill(platform, load):
    """Loads until rows are turned away."""
    before = dropped(platform)
    for _ in range(FILLED_MAX_SECONDS):
        load(1)
        if dropped(platform) > before + 1_000:
            return
    raise AssertionError("the buffers of the log did not fill")


def settle(platform, load):
    """Loads until rows are stored again as they come."""
    for _ in range(FILLED_MAX_SECONDS):
        before = dropped(platform)
        load(1)
        if dropped(platform) == before:
            return
    raise AssertionError("the log did not recover")


def dropped(platform):
    text = platform.call("GET", "/metrics", key=platform.admin_key).body.decode()
    return int(re.search(r'^sbx_request_log_rows_total\{result="dropped"\} (\d+)$', text, re.M)[1])
