"""The issuer as a script in a page meets it: what a browser asks first, and what it lets the script see."""

import unittest

from oauth import IssuerTest, needs_clients

try:
    import httpx
except ImportError:
    pass

ORIGIN = {"Origin": "https://shop.example"}


@needs_clients
class Scripts(IssuerTest):
    def test_every_endpoint_of_the_metadata_may_be_called(self):
        metadata = httpx.get(f"{self.issuer}/.well-known/oauth-authorization-server").json()
        for name in ["token_endpoint", "revocation_endpoint", "introspection_endpoint",
                     "pushed_authorization_request_endpoint", "registration_endpoint",
                     "device_authorization_endpoint"]:
            with self.subTest(name):
                asked = httpx.options(metadata[name], headers={
                    **ORIGIN, "Access-Control-Request-Method": "POST",
                    "Access-Control-Request-Headers": "authorization, content-type, dpop"})
                self.assertEqual((asked.status_code, asked.content), (204, b""))
                self.assertEqual(asked.headers["access-control-allow-origin"], "*")
                self.assertIn("POST", asked.headers["access-control-allow-methods"])
                allowed = asked.headers["access-control-allow-headers"].lower()
                for field in ["authorization", "content-type", "dpop"]:
                    self.assertIn(field, allowed)

    def test_a_refusal_can_be_read_too(self):
        answer = httpx.post(f"{self.issuer}/token", headers=ORIGIN, auth=(self.client_id, "wrong"),
                            data={"grant_type": "client_credentials"})
        self.expect_error(answer, "invalid_client", 401)
        self.assertEqual(answer.headers["access-control-allow-origin"], "*")
        self.assertIn("DPoP-Nonce", answer.headers["access-control-expose-headers"])
        keys = httpx.get(f"{self.issuer}/jwks", headers=ORIGIN)
        self.assertEqual(keys.headers.get_list("access-control-allow-origin"), ["*"])

    def test_pages_are_for_people(self):
        for path in ["/authorize", "/device"]:
            page = httpx.get(self.issuer + path, headers=ORIGIN)
            self.assertNotIn("access-control-allow-origin", page.headers)
            self.assertEqual(page.headers["x-content-type-options"], "nosniff")
            self.assertEqual(httpx.options(self.issuer + path, headers=ORIGIN).status_code, 405)


if __name__ == "__main__":
    unittest.main()
