"""Dynamic registration (RFC 7591) and what a client does with its registration (RFC 7592)."""

import unittest

from oauth import IssuerTest, needs_clients

try:
    import httpx
    from authlib.integrations.httpx_client import OAuth2Client
except ImportError:
    pass

CALLBACK = "https://shop.example/callback"


@needs_clients
class Registration(IssuerTest):
    def ask(self, metadata, key=None):
        return httpx.post(f"{self.issuer}/register", json=metadata,
                          headers={"Authorization": f"Bearer {key or self.sandbox.key}"})

    def manage(self, method, client, json=None, token=None):
        token = token or client["registration_access_token"]
        return httpx.request(method, client["registration_client_uri"], json=json,
                             headers={"Authorization": f"Bearer {token}"})

    def test_everything_registered_comes_back(self):
        metadata = {
            "client_name": "Laden \u00fc", "redirect_uris": [CALLBACK, "com.example.shop:/back"],
            "grant_types": ["authorization_code", "refresh_token"], "response_types": ["code"],
            "token_endpoint_auth_method": "client_secret_post", "scope": "sandbox",
            "client_uri": "https://shop.example/", "contacts": ["it@shop.example"],
            "software_version": "7", "x_made_up": {"deep": [1, None]}}
        client = self.register(**metadata)
        self.assertEqual({name: client[name] for name in metadata}, metadata)
        self.assertEqual(client["client_secret_expires_at"], 0)
        self.assertGreater(client["client_id_issued_at"], 1_700_000_000)
        self.assertTrue(client["client_id"].startswith("cli_"))
        self.assertTrue(client["client_secret"].startswith("test_cs_"))

    def test_defaults_are_written_out(self):
        client = self.register(redirect_uris=[CALLBACK])
        self.assertEqual(
            (client["grant_types"], client["response_types"], client["token_endpoint_auth_method"]),
            (["authorization_code"], ["code"], "client_secret_basic"))

    def test_a_client_with_a_public_registration_has_no_secret(self):
        client = self.register(redirect_uris=[CALLBACK], token_endpoint_auth_method="none")
        self.assertNotIn("client_secret", client)
        self.assertNotIn("client_secret_expires_at", client)

    def test_it_needs_the_sandboxs_key(self):
        for key in [self.tenant.key, "sk_live_51H8abcdefghijklmnopqrstuv", "nonsense"]:
            self.expect_error(self.ask({"redirect_uris": [CALLBACK]}, key), "invalid_token", 401)
        without = httpx.post(f"{self.issuer}/register", json={"redirect_uris": [CALLBACK]})
        self.expect_error(without, "invalid_token", 401)

    def test_refused_metadata(self):
        cases = {
            "invalid_redirect_uri": [
                {}, {"redirect_uris": []}, {"redirect_uris": ["http://shop.example/"]},
                {"redirect_uris": [CALLBACK + "#part"]}, {"redirect_uris": ["https://*.example/"]},
                {"redirect_uris": ["javascript:alert(1)"]}, {"redirect_uris": CALLBACK}],
            "invalid_client_metadata": [
                {"redirect_uris": [CALLBACK], **change} for change in [
                    {"grant_types": ["password"]}, {"grant_types": ["implicit"]},
                    {"response_types": ["token"]}, {"token_endpoint_auth_method": "client_secret_jwt"},
                    {"client_name": 7}, {"dpop_bound_access_tokens": "yes"},
                    {"access_token_signed_response_alg": "none"},
                    {"access_token_signed_response_alg": "HS256"},
                    {"token_endpoint_auth_method": "tls_client_auth"},
                    {"token_endpoint_auth_method": "tls_client_auth",
                     "tls_client_auth_san_dns": "a.example", "tls_client_auth_san_uri": "b"},
                    {"token_endpoint_auth_method": "private_key_jwt"},
                ]] + [["no", "object"]],
        }
        for code, documents in cases.items():
            for document in documents:
                with self.subTest(str(document)):
                    self.expect_error(self.ask(document), code)

    def test_a_client_reads_changes_and_ends_its_registration(self):
        client = self.register(grant_types=["client_credentials"], client_name="One")
        read = self.manage("GET", client).json()
        self.assertEqual(read["client_name"], "One")
        self.assertNotIn("client_secret", read)
        changed = self.manage("PUT", client, json={
            "client_id": client["client_id"], "client_name": "Two",
            "grant_types": ["client_credentials"]})
        self.assertEqual((changed.status_code, changed.json()["client_name"]), (200, "Two"))
        with OAuth2Client(client["client_id"], client["client_secret"]) as session:
            session.fetch_token(f"{self.issuer}/token", grant_type="client_credentials")
        self.assertEqual(self.manage("DELETE", client).status_code, 204)
        self.assertEqual(self.manage("GET", client).status_code, 401)
        answer = httpx.post(f"{self.issuer}/token", data={"grant_type": "client_credentials"},
                            auth=(client["client_id"], client["client_secret"]))
        self.expect_error(answer, "invalid_client", 401)

    def test_a_change_is_checked_as_the_registration_was(self):
        client = self.register(redirect_uris=[CALLBACK])
        document = {"client_id": client["client_id"], "redirect_uris": ["http://evil.example/"]}
        self.expect_error(self.manage("PUT", client, json=document), "invalid_redirect_uri")
        without = {**document, "redirect_uris": [CALLBACK], "token_endpoint_auth_method": "none"}
        self.expect_error(self.manage("PUT", client, json=without), "invalid_client_metadata")

    def test_a_change_cannot_choose_id_or_secret(self):
        client, other = (self.register(redirect_uris=[CALLBACK]) for _ in range(2))
        good = {"client_id": client["client_id"], "redirect_uris": [CALLBACK]}
        for change in [{"client_id": other["client_id"]}, {"client_id": None},
                       {"client_secret": other["client_secret"]}, {"client_secret": "chosen"}]:
            with self.subTest(str(change)):
                answer = self.manage("PUT", client, json={**good, **change})
                self.expect_error(answer, "invalid_client_metadata")
        kept = self.manage("PUT", client, json={**good, "client_secret": client["client_secret"]})
        self.assertEqual(kept.status_code, 200, kept.text)
        self.assertNotIn("client_secret", kept.json())

    def test_nobody_else_manages_it(self):
        client, other = (self.register(redirect_uris=[CALLBACK]) for _ in range(2))
        for token in [other["registration_access_token"], self.sandbox.key, "nonsense"]:
            for method in ["GET", "DELETE"]:
                self.expect_error(self.manage(method, client, token=token), "invalid_token", 401)
        self.assertEqual(self.manage("GET", client).status_code, 200)


if __name__ == "__main__":
    unittest.main()
