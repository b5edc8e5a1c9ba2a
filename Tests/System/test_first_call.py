"""A partner's first call, by each of the four ways, and again after a restart."""

import unittest

from harness import DOMAIN, Platform, payment, reference


class FirstCall(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.platform = Platform()
        cls.addClassCleanup(cls.platform.close)
        cls.platform.start()
        cls.tenant = cls.platform.sign_up()
        cls.sandbox = cls.tenant.create_sandbox(name="First")

    def created_payment(self):
        answer = self.sandbox.call("POST", "/v1/payments",
                                   json_body=payment(metadata={"reference": reference()}))
        self.assertEqual(answer.status, 201, answer)
        return answer.json

    def test_sign_up_answers_tenant_user_and_a_key_shown_once(self):
        signup = self.tenant.signup
        self.assertTrue(signup["tenant"]["id"].startswith("tnt_"))
        self.assertEqual(signup["tenant"]["name"], "System tests")
        self.assertTrue(signup["user"]["id"].startswith("usr_"))
        self.assertTrue(signup["management_key"]["secret"].startswith("test_mk_"))

    def test_a_sandbox_tells_all_that_a_client_needs(self):
        created = self.sandbox.created
        self.assertEqual(created["status"], "ready")
        self.assertTrue(created["id"].startswith("sbx_"))
        self.assertTrue(created["credentials"]["api_key"].startswith("test_sk_"))
        for member in ["slug", "base_url", "apis", "issuer", "clock", "seed", "expires_at"]:
            self.assertIn(member, created)
        self.assertIn("payments", [api["contract"] for api in created["apis"]])

    def test_a_payment_is_answered_and_read_back(self):
        created = self.created_payment()
        self.assertIs(created["livemode"], False)
        read = self.sandbox.call("GET", f"/v1/payments/{created['id']}")
        self.assertEqual(read.status, 200, read)
        self.assertEqual(read.json, created)

    def test_four_ways_lead_to_the_same_object(self):
        created = self.created_payment()
        slug, path = self.sandbox.slug, f"/v1/payments/{created['id']}"
        ways = {
            "contract and sandbox in the host": dict(host=f"payments--{slug}.{DOMAIN}", path=path),
            "sandbox in the host": dict(host=f"{slug}.{DOMAIN}", path=f"/payments{path}"),
            "header fields": dict(host="localhost", path=path, headers={
                "X-Sbx-Sandbox": slug, "X-Sbx-Contract": "payments"}),
            "path": dict(host="localhost", path=f"/api/{slug}/payments{path}"),
        }
        for name, way in ways.items():
            with self.subTest(name):
                answer = self.platform.call("GET", key=self.sandbox.key, **way)
                self.assertEqual(answer.status, 200, answer)
                self.assertEqual(answer.json, created)

    def test_host_and_field_that_disagree_are_refused(self):
        other = self.tenant.create_sandbox()
        cases = {
            "another sandbox": {"X-Sbx-Sandbox": other.slug},
            "another contract": {"X-Sbx-Contract": "banking"},
        }
        for name, headers in cases.items():
            with self.subTest(name):
                answer = self.sandbox.call("GET", "/v1/balance", headers=headers)
                self.assertEqual((answer.status, answer.code), (400, "host_mismatch"), answer)

    def test_the_environment_field_takes_sandbox_and_refuses_production(self):
        taken = self.sandbox.call("GET", "/v1/balance", headers={"X-Env": "sandbox"})
        self.assertEqual(taken.status, 200, taken)
        refused = self.sandbox.call("GET", "/v1/balance", headers={"X-Env": "production"})
        self.assertEqual((refused.status, refused.code), (400, "other_environment"), refused)

    def test_every_answer_says_who_answered(self):
        answer = self.sandbox.call("GET", "/v1/balance")
        self.assertEqual(answer.status, 200, answer)
        for field in ["Request-Id", "traceparent", "RateLimit", "RateLimit-Policy"]:
            self.assertTrue(answer.headers[field], field)
        self.assertEqual(answer.headers["X-Sbx-Test-Only"], "true")
        self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")
        self.assertIn("sandbox", answer.headers["Content-Security-Policy"])
        self.assertIsNone(answer.headers["X-Sbx-Simulated"])

    def test_a_scenario_is_provoked_and_marked(self):
        answer = self.sandbox.call("POST", "/v1/payments", json_body=payment(),
                                   headers={"X-Sandbox-Scenario": "insufficient_funds"})
        self.assertEqual(answer.status, 402, answer)
        self.assertEqual(answer.json["error"]["code"], "card_declined")
        self.assertEqual(answer.json["error"]["decline_code"], "insufficient_funds")
        self.assertTrue(answer.headers["X-Sbx-Simulated"])

    def test_an_unknown_scenario_names_its_neighbours(self):
        answer = self.sandbox.call("POST", "/v1/payments", json_body=payment(),
                                   headers={"X-Sandbox-Scenario": "insufficient_fund"})
        self.assertEqual((answer.status, answer.code), (400, "unknown_scenario"), answer)
        self.assertIn(b"insufficient_funds", answer.body)

    def test_a_repeated_key_answers_from_the_first_call(self):
        headers = {"Idempotency-Key": f'"{reference()}"'}
        body = payment(metadata={"reference": reference()})
        first = self.sandbox.call("POST", "/v1/payments", json_body=body, headers=headers)
        second = self.sandbox.call("POST", "/v1/payments", json_body=body, headers=headers)
        self.assertEqual((first.status, second.status), (201, 201), (first, second))
        self.assertEqual(first.body, second.body)
        self.assertEqual(second.headers["Idempotent-Replayed"], "true")
        third = self.sandbox.call("POST", "/v1/payments", json_body=payment(amount=1),
                                  headers=headers)
        self.assertEqual(third.status, 422, third)


class Restart(unittest.TestCase):
    def test_what_was_answered_is_there_after_a_restart(self):
        platform = Platform()
        self.addCleanup(platform.close)
        platform.start()
        sandbox = platform.sign_up().create_sandbox()
        created = sandbox.call("POST", "/v1/payments", json_body=payment())
        self.assertEqual(created.status, 201, created)

        self.assertEqual(platform.stop(), 0)
        self.assertIsNone(platform.postmaster(), "the private database outlived the server")
        platform.start()

        read = sandbox.call("GET", f"/v1/payments/{created.json['id']}")
        self.assertEqual(read.status, 200, read)
        self.assertEqual(read.body, created.body)


if __name__ == "__main__":
    unittest.main()
