"""Reads and writes beside pgbench, on the same cluster with the same settings."""

import os
import subprocess
import uuid

from harness import payment, postgres_tool, with_database
from measure import HERE, interleaved, pgbench, psql, ratio_row, wrk

READ_CONNECTIONS = 64
WRITE_CONNECTIONS = 16
SANDBOXES = 16
TENANT = "00000000-0000-4000-8000-000000000001"
DOCUMENT = ('{"object":"payment","id":"pay_0000000000000000","livemode":false,"amount":2450,'
            '"amount_captured":2450,"amount_refunded":0,"currency":"eur","status":"succeeded",'
            '"payment_method":"pm_card_visa","capture_method":"automatic","description":null,'
            '"metadata":{"order":"A-1042"},"created":"2026-01-01T00:00:00Z"}')


def measure(platform, tenant, rounds, seconds):
    url = bench_database(platform.database_url())
    return [read_row(platform, tenant, url, rounds, seconds),
            write_row(platform, tenant, url, rounds, seconds)]


def read_row(platform, tenant, url, rounds, seconds):
    sandbox = tenant.create_sandbox()
    made = sandbox.call("POST", "/v1/payments", json_body=payment()).json["id"]
    found = interleaved(
        rounds,
        pgbench=lambda: pgbench(url, "-S", clients=1, seconds=seconds),
        read=lambda: wrk(platform.port, f"/v1/payments/{made}", host=sandbox.host(),
                         key=sandbox.key, connections=READ_CONNECTIONS, seconds=seconds))
    loops = os.cpu_count()
    return ratio_row("read of one entity through RLS, recorded", found["read"], found["pgbench"],
                     0.75, f"{READ_CONNECTIONS} HTTP connections over {loops} database connections, "
                     f"one a loop, and {loops} for the log; `pgbench -S -M prepared -c 1`, one "
                     "connection, scale 10, same cluster")


def write_row(platform, tenant, url, rounds, seconds):
    sandboxes = [tenant.create_sandbox() for _ in range(SANDBOXES)]
    targets = "".join(f"{one.host()}:{platform.port} {one.key};" for one in sandboxes)
    bases = iter(range(1, 1000))

    def ours():
        return wrk(platform.port, "/v1/payments", host="localhost", connections=WRITE_CONNECTIONS,
                   seconds=seconds, script="payments.lua",
                   environment={"SBX_TARGETS": targets, "SBX_RUN": uuid.uuid4().hex[:12]})

    def rival():
        return pgbench(url, "-f", os.path.join(HERE, "pgbench", "payment.sql"),
                       "-D", f"base={next(bases) * 10_000_000}", "-D", "n=0", "-D", "fresh=1",
                       "-D", f"tenant={TENANT}", "-D", f"document={DOCUMENT}",
                       clients=WRITE_CONNECTIONS, seconds=seconds, role="sbx_app")

    found = interleaved(rounds, pgbench=rival, write=ours)
    return ratio_row("POST /v1/payments, idempotent, one commit", found["write"], found["pgbench"],
                     0.5, f"{SANDBOXES} sandboxes, {WRITE_CONNECTIONS} connections; pgbench with "
                     f"{WRITE_CONNECTIONS} clients, a sandbox each, same statements in the same two "
                     "round trips, through RLS, on a copy of the schema in the same cluster; fsync "
                     "and synchronous_commit on")


def bench_database(url):
    """A second database of the same cluster, with pgbench's tables and a copy of our schema."""
    psql(url, "DROP DATABASE IF EXISTS bench")
    psql(url, "CREATE DATABASE bench")
    bench = with_database(url, "bench")
    schema = subprocess.run([postgres_tool("pg_dump"), "--schema-only", "--dbname", url],
                            capture_output=True, text=True, check=True).stdout
    load(bench, schema)
    with open(os.path.join(HERE, "pgbench", "payment_setup.sql")) as file:
        load(bench, file.read())
    subprocess.run([postgres_tool("pgbench"), "-i", "-q", "-s", "10", bench], check=True,
                   capture_output=True)
    return bench


def load(url, script):
    subprocess.run([postgres_tool("psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", url],
                   input=script, text=True, check=True, capture_output=True)

