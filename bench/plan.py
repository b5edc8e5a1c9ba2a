"""Plans from plain words, over HTTP."""

import json
import os
import statistics
import time

from harness import REPOSITORY
from measure import Row

REQUESTS = os.path.join(REPOSITORY, "Tests", "CopilotTests", "requests")
ROUNDS = 10


def measure(tenant):
    texts = request_texts()
    sandbox = tenant.create_sandbox()
    took = []
    with tenant.platform.client() as client:
        for number in range(ROUNDS + 1):
            for text in texts:
                began = time.perf_counter()
                answer = client.call("POST", f"/v1/sandboxes/{sandbox.id}/assistant/plan",
                                     key=tenant.key, json_body={"text": text})
                if number > 0:   # The first round warms up.
                    took.append((time.perf_counter() - began) * 1000)
                assert answer.status == 200, answer
    p50, p99 = statistics.median(took), sorted(took)[len(took) * 99 // 100]
    return [Row("plan from text", f"p50 {p50:.1f} ms, p99 {p99:.1f} ms", "p99 ≤ 10 ms", p99 <= 10,
                f"{len(texts)} requests in English and Chinese, {ROUNDS} times, one connection")]


def request_texts():
    texts = []
    for name in sorted(os.listdir(REQUESTS)):
        with open(os.path.join(REQUESTS, name), encoding="utf-8") as lines:
            texts += [json.loads(line)["text"] for line in lines if line.strip()]
    return texts
