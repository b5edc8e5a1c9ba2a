"""Spans over OTLP: how many are taken and stored, and how fast a trace is found among many."""

import os
import re
import statistics
import time

from harness import DOMAIN, size
from measure import HERE, Row, psql, run

CONNECTIONS = 8
SPANS = 100
MARK = b"SBXBENCHTRACE-ID"
STORED = size(10_000_000)
LOOKS = 1_000
BOUND = 100_000


def measure(platform, tenant, rounds, seconds):
    sandbox = tenant.create_sandbox()
    return [accepted_row(platform, sandbox, rounds, seconds)]


def measure_traces(platform, tenant):
    return [found_row(platform, tenant, tenant.create_sandbox())]


def accepted_row(platform, sandbox, rounds, seconds):
    path = os.path.join(platform.folder, "spans.bin")
    with open(path, "wb") as file:
        file.write(message())
    load(platform, sandbox, path, seconds)
    settle(platform)
    taken, stored, errors = [], [], 0
    for _ in range(rounds):
        before, began = counters(platform), time.monotonic()
        batches, refusals = load(platform, sandbox, path, seconds)
        settle(platform)
        took, after = time.monotonic() - began, counters(platform)
        dropped = after["dropped"] - before["dropped"]
        taken.append((batches * SPANS - dropped) / seconds)
        stored.append((after["stored"] - before["stored"]) / took)
        errors += refusals
        print(f"  spans: {taken[-1]:,.0f}/s, {dropped:,} dropped", flush=True)
    rate = statistics.median(taken)
    return Row("spans taken over OTLP", f"{rate:,.0f}/s; {statistics.median(stored):,.0f}/s until "
               f"the last is stored" + (f"; {errors} errors" if errors else ""),
               f"≥ {BOUND:,}/s", rate >= BOUND and not errors,
               f"batches of {SPANS} in protobuf ({os.path.getsize(path) // SPANS} bytes a span, five "
               f"attributes), {CONNECTIONS} connections; spans refused because buffers were full "
               "are not counted")


def message():
    """What OpenTelemetry's own exporter sends for one trace of SPANS spans."""
    from opentelemetry.exporter.otlp.proto.common.trace_encoder import encode_spans
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.id_generator import RandomIdGenerator

    class Fixed(RandomIdGenerator):
        def generate_trace_id(self):
            return int.from_bytes(MARK, "big")

    tracer = TracerProvider(resource=Resource.create({"service.name": "checkout"}),
                            id_generator=Fixed()).get_tracer("shop.http", "1.4.0")
    spans = []
    with tracer.start_as_current_span("POST /orders") as root:
        for number in range(SPANS - 1):
            with tracer.start_as_current_span(f"SELECT orders {number}", attributes={
                    "db.system.name": "postgresql", "db.operation.name": "SELECT",
                    "db.collection.name": "orders", "db.response.returned_rows": number,
                    "server.address": "db-1.internal"}) as span:
                pass
            spans.append(span)
    return encode_spans([*spans, root]).SerializeToString()


def load(platform, sandbox, path, seconds):
    """Batches that were answered, and answers that were no 200."""
    text = run(["wrk", "-t2", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "10s",
                "-H", f"Host: {sandbox.slug}.{DOMAIN}:{platform.port}",
                "-H", f"Authorization: Bearer {sandbox.key}",
                "-s", os.path.join(HERE, "wrk", "spans.lua"),
                f"http://127.0.0.1:{platform.port}/_otlp/v1/traces"],
               {**os.environ, "SBX_SPANS": path})
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
    return int(re.search(r"(\d+) requests in", text)[1]), int(refused[1]) if refused else 0


def counters(platform):
    """Rows of the writers of spans: stored, dropped, waiting."""
    text = platform.call("GET", "/metrics", key=platform.admin_key).body.decode()
    found = dict(re.findall(r'^sbx_spans_rows_(?:total{result=")?(\w+)(?:"})? (\d+)$', text, re.M))
    return {name: int(value) for name, value in found.items()}


def settle(platform):
    """Waits until no span waits for the database."""
    while counters(platform)["waiting"]:
        time.sleep(0.02)


# Looks


def found_row(platform, tenant, sandbox):
    """Traces of a hundred spans, three days of them, among which some are looked up."""
    fill(platform, tenant, sandbox)
    took = []
    with platform.client() as client:
        for number in range(LOOKS + 20):
            trace = f"{(number * 7919) % (STORED // SPANS) + 1:032x}"
            began = time.perf_counter()
            answer = client.call("GET", f"/v1/sandboxes/{sandbox.slug}/traces/{trace}",
                                 key=tenant.key)
            took.append((time.perf_counter() - began) * 1000)
            assert answer.status == 200 and answer.json["foreign_spans"] == SPANS, answer
    took = sorted(took[20:])
    p99 = took[int(len(took) * 0.99) - 1]
    return Row(f"trace by id among {STORED:,} stored spans",
               f"p50 {statistics.median(took):.1f} ms, p99 {p99:.1f} ms", "p99 ≤ 10 ms", p99 <= 10,
               f"{LOOKS:,} traces of {SPANS} spans through the API, one connection, JSON of all "
               "their spans; ten million with SBX_SOAK=1")


def fill(platform, tenant, sandbox):
    """Rows as the COPY writer makes them, spread over the partitions that there are."""
    identifiers = platform.sql(
        f"SELECT tenant_id, id FROM sbx.sandboxes WHERE slug = '{sandbox.slug}'")[0]
    url = platform.database_url()
    psql(url, f"""
        INSERT INTO sbx.spans (tenant_id, sandbox_id, trace_id, span_id, received_at, parent_span_id,
            started_ns, ended_ns, kind, status, name, service, scope, attributes, events)
        SELECT '{identifiers[0]}', '{identifiers[1]}', decode(lpad(to_hex(n / {SPANS} + 1), 32, '0'), 'hex'),
            int8send(n % {SPANS} + 1), now() - (n % 2) * interval '1 day',
            CASE WHEN n % {SPANS} > 0 THEN int8send(1) END,
            1790000000000000000 + n, 1790000000000000500 + n, 3, 0, 'SELECT orders', 'checkout',
            'shop.http', '{{"db.system.name":"postgresql","db.collection.name":"orders"}}', '[]'
        FROM generate_series(0, {STORED - 1}) AS n""")
    psql(url, "VACUUM ANALYZE sbx.spans")
