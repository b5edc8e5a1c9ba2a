"""Each wrong credential is refused with a code that names exactly what is wrong."""

import base64
import json
import unittest

from harness import Platform, payment


def foreign_token():
    """An access token as another issuer would have made it; the signature is never reached."""
    parts = [{"alg": "ES256", "typ": "at+jwt", "kid": "other"},
             {"iss": "https://login.example.com/", "aud": "https://api.example.com/",
              "sub": "someone", "exp": 4102444800, "iat": 1700000000}]
    text = [base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode()
            for part in parts]
    return ".".join([*text, "A" * 86])


class Credentials(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.platform = Platform()
        cls.addClassCleanup(cls.platform.close)
        cls.platform.start()
        cls.tenant, cls.stranger = cls.platform.sign_up(), cls.platform.sign_up()
        cls.sandbox = cls.tenant.create_sandbox()
        cls.sibling = cls.tenant.create_sandbox()
        cls.foreign = cls.stranger.create_sandbox()

    def expect(self, answer, status, code):
        self.assertEqual((answer.status, answer.code), (status, code), answer)
        problem = answer.json
        self.assertEqual(problem["status"], status)
        for member in ["type", "title", "detail", "hint", "request_id"]:
            self.assertTrue(problem.get(member), f"{member} is missing in {problem}")

    def with_field(self, authorization):
        headers = {} if authorization is None else {"Authorization": authorization}
        return self.platform.call("GET", "/v1/balance", host=self.sandbox.host(), headers=headers)

    def test_refusals_on_a_sandbox_host(self):
        key = self.sandbox.key
        changed = key[:-1] + ("0" if key[-1] != "0" else "1")
        cases = {
            "no credential": (None, 401, "authentication_required"),
            "another scheme": ("Basic dXNlcjpwYXNz", 401, "credential_malformed"),
            "not a key": ("Bearer hello", 401, "credential_malformed"),
            "a key whose checksum is wrong": (f"Bearer {changed}", 401, "credential_malformed"),
            "a production key": ("Bearer sk_live_51H8abcdefghijklmnopqrstuv", 401,
                                 "wrong_environment"),
            "another issuer's token": (f"Bearer {foreign_token()}", 401, "foreign_issuer"),
            "a sibling sandbox's key": (f"Bearer {self.sibling.key}", 403, "wrong_sandbox"),
            "another tenant's key": (f"Bearer {self.foreign.key}", 403, "wrong_sandbox"),
            "a management key": (f"Bearer {self.tenant.key}", 403, "wrong_credential_kind"),
        }
        for name, (field, status, code) in cases.items():
            with self.subTest(name):
                answer = self.with_field(field)
                self.expect(answer, status, code)
                self.assertTrue(answer.json["explain_url"])
                if status == 401:
                    self.assertIn("Bearer", answer.headers["WWW-Authenticate"])

    def test_a_refusal_does_not_repeat_the_credential(self):
        for secret in ["sk_live_51H8abcdefghijklmnopqrstuv", self.foreign.key, foreign_token()]:
            answer = self.with_field(f"Bearer {secret}")
            self.assertNotIn(secret.encode(), answer.body)

    def test_no_credential_reaches_the_log(self):
        self.with_field("Bearer sk_live_51H8abcdefghijklmnopqrstuv")
        with open(self.platform.log_path) as file:
            log = file.read()
        for secret in ["sk_live_51H8abcdefghijklmnopqrstuv", self.sandbox.key, self.tenant.key]:
            self.assertNotIn(secret, log)

    def test_another_tenants_key_learns_nothing_about_existence(self):
        made = self.sandbox.call("POST", "/v1/payments", json_body=payment()).json
        for id in [made["id"], "pay_000000000000000000000000"]:
            answer = self.platform.call("GET", f"/v1/payments/{id}", host=self.sandbox.host(),
                                        key=self.foreign.key)
            self.expect(answer, 403, "wrong_sandbox")

    def test_a_foreign_object_on_ones_own_host_is_not_found(self):
        made = self.sandbox.call("POST", "/v1/payments", json_body=payment()).json
        answer = self.foreign.call("GET", f"/v1/payments/{made['id']}")
        self.assertEqual(answer.status, 404, answer)

    def test_refusals_of_the_platform_api(self):
        cases = {
            "no credential": (None, 401, "authentication_required"),
            "a sandbox key": (self.sandbox.key, 403, "wrong_credential_kind"),
            "a production key": ("sk_live_51H8abcdefghijklmnopqrstuv", 401, "wrong_environment"),
        }
        for name, (key, status, code) in cases.items():
            with self.subTest(name):
                self.expect(self.platform.call("GET", "/v1/sandboxes", key=key), status, code)

    def test_a_foreign_sandbox_is_not_found(self):
        answer = self.stranger.call("GET", f"/v1/sandboxes/{self.sandbox.id}")
        self.expect(answer, 404, "sandbox_not_found")
        by_slug = self.stranger.call("GET", f"/v1/sandboxes/{self.sandbox.slug}")
        self.expect(by_slug, 404, "sandbox_not_found")

    def test_an_admin_call_needs_the_admin_key(self):
        path = f"/admin/v1/tenants/{self.tenant.id}/limits"
        for key in [None, self.tenant.key, self.sandbox.key]:
            answer = self.platform.call("PATCH", path, key=key, json_body={"burst": 1})
            self.assertIn(answer.status, [401, 403], answer)


if __name__ == "__main__":
    unittest.main()
