"""Usage figures against the test's own count of what it sent, and metrics as Prometheus reads them."""

import collections
import concurrent.futures
import time
import unittest

from harness import ADMIN_KEY, Platform, payment, size

KINDS = ("succeeded", "simulated_failures", "refused", "platform_failures")


def kind(answer):
    """How a call ended, told from its answer alone."""
    if answer.code is not None:
        return "platform_failures" if answer.status >= 500 else "refused"
    return "succeeded" if answer.status < 400 else "simulated_failures"


class Usage(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.platform = Platform()
        cls.addClassCleanup(cls.platform.close)
        cls.platform.start()

    def figures(self, key, query, path="/v1/usage"):
        answer = self.platform.call("GET", f"{path}?{query}", key=key)
        self.assertEqual(answer.status, 200, answer)
        return answer.json

    def calls(self, sandbox, other):
        """Calls of several kinds, each a function of a client."""
        def call(method, path, key=sandbox.key, **rest):
            return lambda client: client.call(method, path, host=sandbox.host(), key=key, **rest)

        declined = {"X-Sandbox-Scenario": "insufficient_funds"}
        return {
            "create_payment": call("POST", "/v1/payments", json_body=payment()),
            "declined": call("POST", "/v1/payments", json_body=payment(), headers=declined),
            "faulty": call("POST", "/v1/payments", json_body={"amount": "x"}),
            "get_balance": call("GET", "/v1/balance"),
            "missing": call("GET", "/v1/payments/pay_none"),
            "no operation": call("GET", "/v1/nothing"),
            "foreign key": call("GET", "/v1/balance", key=other.key),
            "no key": call("GET", "/v1/balance", key=None),
        }

    def test_figures_equal_the_calls_that_were_made_to_the_call(self):
        tenant = self.platform.sign_up()
        sandbox, other = tenant.create_sandbox(), self.platform.sign_up().create_sandbox()
        self.platform.raise_limits(tenant.id)
        calls = self.calls(sandbox, other)
        rounds, counted = size(2_000), collections.Counter()

        def work(name):
            counted_here = collections.Counter()
            with self.platform.client() as client:
                for _ in range(rounds):
                    counted_here[name, kind(calls[name](client))] += 1
            return counted_here

        with concurrent.futures.ThreadPoolExecutor(len(calls)) as pool:
            for part in pool.map(work, calls):
                counted.update(part)
        own = {end: sum(n for (_, e), n in counted.items() if e == end) for end in KINDS}
        self.assertEqual(sum(own.values()), rounds * len(calls))

        totals = self.figures(tenant.key, f"sandbox={sandbox.id}")["totals"]
        self.assertEqual({end: totals[end] for end in KINDS}, own)
        by_key = self.figures(tenant.key, f"sandbox={sandbox.id}&group_by=key")["data"]
        nobodys = next(line for line in by_key if line["key"] is None)
        # Who shows another tenant's key, or none, stays unnamed.
        self.assertEqual(nobodys["refused"], 2 * rounds)
        by_scenario = self.figures(tenant.key, f"sandbox={sandbox.id}&group_by=scenario")["data"]
        asked = next(line for line in by_scenario if line["scenario"] == "insufficient_funds")
        self.assertEqual(asked["simulated_failures"], rounds)
        seen = self.figures(ADMIN_KEY, f"tenant={tenant.id}&sandbox={sandbox.id}&group_by=tenant",
                            "/admin/v1/usage")
        self.assertEqual(seen["data"][0]["calls"], rounds * len(calls))

    def test_figures_survive_an_orderly_stop_and_a_database_that_was_away(self):
        platform = Platform()
        self.addCleanup(platform.close)
        platform.start()
        tenant = platform.sign_up()
        sandbox = tenant.create_sandbox()
        counted = collections.Counter()

        def call():
            answer = sandbox.call("GET", "/v1/balance")
            # Without its database the gateway may not know whose sandbox that is; then the call
            # belongs to nobody, and has no explanation either.
            known = answer.code is None or "explain_url" in answer.json
            counted[kind(answer)] += known
            return answer.status

        for _ in range(20):
            call()
        platform.kill_database()
        until = time.monotonic() + 30
        while call() != 200:
            self.assertLess(time.monotonic(), until)
            time.sleep(0.05)
        for _ in range(20):
            call()
        self.assertEqual(platform.stop(), 0)
        platform.start()
        usage = platform.call("GET", f"/v1/usage?sandbox={sandbox.id}", key=tenant.key)
        totals = usage.json["totals"]
        self.assertEqual({end: totals[end] for end in KINDS},
                         {end: counted[end] for end in KINDS})

    def test_kpis_tell_the_first_success_and_the_scenarios_that_were_used(self):
        sandbox = self.platform.sign_up().create_sandbox()
        sandbox.call("POST", "/v1/payments", json_body=payment(),
                     headers={"X-Sandbox-Scenario": "card_declined"})
        sandbox.call("GET", "/v1/balance")
        answer = self.platform.call("GET", "/admin/v1/kpis", key=ADMIN_KEY)
        self.assertEqual(answer.status, 200, answer)
        firsts = answer.json["time_to_first_success"]
        self.assertGreaterEqual(firsts["within_two_minutes"], 1)
        self.assertLess(firsts["median_seconds"], 120)
        self.assertNotIn("payments.card_declined", answer.json["scenarios"]["unused"])
        self.assertGreater(answer.json["scenarios"]["coverage"], 0)


class Metrics(unittest.TestCase):
    def test_prometheus_reads_them_and_counts_as_we_do(self):
        from prometheus_client.parser import text_string_to_metric_families
        platform = Platform()
        self.addCleanup(platform.close)
        platform.start()
        before = self.sample(text_string_to_metric_families, platform)
        for _ in range(10):
            platform.call("GET", "/v1/usage", key="test_mk_wrong")
        after = self.sample(text_string_to_metric_families, platform)
        name = ("sbx_http_requests_total", (("status", "4xx"),))
        self.assertEqual(after[name] - before[name], 10)
        for family in ("sbx_request_log_rows_total", "sbx_spans_rows_total"):
            self.assertIn((family, (("result", "dropped"),)), after)
        self.assertGreater(after["process_resident_memory_bytes", ()], 1_000_000)
        count = after["sbx_http_request_duration_seconds_count", ()]
        self.assertEqual(
            after["sbx_http_request_duration_seconds_bucket", (("le", "+Inf"),)], count)

    def sample(self, read, platform):
        answer = platform.call("GET", "/metrics", key=ADMIN_KEY)
        self.assertEqual(answer.headers["Content-Type"], "text/plain; version=0.0.4; charset=utf-8")
        return {(sample.name, tuple(sorted(sample.labels.items()))): sample.value
                for family in read(answer.body.decode()) for sample in family.samples}


if __name__ == "__main__":
    unittest.main()
