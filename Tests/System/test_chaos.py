"""What a client of Python's standard library sees of each fault that the sandbox injects, and that
an idempotency key gets it out of those that come after the effect."""

import http.client
import socket
import time
import unittest

from harness import Platform, payment, reference


class Chaos(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.platform = Platform()
        cls.addClassCleanup(cls.platform.close)
        cls.platform.start()
        cls.tenant = cls.platform.sign_up()
        cls.platform.raise_limits(cls.tenant.id)

    def setUp(self):
        self.sandbox = self.tenant.create_sandbox()

    def pay(self, chaos=None, key=None, timeout=15):
        headers = {"X-Chaos": chaos} if chaos else {}
        if key:
            headers["Idempotency-Key"] = key
        return self.sandbox.call("POST", "/v1/payments", json_body=payment(), headers=headers,
                                 timeout=timeout)

    def stored(self):
        return len(self.sandbox.payments()) - self.golden

    @property
    def golden(self):
        """Payments that every sandbox is born with."""
        if not hasattr(type(self), "born_with"):
            type(self).born_with = len(self.tenant.create_sandbox().payments())
        return self.born_with

    def expect_replay(self, key):
        answer = self.pay(key=key)
        self.assertEqual(answer.status, 201, answer)
        self.assertEqual(answer.headers["idempotent-replayed"], "true")
        self.assertEqual(self.stored(), 1)

    def test_reset(self):
        key = reference()
        with self.assertRaises(ConnectionResetError):
            self.pay("reset", key)
        self.expect_replay(key)

    def test_timeout(self):
        key = reference()
        with self.assertRaises(socket.timeout):
            self.pay("timeout;hold=20s", key, timeout=0.5)
        self.expect_replay(key)

    def test_connection_that_ends_without_an_answer(self):
        key = reference()
        with self.assertRaises(http.client.RemoteDisconnected):
            self.pay("timeout;hold=50ms", key)
        self.expect_replay(key)

    def test_truncated_body(self):
        key = reference()
        with self.assertRaises(http.client.IncompleteRead) as caught:
            self.pay("truncate;bytes=10", key)
        self.assertEqual(len(caught.exception.partial), 10)
        self.assertGreater(caught.exception.expected, 0)
        self.expect_replay(key)

    def test_slow_body(self):
        began = time.monotonic()
        answer = self.pay("slow_body;bytes_per_second=1000")
        self.assertEqual(answer.status, 201, answer)
        self.assertEqual(answer.json["object"], "payment")
        self.assertGreaterEqual(time.monotonic() - began, len(answer.body) / 1000 * 0.8)

    def test_latency(self):
        began = time.monotonic()
        answer = self.pay("latency=200ms")
        self.assertGreaterEqual(time.monotonic() - began, 0.2)
        self.assertEqual(answer.status, 201, answer)
        self.assertEqual(answer.headers["x-sbx-simulated"], "chaos=latency; milliseconds=200")

    def test_errors(self):
        for chaos, statuses in [("5xx", {500, 502, 503, 504}), ("4xx", {408, 409, 429}), ("418", {418})]:
            answer = self.pay(chaos)
            self.assertIn(answer.status, statuses)
            self.assertTrue(answer.headers["x-sbx-simulated"].startswith(f"chaos={chaos}; "))
        self.assertEqual(self.stored(), 0)

    def test_before_and_after(self):
        with self.assertRaises(ConnectionResetError):
            self.pay("reset;phase=before")
        self.assertEqual(self.stored(), 0)
        self.assertEqual(self.pay("500;phase=after").status, 500)
        self.assertEqual(self.stored(), 1)

    def test_duplicates(self):
        self.assertEqual(self.pay("dup").status, 201)
        self.assertEqual(self.stored(), 2)

    def test_settings_and_restart(self):
        path = f"/v1/sandboxes/{self.sandbox.id}/chaos"
        answer = self.tenant.call("PUT", path, json_body={"faults": "5xx=50%,burst=4", "for": "PT1H"})
        self.assertEqual(answer.status, 200, answer)
        # 32 bursts of even chance: all alike once in two thousand million runs.
        first = [self.sandbox.call("GET", "/v1/balance").status for _ in range(128)]
        self.assertIn(200, first)
        self.assertTrue({status for status in first if status >= 500}, first)
        for start in range(0, 128, 4):
            self.assertEqual(len({status >= 500 for status in first[start:start + 4]}), 1, first)
        self.assertEqual(self.tenant.call("GET", path).json["calls"], 128)
        self.tenant.call("PUT", path, json_body={"faults": "5xx=50%,burst=4"})
        self.assertEqual([self.sandbox.call("GET", "/v1/balance").status for _ in range(128)], first)
        self.assertEqual(self.tenant.call("PUT", path, json_body={}).json["active"], False)
        self.assertEqual(self.sandbox.call("GET", "/v1/balance").status, 200)


if __name__ == "__main__":
    unittest.main()
