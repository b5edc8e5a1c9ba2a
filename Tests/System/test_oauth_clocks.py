"""A token ends at the wall's time or at its sandbox's, whichever comes first."""

import time
import unittest

from oauth import IssuerTest, needs_clients

try:
    import httpx
except ImportError:
    pass

HOUR = 3_600
PROPAGATION_SECONDS_MAX = 1


@needs_clients
class Clocks(IssuerTest):
    def setUp(self):
        self.sandbox = self.tenant.create_sandbox()
        credentials = self.sandbox.created["credentials"]
        self.auth = (credentials["client_id"], credentials["client_secret"])
        self.session = self.closing(httpx.Client())

    def token(self):
        answer = httpx.post(f"{self.issuer}/token", data={"grant_type": "client_credentials"},
                            auth=self.auth)
        self.assertEqual(answer.status_code, 200, answer.text)
        return answer.json()["access_token"]

    def calls(self, token, session=None):
        answer = (session or self.session).get(
            self.balance_url(), headers={"Authorization": f"Bearer {token}"})
        return answer.json()["code"] if answer.status_code != 200 else "accepted"

    def clock(self, action, **body):
        answer = self.tenant.call("POST", f"/v1/sandboxes/{self.sandbox.id}/{action}",
                                  json_body=body or None)
        self.assertIn(answer.status, (200, 201), answer)
        return answer.json

    def expect(self, token, outcome):
        """On one connection at once, and soon on every loop."""
        deadline = time.monotonic() + PROPAGATION_SECONDS_MAX
        while self.calls(token) != outcome and time.monotonic() < deadline:
            time.sleep(0.01)
        for _ in range(8):
            with httpx.Client() as session:
                self.assertEqual(self.calls(token, session), outcome)

    def test_advancing_past_its_end_ends_a_token(self):
        token = self.token()
        self.expect(token, "accepted")
        self.clock("clock/advance", by="PT59M")
        self.expect(token, "accepted")
        self.clock("clock/advance", by="PT2M")
        self.expect(token, "credential_expired")
        told = httpx.post(f"{self.issuer}/introspect", data={"token": token}, auth=self.auth)
        self.assertEqual(told.json(), {"active": False})
        self.expect(self.token(), "accepted")

    def test_going_back_gives_it_its_time_again(self):
        before = self.clock("checkpoints", name="before")["id"]
        token = self.token()
        self.clock("clock/advance", by="PT2H")
        self.expect(token, "credential_expired")
        self.clock(f"checkpoints/{before}/restore")
        self.expect(token, "accepted")

    def test_a_frozen_clock_lets_no_token_outlive_the_wall(self):
        self.clock("clock/freeze")
        before = int(time.time())
        token = self.token()
        after = time.time()
        self.expect(token, "accepted")
        claims = httpx.post(f"{self.issuer}/introspect", data={"token": token}, auth=self.auth).json()
        self.assertTrue(before + HOUR <= claims["exp"] <= after + HOUR, claims)


if __name__ == "__main__":
    unittest.main()
