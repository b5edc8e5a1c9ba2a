"""The first two rows: what is answered without the database, beside nginx."""

from harness import free_port
from measure import Row, interleaved, ratio_row, wrk
from nginx import Nginx

CONNECTIONS = 64


def measure(platform, tenant, rounds, seconds):
    sandbox = tenant.create_sandbox()
    limited = platform.sign_up()
    platform.call("PATCH", f"/admin/v1/tenants/{limited.id}/limits", key=platform.admin_key,
                  json_body={"rate_per_second": 1, "burst": 1})
    limited_sandbox = limited.create_sandbox()
    nginx = Nginx(free_port())
    before = stored_rows(platform)

    def ours(path, target, **rest):
        host = "localhost" if target is None else target.host()
        return lambda: wrk(platform.port, path, host=host, connections=CONNECTIONS,
                           seconds=seconds, **rest)

    try:
        found = interleaved(
            rounds,
            nginx=lambda: wrk(nginx.port, "/", host="localhost", connections=CONNECTIONS,
                              seconds=seconds),
            health=ours("/healthz", None),
            unauthorised=ours("/v1/currencies", sandbox, expect_refusal=True),
            limited=ours("/v1/currencies", limited_sandbox, key=limited_sandbox.key,
                         expect_refusal=True),
            example=ours("/v1/currencies", sandbox, key=sandbox.key))
    finally:
        nginx.close()

    # The limited tenant's bucket lets a few through a second; those are no errors.
    found["limited"].errors = 0
    terms = (f"{CONNECTIONS} connections to us, {CONNECTIONS} to nginx, wrk with two threads on the "
             f"same machine; nginx `return 200` with {nginx.workers} workers, no log")
    return [
        ratio_row("health", found["health"], found["nginx"], 0.7, terms),
        ratio_row("401", found["unauthorised"], found["nginx"], 0.7, terms),
        ratio_row("429", found["limited"], found["nginx"], 0.7, terms),
        ratio_row("authenticated, limited, recorded GET answered by a contract's example",
                  found["example"], found["nginx"], 0.4, terms, p99_ms_max=10),
        recorded_row(platform, found, before),
    ]


def recorded_row(platform, found, before):
    """How many of the calls above have their row; the buffer is bounded and may drop."""
    stored = stored_rows(platform) - before
    calls = sum(found[name].answers for name in ["unauthorised", "limited", "example"])
    share = min(1.0, stored / calls)
    return Row("rows stored of the calls above", f"{share:.0%} of {calls:,}", "–", None,
               "the rest was dropped by the bounded buffer and counted; the warm-up round is among "
               "the rows, so the share is an upper estimate")


def stored_rows(platform):
    return int(platform.sql("SELECT count(*) FROM sbx.request_log")[0][0])
