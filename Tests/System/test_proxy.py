"""Behind a proxy: its word about the client counts, and nobody else's does."""

import concurrent.futures
import unittest

from harness import DOMAIN, Platform, reference

SIGN_UPS_PER_MINUTE = 5


class TrustedProxy(unittest.TestCase):
    trusted = ["--trusted-proxy", "127.0.0.0/8,::1/128"]

    @classmethod
    def setUpClass(cls):
        cls.platform = Platform(*cls.trusted)
        cls.addClassCleanup(cls.platform.close)
        cls.platform.start()

    def sign_up(self, **fields):
        return self.platform.call(
            "POST", "/v1/signup", headers={name.replace("_", "-"): value
                                           for name, value in fields.items()},
            json_body={"email": f"{reference()}@example.com", "password": "a long enough password",
                       "organization": "Proxy"})

    def sign_ups(self, client):
        """Answers of twice as many sign-ups as a minute allows, all at once: one after the other,
        the allowance would grow while passwords are hashed."""
        with concurrent.futures.ThreadPoolExecutor(2 * SIGN_UPS_PER_MINUTE) as pool:
            return list(pool.map(
                lambda number: self.sign_up(X_Forwarded_For=client(number)),
                range(2 * SIGN_UPS_PER_MINUTE)))

    def expect_limit(self, answers):
        statuses = [answer.status for answer in answers]
        self.assertGreaterEqual(statuses.count(201), SIGN_UPS_PER_MINUTE, statuses)
        refused = next((answer for answer in answers if answer.status == 429), None)
        self.assertIsNotNone(refused, statuses)
        self.assertEqual(refused.json["policy"], "address", refused)

    def test_sign_ups_are_limited_by_the_client_it_names(self):
        # What the client itself has written stands in front and changes nothing.
        self.expect_limit(self.sign_ups(lambda number: f"198.51.100.{number}, 203.0.113.1"))
        self.assertEqual(self.sign_up(X_Forwarded_For="203.0.113.2").status, 201)

    def test_addresses_are_those_that_the_client_used(self):
        tenant = self.sign_up(X_Forwarded_For="203.0.113.3").json
        key = tenant["management_key"]["secret"]
        for fields, host, base in [
            ({"X-Forwarded-Proto": "https"}, "localhost", f"https://box.{DOMAIN}"),
            ({"X-Forwarded-Proto": "https"}, "localhost:8443", f"https://box.{DOMAIN}:8443"),
            ({"X-Forwarded-Proto": "http"}, "localhost", f"http://box.{DOMAIN}"),
        ]:
            with self.subTest(base):
                created = self.platform.call(
                    "POST", "/v1/sandboxes", key=key, headers={"Host": host, **fields},
                    json_body={"slug": "box"})
                self.assertEqual(created.json["base_url"], base, created)
                self.assertTrue(created.json["apis"][0]["base_url"].startswith(base.split("box")[0]))
                gone = self.platform.call("DELETE", "/v1/sandboxes/box", key=key)
                self.assertEqual(gone.status, 200, gone)
        refused = self.platform.call("GET", "/v1/sandboxes", headers={
            "Host": "localhost", "X-Forwarded-Proto": "https"})
        self.assertTrue(refused.json["type"].startswith("https://localhost/docs/"), refused)


class NoProxy(TrustedProxy):
    trusted = []

    def test_sign_ups_are_limited_by_the_client_it_names(self):
        self.expect_limit(self.sign_ups(lambda number: f"203.0.113.{number}"))

    def test_addresses_are_those_that_the_client_used(self):
        answer = self.platform.call("GET", "/v1/sandboxes", headers={
            "Host": "localhost", "X-Forwarded-Proto": "https"})
        self.assertTrue(
            answer.json["type"].startswith(f"http://localhost:{self.platform.port}/docs/"), answer)


if __name__ == "__main__":
    unittest.main()
