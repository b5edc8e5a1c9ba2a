"""Births of sandboxes, start, idle memory, idle connections."""

import statistics
import time

from harness import Platform, payment, resident_kilobytes
from measure import Row
from test_idle_connections import open_connections, raise_descriptor_limit

SANDBOXES = 1_000
IDLE_CONNECTIONS = 10_000
SAMPLE = 50


def measure(tenant):
    return [births_row(tenant), *fresh_rows()]


def births_row(tenant):
    took = []
    with tenant.platform.client() as client:
        for _ in range(SANDBOXES):
            began = time.perf_counter()
            answer = client.call("POST", "/v1/sandboxes", key=tenant.key, json_body={})
            took.append((time.perf_counter() - began) * 1000)
            assert answer.status == 201, answer
    first, last = (statistics.median(part) for part in (took[:SAMPLE], took[-SAMPLE:]))
    return Row("sandbox created", f"p50 {statistics.median(took):.1f} ms; first {SAMPLE} "
               f"{first:.1f} ms, last {SAMPLE} of {SANDBOXES:,} {last:.1f} ms",
               "p50 ≤ 30 ms, last as fast as first ± 20 %",
               statistics.median(took) <= 30 and last <= first * 1.2,
               "one connection, one after the other")


def fresh_rows():
    """On a platform of its own: its data folder is warm, and no load has left memory behind."""
    platform = Platform()
    try:
        platform.start()
        sandbox = platform.sign_up().create_sandbox()
        made = sandbox.call("POST", "/v1/payments", json_body=payment()).json["id"]
        took = []
        for _ in range(5):
            platform.stop()
            began = time.monotonic()
            platform.start()
            assert sandbox.call("GET", f"/v1/payments/{made}").status == 200
            took.append(time.monotonic() - began)
        # Idle: nothing but its own timers for a while.
        time.sleep(5)
        memory = resident_kilobytes(platform.process.pid) / 1024
        connections = connections_row(platform)
    finally:
        platform.close()
    start = statistics.median(took)
    return [Row("start to first answer, warm data folder", f"{start:.2f} s", "≤ 1.5 s", start <= 1.5,
                "median of 5; process start, private database started, an entity read"),
            Row("idle memory without PostgreSQL", f"{memory:.0f} MB", "≤ 60 MB", memory <= 60,
                "resident memory of `sbx serve` five seconds after its first answer"),
            connections]


def connections_row(platform):
    raise_descriptor_limit(IDLE_CONNECTIONS + 500)
    host = f"localhost:{platform.port}"
    # What the process allocates once for any connection is not theirs.
    for connection in open_connections(platform.port, host, 100):
        connection.close()
    before = resident_kilobytes(platform.process.pid)
    connections = open_connections(platform.port, host, IDLE_CONNECTIONS)
    each = (resident_kilobytes(platform.process.pid) - before) / IDLE_CONNECTIONS
    for connection in connections:
        connection.close()
    return Row(f"{IDLE_CONNECTIONS:,} idle keep-alive connections", f"{each:.1f} kB each",
               "≤ 15 kB", each <= 15, "growth of the server's resident memory, one GET on each")
