"""Deliveries signed, sent and recorded to a local nginx sink."""

import threading
import time

from harness import Platform, free_port, payment
from measure import Row
from nginx import Nginx

EVENTS = 20_000
CLIENTS = 16
BOUND = 3_000


def measure():
    """On a platform of its own, which may call this machine."""
    platform = Platform("--egress-allow", "127.0.0.0/8")
    sink = Nginx(free_port())
    try:
        platform.start()
        tenant = platform.sign_up()
        platform.raise_limits(tenant.id)
        sandbox = tenant.create_sandbox()
        make_events(sandbox)
        endpoint = call(tenant, sandbox, "/webhook-endpoints", {
            "url": f"http://127.0.0.1:{sink.port}/", "events": ["*"], "max_in_flight": 32})
        made, began = 0, time.time()
        while made < EVENTS:
            made += call(tenant, sandbox, f"/webhook-endpoints/{endpoint['id']}/backfill",
                         {})["deliveries"]
        queued = time.time() - began
        while pending(platform):
            # Seldom: every look is a process and a connection of its own, on the same two cores.
            time.sleep(1)
        attempts, ended = platform.sql(
            "SELECT count(*), extract(epoch FROM max(recorded_at)) FROM sbx.delivery_attempts")[0]
        attempts, took = int(attempts), float(ended) - began
    finally:
        sink.close()
        platform.close()
    rate = made / took
    return [Row("webhooks signed, delivered, recorded to a local nginx sink",
                f"{rate:,.0f}/s ({made:,} in {took:.1f} s, {queued:.1f} s of it to queue them; "
                f"{attempts - made} attempts repeated)",
                f"≥ {BOUND:,}/s", rate >= BOUND and attempts == made,
                "one endpoint, 32 in flight, one worker; each attempt logged with request and "
                "response head")]


def make_events(sandbox):
    def work(count):
        with sandbox.platform.client() as client:
            for _ in range(count):
                answer = client.call("POST", "/v1/payments", host=sandbox.host(), key=sandbox.key,
                                     json_body=payment())
                assert answer.status == 201, answer
    threads = [threading.Thread(target=work, args=(EVENTS // CLIENTS,)) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def call(tenant, sandbox, path, body):
    answer = tenant.call("POST", f"/v1/sandboxes/{sandbox.slug}{path}", json_body=body)
    assert answer.status in (201, 202), answer
    return answer.json


def pending(platform):
    return platform.sql("SELECT EXISTS (SELECT FROM sbx.deliveries WHERE state = 'pending')")[0][0] == "t"
