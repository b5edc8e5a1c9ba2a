"""Webhooks as a partner meets them: verified by the official packages, through kills, live."""

import collections
import http.client
import json
import shutil
import subprocess
import threading
import time
import unittest

from harness import Platform, executable, payment, size     # First: it finds the packages below.
from sink import Sink

import standardwebhooks
import stripe

EVENTS = 100_000
ALLOW = ("--egress-allow", "127.0.0.0/8")
PATIENCE_SECONDS = 20
# A lease of a killed worker, and the first pause of the schedule, with room for a slow machine.
SETTLE_SECONDS = 150


class WebhookCase(unittest.TestCase):
    ARGUMENTS = ALLOW

    @classmethod
    def setUpClass(cls):
        cls.platform = Platform(*cls.ARGUMENTS)
        cls.addClassCleanup(cls.platform.close)
        cls.platform.start()
        cls.tenant = cls.platform.sign_up()
        cls.platform.raise_limits(cls.tenant.id)

    def setUp(self):
        self.sandbox = self.tenant.create_sandbox()

    def sink(self, **options):
        sink = Sink(**options)
        self.addCleanup(sink.close)
        return sink

    def api(self, method, path, body=None, status=200):
        answer = self.tenant.call(method, f"/v1/sandboxes/{self.sandbox.slug}{path}", json_body=body)
        self.assertEqual(answer.status, status, answer)
        return answer.json

    def endpoint(self, url, events=("payment.*",), **members):
        return self.api("POST", "/webhook-endpoints",
                        {"url": url, "events": list(events), **members}, 201)

    def pay(self):
        answer = self.sandbox.call("POST", "/v1/payments", json_body=payment())
        self.assertEqual(answer.status, 201, answer)
        return answer.json

    def wait(self, condition, what, seconds=PATIENCE_SECONDS):
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            found = condition()
            if found:
                return found
            time.sleep(0.02)
        self.fail(f"{what} did not come within {seconds} s\n{self.platform.log()}")


class OfficialPackages(WebhookCase):
    def test_standardwebhooks_verifies_a_delivery(self):
        sink = self.sink()
        secret = self.endpoint(sink.url)["secret"]
        made = self.pay()
        headers, body = self.wait(sink.accepted, "the delivery")[0]
        event = standardwebhooks.Webhook(secret).verify(body, headers)
        self.assertEqual(event["type"], "payment.succeeded")
        self.assertEqual(event["data"]["object"]["id"], made["id"])
        with self.assertRaises(standardwebhooks.WebhookVerificationError):
            standardwebhooks.Webhook(secret).verify(body + b" ", headers)

    def test_stripe_verifies_a_delivery_of_its_scheme(self):
        sink = self.sink()
        secret = self.endpoint(sink.url, signature_scheme="stripe")["secret"]
        made = self.pay()
        headers, body = self.wait(sink.accepted, "the delivery")[0]
        event = stripe.Webhook.construct_event(body, headers["Stripe-Signature"], secret)
        self.assertEqual(event["data"]["object"]["id"], made["id"])
        with self.assertRaises(stripe.SignatureVerificationError):
            stripe.Webhook.construct_event(body, headers["Stripe-Signature"], secret + "x")

    def test_old_and_new_secret_both_verify_during_a_rotation(self):
        sink = self.sink()
        made = self.endpoint(sink.url)
        new = self.api("POST", f"/webhook-endpoints/{made['id']}/rotate-secret", {"overlap": "PT1H"})
        self.pay()
        headers, body = self.wait(sink.accepted, "the delivery")[0]
        for secret in (made["secret"], new["secret"]):
            standardwebhooks.Webhook(secret).verify(body, headers)
        self.api("POST", f"/webhook-endpoints/{made['id']}/rotate-secret", {"overlap": "PT0S"})
        self.pay()
        headers, body = self.wait(lambda: sink.accepted()[1:], "the second delivery")[0]
        # Without an overlap all secrets before it end at once.
        for secret in (made["secret"], new["secret"]):
            with self.assertRaises(standardwebhooks.WebhookVerificationError):
                standardwebhooks.Webhook(secret).verify(body, headers)


class NothingIsLost(WebhookCase):
    def test_through_failures_and_two_kills(self):
        """5 % of answers are failures, and the server is killed twice while events are made.

        No delivery fails twice: the schedule's second pause would take five minutes.
        """
        count = size(EVENTS)
        failed = set()

        def answer(number, request):
            if number % 20 or request.headers["webhook-id"] in failed:
                return 200
            failed.add(request.headers["webhook-id"])
            return 500

        sink = self.sink(answer=answer)
        self.endpoint(sink.url, max_in_flight=32)
        made = collections.Counter()
        threads = [threading.Thread(target=self.make_events, args=(count // 8, made))
                   for _ in range(8)]
        for thread in threads:
            thread.start()
        for part in (0.3, 0.6):
            self.wait(lambda: made["answered"] >= count * part, "enough events", 600)
            self.platform.kill()
            self.platform.start()
        for thread in threads:
            thread.join()
        self.wait(lambda: not self.pending(), "the last delivery", SETTLE_SECONDS + count // 500)

        events = {row[0] for row in self.platform.sql("SELECT id FROM sbx.events")}
        received = collections.defaultdict(set)
        for headers, body in sink.accepted():
            received[json.loads(body)["id"]].add((headers["webhook-id"], body))
        self.assertGreaterEqual(len(events), made["answered"])
        self.assertEqual(events - set(received), set(), "lost")
        self.assertEqual(set(received) - events, set(), "never happened")
        # Copies are the same message: same id, same bytes.
        self.assertEqual([event for event, copies in received.items() if len(copies) > 1], [])
        self.assertEqual(len({next(iter(copies))[0] for copies in received.values()}), len(events))
        duplicates = len(sink.accepted()) - len(events)
        print(f"{len(events)} events, {len(sink.requests)} attempts, {duplicates} duplicates, 0 lost")

    def make_events(self, count, made):
        """That many payments that were answered, whatever happens to the server meanwhile."""
        client, left = self.platform.client(), count
        while left:
            try:
                answer = client.call("POST", "/v1/payments", host=self.sandbox.host(),
                                     key=self.sandbox.key, json_body=payment())
                if answer.status == 201:
                    made["answered"] += 1
                    left -= 1
            except (OSError, http.client.HTTPException):
                client.close()
                time.sleep(0.05)
                client = self.platform.client()
        client.close()

    def pending(self):
        return int(self.platform.sql(
            "SELECT count(*) FROM sbx.deliveries WHERE state = 'pending'")[0][0])


class Neighbours(WebhookCase):
    def test_a_sink_that_hangs_holds_up_no_other(self):
        release = threading.Event()
        self.addCleanup(release.set)

        def hang(*_):
            release.wait(60)
            return 200

        self.endpoint(self.sink(answer=hang).url)
        quick = self.sink()
        self.endpoint(quick.url)
        for _ in range(50):
            self.pay()
        self.wait(lambda: len(quick.accepted()) == 50, "every delivery to the quick sink", 10)

    def test_a_receiver_that_asks_for_a_pause_gets_one(self):
        sink = self.sink()

        def answer(number, request):
            return 200 if number > 1 else 429

        sink.answer = answer
        self.endpoint(sink.url)
        self.pay()
        self.wait(lambda: len(sink.requests) == 2, "the second attempt")
        first, second = sink.requests
        self.assertEqual(first[0]["webhook-id"], second[0]["webhook-id"])
        delivery = self.wait(
            lambda: [one for one in self.api("GET", "/deliveries")["data"]
                     if one["status"] == "delivered"], "the record")[0]
        log = self.api("GET", f"/deliveries/{delivery['id']}")["log"]
        self.assertEqual([attempt["status"] for attempt in log], [429, 200])
        self.assertGreater(log[0]["timings"]["total_us"], 0)


class TwoServers(WebhookCase):
    """On one database, both looking for work."""

    def setUp(self):
        super().setUp()
        url = subprocess.run([executable(), "db", "url", "--data", self.platform.data],
                             capture_output=True, text=True, check=True).stdout.strip()
        self.second = Platform("--database-url", url, *ALLOW)
        self.second.address, self.second.port = "127.0.0.2", self.platform.port
        # The same folder: passwords of the database's roles lie there.
        shutil.rmtree(self.second.folder)
        self.second.folder, self.second.data = self.platform.folder, self.platform.data
        self.second.log_path = self.platform.log_path + ".second"
        self.addCleanup(self.second.stop)
        self.second.start()

    def pay_at(self, platform):
        answer = platform.call("POST", "/v1/payments", host=self.sandbox.host(),
                               key=self.sandbox.key, json_body=payment())
        self.assertEqual(answer.status, 201, answer)
        return answer.json["id"]

    def test_one_at_a_time_is_in_order_across_both_and_through_a_kill(self):
        sink = self.sink()
        self.endpoint(sink.url, max_in_flight=1)
        made = [self.pay_at(platform) for _ in range(100)
                for platform in (self.platform, self.second)]

        def received():
            return [json.loads(body)["data"]["object"]["id"] for _, body in sink.accepted()]

        self.wait(lambda: len(sink.accepted()) >= len(made), "every delivery")
        self.assertEqual(received(), made)
        made += [self.pay_at(platform) for _ in range(20)
                 for platform in (self.platform, self.second)]
        self.second.kill()
        made += [self.pay_at(self.platform) for _ in range(20)]
        self.wait(lambda: set(received()) == set(made), "every delivery", SETTLE_SECONDS)
        # What the killed server had sent and not recorded came again, in its order.
        self.assertEqual(list(dict.fromkeys(received())), made)


class Live(WebhookCase):
    def stream(self, query=""):
        connection = http.client.HTTPConnection("127.0.0.1", self.platform.port, timeout=20)
        self.addCleanup(connection.close)
        connection.request("GET", f"/v1/sandboxes/{self.sandbox.slug}/stream{query}", headers={
            "Host": "localhost", "Authorization": f"Bearer {self.tenant.key}"})
        answer = connection.getresponse()
        self.assertEqual((answer.status, answer.headers["Content-Type"]), (200, "text/event-stream"))
        self.assertEqual(answer.readline(), b"retry: 1000\n")
        return answer

    def told(self, answer, count):
        """The next so many, each with its kind."""
        told = []
        while len(told) < count:
            line = answer.readline().decode()
            if line.startswith("event: "):
                name = line[7:].strip()
            elif line.startswith("data: "):
                told.append((name, json.loads(line[6:])))
        return told

    def test_the_stream_tells_events_and_deliveries_as_they_happen(self):
        sink = self.sink()
        self.endpoint(sink.url)
        answer = self.stream()
        made = self.pay()
        told = dict(self.told(answer, 2))
        self.assertEqual(told["event"]["data"]["object"]["id"], made["id"])
        self.assertTrue(told["delivery"]["succeeded"])

    def test_the_stream_tells_every_call_once_as_the_log_lists_it(self):
        self.pay()
        answer = self.stream("?kinds=request")
        # One is held for longer than rows may lag.
        slow = threading.Thread(target=self.sandbox.call, args=("GET", "/v1/balance"),
                                kwargs={"headers": {"X-Chaos": "latency=4000ms"}})
        slow.start()
        for _ in range(20):
            self.pay()
        told = self.told(answer, 21)
        slow.join()
        self.assertEqual({kind for kind, _ in told}, {"request"})
        calls = [call for _, call in told]
        self.assertIn("/v1/balance", [call["path"] for call in calls])
        listed = self.api("GET", "/requests?limit=100")["data"]
        by_id = {call["id"]: call for call in listed}
        self.assertEqual(calls, [by_id[call["id"]] for call in calls])
        self.assertEqual(len({call["id"] for call in calls}), 21)
        self.assertEqual(len(listed), 22)

    def test_the_stream_tells_only_kinds_that_there_are(self):
        answer = self.tenant.call("GET", f"/v1/sandboxes/{self.sandbox.slug}/stream?kinds=request,news")
        self.assertEqual((answer.status, answer.code), (400, "validation_failed"), answer)


class WithoutAllowance(WebhookCase):
    ARGUMENTS = ()

    def test_private_addresses_are_refused_and_the_inbox_works(self):
        url = f"http://127.0.0.1:{self.platform.port}/hook"
        answer = self.tenant.call("POST", f"/v1/sandboxes/{self.sandbox.slug}/webhook-endpoints",
                                  json_body={"url": url, "events": ["*"]})
        self.assertEqual((answer.status, answer.code), (400, "validation_failed"), answer)
        inbox = f"http://{self.sandbox.slug}.sbx.localhost:{self.platform.port}/_inbox"
        secret = self.endpoint(inbox)["secret"]
        self.api("PUT", "/inbox", {"secret": secret})
        made = self.pay()
        message = self.wait(lambda: self.api("GET", "/inbox")["data"], "the message")[0]
        self.assertEqual(message["verification"], "valid")
        self.assertEqual(json.loads(message["body"])["data"]["object"]["id"], made["id"])
        # From outside it takes a message as any receiver does.
        sent = self.platform.call("POST", "/_inbox", host=f"{self.sandbox.slug}.sbx.localhost",
                                  body="anything")
        self.assertEqual(sent.status, 200)
        self.assertEqual(self.api("GET", "/inbox")["data"][0]["verification"], "unsigned")


if __name__ == "__main__":
    unittest.main()
