"""Idempotency under fire: however often one call is sent, and whatever dies, it happens once."""

import collections
import http.client
import threading
import time
import unittest

from harness import Platform, payment, reference, size

SENDERS = 200
SECONDS_MAX = 60


class Idempotency(unittest.TestCase):
    def setUp(self):
        self.platform = Platform()
        self.addCleanup(self.platform.close)
        self.platform.start()
        tenant = self.platform.sign_up()
        self.platform.raise_limits(tenant.id)
        self.sandbox = tenant.create_sandbox()

    def pay(self, client, key, mark):
        return client.call("POST", "/v1/payments", host=self.sandbox.host(), key=self.sandbox.key,
                           headers={"Idempotency-Key": f'"{key}"'},
                           json_body=payment(metadata={"reference": mark}))

    def stored(self, mark):
        return [found["id"] for found in self.sandbox.payments()
                if (found.get("metadata") or {}).get("reference") == mark]

    def test_200_identical_calls_at_once_have_one_effect(self):
        key, mark = reference(), reference()
        answers, lock, together = [], threading.Lock(), threading.Barrier(SENDERS)

        def send():
            with self.platform.client(SECONDS_MAX) as client:
                client.connection.connect()
                together.wait(SECONDS_MAX)
                answer = self.pay(client, key, mark)
            with lock:
                answers.append(answer)

        run_all([threading.Thread(target=send) for _ in range(SENDERS)])
        self.assertEqual(len(answers), SENDERS)
        seen = collections.Counter(kind(answer) for answer in answers)
        print(f"idempotency: {dict(seen)}")
        self.assertEqual(seen["executed"], 1)
        self.assertEqual(seen["replayed"] + seen["in_flight"], SENDERS - 1, seen)
        bodies = {answer.body for answer in answers if answer.status == 201}
        self.assertEqual(len(bodies), 1, "a replay differs from the first answer")
        self.assertEqual(len(self.stored(mark)), 1)
        for answer in answers:
            if answer.status == 409:
                self.assertTrue(answer.headers["Retry-After"])

    def test_a_kill_in_mid_flight_and_a_retry_have_one_effect(self):
        rounds = size(100, part=10)
        unanswered = replayed = 0
        for number in range(rounds):
            key, mark = reference(), reference()
            # Through the life of a call: from before it is read to after it is answered.
            first = self.pay_until_killed(key, mark, after=1.5 * self.seconds_of_a_call() * number / rounds)
            with self.platform.client(SECONDS_MAX) as client:
                again = self.pay(client, key, mark)
            self.assertEqual(again.status, 201, again)
            self.assertEqual(self.stored(mark), [again.json["id"]])
            if first is None:
                unanswered += 1
            else:
                self.assertEqual(first.json["id"], again.json["id"])
            replayed += again.headers["Idempotent-Replayed"] == "true"
        print(f"idempotency: {rounds} kills, {unanswered} calls without an answer, "
              f"{replayed} had happened and were replayed")

    def seconds_of_a_call(self):
        """How long a call takes on a connection of its own, the slow first ones left out."""
        took = []
        for _ in range(5):
            began = time.monotonic()
            with self.platform.client(SECONDS_MAX) as client:
                self.assertEqual(self.pay(client, reference(), reference()).status, 201)
            took.append(time.monotonic() - began)
        return min(took)

    def pay_until_killed(self, key, mark, after):
        """Sends one call and kills the server `after` seconds later; its answer, None without one."""
        answers = []

        def send():
            try:
                with self.platform.client(SECONDS_MAX) as client:
                    answers.append(self.pay(client, key, mark))
            except (OSError, http.client.HTTPException):
                pass

        sender = threading.Thread(target=send)
        sender.start()
        time.sleep(after)
        self.platform.kill()
        sender.join(SECONDS_MAX)
        self.platform.start()
        return answers[0] if answers and answers[0].status == 201 else None


def kind(answer):
    if answer.status == 201:
        return "replayed" if answer.headers["Idempotent-Replayed"] == "true" else "executed"
    return "in_flight" if answer.code == "idempotency_key_in_use" else repr(answer)


def run_all(threads):
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(SECONDS_MAX)


if __name__ == "__main__":
    unittest.main()
