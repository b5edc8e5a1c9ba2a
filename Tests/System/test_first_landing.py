"""One card payment's whole life, twice: what is gone back from happens again byte for byte."""

import json
import time
import unittest

from harness import Platform, payment     # First: it finds the packages below.
from sink import Sink

import standardwebhooks

PATIENCE_SECONDS = 20
# Monday, 3 March 2031, at noon: no market is closed on the days after it.
CLOCK = {"mode": "frozen", "now": "2031-03-03T12:00:00Z"}
EVENTS = ["payment.succeeded", "clearing.cleared", "settlement.created", "clearing.settled",
          "payment.settled", "settlement.settled"]


class FirstLanding(unittest.TestCase):
    def setUp(self):
        self.platform = Platform("--egress-allow", "127.0.0.0/8")
        self.addCleanup(self.platform.close)
        self.platform.start()
        self.tenant = self.platform.sign_up()
        self.sandbox = self.tenant.create_sandbox(seed=42, clock=CLOCK)
        self.sink = Sink()
        self.addCleanup(self.sink.close)

    def test_a_payments_life_and_the_same_life_again(self):
        secret = self.api("POST", "/webhook-endpoints",
                          {"url": self.sink.url, "events": ["*"]}, 201).json["secret"]
        self.api("POST", "/checkpoints", {"name": "before"}, 201)
        first = self.life()
        first_messages = self.messages(secret, behind=0)

        self.assertEqual(self.api("POST", "/checkpoints/before/restore").json["tick"], 0)
        gone = self.sandbox.call("GET", f"/v1/payments/{json.loads(first[0])['id']}")
        self.assertEqual(gone.status, 404, gone)

        self.assertEqual(self.life(), first)
        second_messages = self.messages(secret, behind=len(EVENTS))
        self.assertEqual([body for _, body in second_messages],
                         [body for _, body in first_messages])
        # Another branch of the world, so other messages: a receiver must not drop them.
        ids = {id for id, _ in first_messages + second_messages}
        self.assertEqual(len(ids), 2 * len(EVENTS))

    def life(self):
        """Bodies of all answers, from the payment to its place in the books."""
        made = self.sandbox.call("POST", "/v1/payments", json_body=payment())
        self.assertEqual((made.status, made.json["status"]), (201, "succeeded"), made)
        moved = self.api("POST", "/clock/advance", {"business_days": 2, "calendar": "target"})
        self.assertEqual(moved.json["now"][:10], "2031-03-05")
        paid = self.sandbox.call("GET", f"/v1/payments/{made.json['id']}")
        self.assertEqual((paid.json["status"], paid.json["amount_settled"]), ("settled", 1250), paid)
        settlement = self.sandbox.call("GET", "/v1/settlements/stl_eur_20310305")
        self.assertEqual([settlement.json[name] for name in ("captures", "fees", "net")],
                         [1250, 66, 1184])
        ledger = self.sandbox.call("GET", "/v1/ledger")
        self.assertEqual({total["amount"] for total in ledger.json["sums"]}, {0}, ledger)
        # Each step was a transition of the document that describes the lifecycle.
        graph = self.api("GET", "/graphs/payment")
        taken = [name for name, count in graph.json["coverage"]["transitions"].items() if count]
        self.assertGreaterEqual(len(taken), 2, taken)
        return [answer.body for answer in (made, moved, paid, settlement, ledger, graph)]

    def messages(self, secret, behind):
        """Ids and bodies of the deliveries behind the first so many, verified, in the order of
        their events."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while len(self.sink.accepted()) < behind + len(EVENTS):
            self.assertLess(time.monotonic(), deadline, self.platform.log())
            time.sleep(0.02)
        got = self.sink.accepted()[behind:]
        types = [standardwebhooks.Webhook(secret).verify(body, headers)["type"]
                 for headers, body in got]
        self.assertEqual(sorted(types), sorted(EVENTS))
        order = sorted(range(len(got)), key=lambda place: EVENTS.index(types[place]))
        return [(got[place][0]["webhook-id"], got[place][1]) for place in order]

    def api(self, method, path, body=None, status=200):
        answer = self.tenant.call(method, f"/v1/sandboxes/{self.sandbox.slug}{path}", json_body=body)
        self.assertEqual(answer.status, status, answer)
        return answer


if __name__ == "__main__":
    unittest.main()
