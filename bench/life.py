"""Births of sandboxes, going back and branching off, start, idle memory, idle connections."""

import statistics
import time

from harness import Platform, payment, resident_kilobytes, size
from measure import Row
from test_idle_connections import open_connections, raise_descriptor_limit

SANDBOXES = 1_000
IDLE_CONNECTIONS = 10_000
SAMPLE = 50
MOVES = size(10_000)
LARGE_WORLD = 100_000


def measure(tenant):
    return [births_row(tenant), *branch_rows(tenant), *fresh_rows()]


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


def branch_rows(tenant):
    """Each kind of move on an empty world and on one of 100,000 objects, in turn."""
    small, large = tenant.create_sandbox(), tenant.create_sandbox()
    fill(tenant.platform, large)
    took = {"reset": ([], []), "restored": ([], []), "forked": ([], [])}
    with tenant.platform.client(timeout=120) as client:
        for side, sandbox in enumerate((small, large)):
            post(client, sandbox, tenant, "checkpoints", {"name": "bench"})
            for _ in range(SAMPLE):
                fork, milliseconds = post(client, sandbox, tenant, "fork", {})
                took["forked"][side].append(milliseconds)
                client.call("DELETE", f"/v1/sandboxes/{fork['id']}", key=tenant.key)
        for number in range(MOVES):
            # Turn by turn, so that whatever slows the machine slows both.
            for side, sandbox in enumerate((small, large)):
                took["restored"][side].append(
                    post(client, sandbox, tenant, "checkpoints/bench/restore")[1])
                if number < SAMPLE:
                    took["reset"][side].append(post(client, sandbox, tenant, "reset", {})[1])
    return [move_row(name, *sides) for name, sides in took.items()]


def post(client, sandbox, tenant, path, body=None):
    began = time.perf_counter()
    answer = client.call("POST", f"/v1/sandboxes/{sandbox.id}/{path}", key=tenant.key, json_body=body)
    assert answer.status in (200, 201), answer
    return answer.json, (time.perf_counter() - began) * 1000


def fill(platform, sandbox):
    """Objects as one call each would have written them, without the calls."""
    mine = f"sandbox_id = (SELECT id FROM sbx.sandboxes WHERE slug = '{sandbox.slug}')"
    head = f"FROM sbx.sandbox_heads h, generate_series(1, {LARGE_WORLD}) n WHERE h.{mine}"
    columns = ("h.tenant_id, h.layer_id, 'payments', 'payment', 'pay_bench_' || n, n::bigint * 65536 + 1, n, 1, "
               "false, json_build_object('id', 'pay_bench_' || n, 'amount', n)")
    platform.sql(
        f"INSERT INTO sbx.entities (tenant_id, layer_id, contract, type, entity_id, position, "
        f"revision, version, deleted, document) SELECT {columns} {head}; "
        f"INSERT INTO sbx.changes (tenant_id, layer_id, contract, type, entity_id, position, "
        f"revision, version, deleted, document, n, tick) SELECT {columns}, 0, n {head}; "
        f"UPDATE sbx.sandbox_heads SET revision = {LARGE_WORLD}, tick = {LARGE_WORLD} "
        f"WHERE {mine}; ANALYZE sbx.entities, sbx.changes")


def move_row(name, small, large):
    first, last = (statistics.median(part) for part in (small[:SAMPLE], small[-SAMPLE:]))
    p50, p50_large = statistics.median(small), statistics.median(large)
    passed = p50 <= 30 and p50_large <= 30 and last <= first * 1.2
    return Row(f"sandbox {name}", f"p50 {p50:.1f} ms; world of {LARGE_WORLD:,} objects "
               f"{p50_large:.1f} ms; first {SAMPLE} {first:.1f} ms, last {SAMPLE} of "
               f"{len(small):,} {last:.1f} ms",
               "p50 ≤ 30 ms, the same for a large world, last as fast as first ± 20 %", passed,
               "one connection, the two worlds in turn")


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
