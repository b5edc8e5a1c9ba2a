"""Scopes: what a contract asks for is what a token must have been given."""

import unittest

from harness import payment
from oauth import IssuerTest, needs_clients

try:
    import httpx
    from authlib.integrations.httpx_client import OAuth2Client
except ImportError:
    pass


@needs_clients
class ScopesOfTokens(IssuerTest):
    def session(self, registered, asked=None):
        """A client that has registered some scopes, with a token for `asked`, or for all."""
        client = self.register(grant_types=["client_credentials"], scope=registered)
        session = self.closing(OAuth2Client(client["client_id"], client["client_secret"]))
        token = session.fetch_token(f"{self.issuer}/token", grant_type="client_credentials",
                                    **({"scope": asked} if asked else {}))
        self.assertEqual(token["scope"], asked or registered)
        return session

    def pay(self, session):
        url = self.balance_url().replace("/balance", "/payments")
        return session.post(url, json=payment())

    def expect_missing(self, answer, scope):
        self.assertEqual((answer.status_code, answer.json()["code"]), (403, "insufficient_scope"))
        self.assertIn(f'error="insufficient_scope", scope="{scope}"',
                      answer.headers["www-authenticate"])

    def test_reading_is_not_writing(self):
        session = self.session("payments:read")
        self.assertEqual(session.get(self.balance_url()).status_code, 200)
        self.expect_missing(self.pay(session), "payments:write")

    def test_writing_includes_reading(self):
        session = self.session("payments:write")
        self.assertEqual(self.pay(session).status_code, 201)
        self.assertEqual(session.get(self.balance_url()).status_code, 200)

    def test_a_token_may_be_for_less_than_its_client(self):
        session = self.session("payments:read payments:write", "payments:read")
        self.expect_missing(self.pay(session), "payments:write")

    def test_what_is_no_operation_of_the_contract_needs_the_whole_sandbox(self):
        reset = f"http://{self.sandbox.slug}.sbx.localhost:{self.platform.port}/sandbox/reset"
        nowhere = self.balance_url() + "/nowhere"
        narrow = self.session("payments:read payments:write")
        self.expect_missing(narrow.post(reset), "sandbox")
        self.expect_missing(narrow.get(nowhere), "sandbox")
        whole = self.session("sandbox")
        self.assertEqual(whole.post(reset).status_code, 200)
        self.assertEqual(whole.get(nowhere).status_code, 404)

    def test_only_scopes_that_there_are_can_be_had(self):
        answer = httpx.post(f"{self.issuer}/register",
                            json={"grant_types": ["client_credentials"], "scope": "sandbox manage"},
                            headers={"Authorization": f"Bearer {self.sandbox.key}"})
        self.expect_error(answer, "invalid_client_metadata")
        client = self.register(grant_types=["client_credentials"], scope="payments:read")
        refused = httpx.post(f"{self.issuer}/token", auth=(client["client_id"], client["client_secret"]),
                             data={"grant_type": "client_credentials", "scope": "payments:write"})
        self.expect_error(refused, "invalid_scope")

    def test_the_metadata_names_them(self):
        metadata = httpx.get(f"{self.issuer}/.well-known/oauth-authorization-server").json()
        self.assertEqual(metadata["scopes_supported"], ["payments:read", "payments:write", "sandbox"])


if __name__ == "__main__":
    unittest.main()
