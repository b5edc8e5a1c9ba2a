"""The five ways in which a client says who it is, each with what must not pass for it."""

import time
import unittest
import uuid

from oauth import IssuerTest, TLSIssuerTest, needs_clients

try:
    import httpx
    from authlib.integrations.httpx_client import OAuth2Client
    from authlib.oauth2.rfc7523 import PrivateKeyJWT
    from joserfc import jwt
    from joserfc.jwk import ECKey, OKPKey, RSAKey
except ImportError:
    pass

ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
CREDENTIALS = {"grant_types": ["client_credentials"]}


@needs_clients
class Secrets(IssuerTest):
    def token(self, client, method):
        with OAuth2Client(client["client_id"], client["client_secret"],
                          token_endpoint_auth_method=method) as session:
            return session.post(f"{self.issuer}/token", data={"grant_type": "client_credentials"},
                                auth=session.client_auth(method))

    def test_a_registered_client_uses_the_way_it_has_registered(self):
        for method, other in [("client_secret_basic", "client_secret_post"),
                              ("client_secret_post", "client_secret_basic")]:
            with self.subTest(method):
                client = self.register(token_endpoint_auth_method=method, **CREDENTIALS)
                self.assertEqual(self.token(client, method).status_code, 200)
                self.expect_error(self.token(client, other), "invalid_client", 401)


@needs_clients
class PrivateKeys(IssuerTest):
    def setUp(self):
        self.key = ECKey.generate_key("P-256", {"kid": "one", "alg": "ES256"})
        self.client = self.register(
            token_endpoint_auth_method="private_key_jwt",
            jwks={"keys": [self.key.as_dict(private=False)]}, **CREDENTIALS)

    def claims(self, **changed):
        now = int(time.time())
        claims = {"iss": self.client["client_id"], "sub": self.client["client_id"], "aud": self.issuer,
                  "iat": now, "exp": now + 60, "jti": uuid.uuid4().hex, **changed}
        return {name: value for name, value in claims.items() if value is not None}

    def post(self, claims, key=None, header=None):
        assertion = jwt.encode(header or {"alg": "ES256", "kid": "one"}, claims, key or self.key)
        return httpx.post(f"{self.issuer}/token", data={
            "grant_type": "client_credentials", "client_assertion_type": ASSERTION,
            "client_assertion": assertion})

    def test_authlib_signs_for_the_issuer(self):
        session = self.closing(OAuth2Client(self.client["client_id"], self.key,
                               token_endpoint_auth_method=PrivateKeyJWT(self.issuer, alg="ES256")))
        session.fetch_token(f"{self.issuer}/token", grant_type="client_credentials")
        self.assertEqual(session.get(self.balance_url()).status_code, 200)

    def test_every_algorithm_that_is_promised(self):
        keys = [("RS256", RSAKey.generate_key(2048, {"kid": "r"})), ("PS256", RSAKey.generate_key(2048, {"kid": "p"})),
                ("EdDSA", OKPKey.generate_key("Ed25519", {"kid": "e"}))]
        for algorithm, key in keys:
            with self.subTest(algorithm):
                self.client = self.register(token_endpoint_auth_method="private_key_jwt",
                                            jwks={"keys": [key.as_dict(private=False)]}, **CREDENTIALS)
                now = self.claims()
                assertion = jwt.encode({"alg": algorithm, "kid": key.kid}, now, key,
                                       algorithms=[algorithm])
                answer = httpx.post(f"{self.issuer}/token", data={
                    "grant_type": "client_credentials", "client_assertion_type": ASSERTION,
                    "client_assertion": assertion})
                self.assertEqual(answer.status_code, 200, answer.text)

    def test_an_assertion_is_good_once(self):
        claims = self.claims()
        self.assertEqual(self.post(claims).status_code, 200)
        self.expect_error(self.post(claims), "invalid_client", 401)

    def test_what_an_assertion_must_say(self):
        now = int(time.time())
        for changed in [{"aud": f"{self.issuer}/token"}, {"aud": [self.issuer, "https://other.example"]},
                        {"aud": None}, {"iss": "somebody"}, {"sub": self.client_id}, {"exp": now - 120},
                        {"exp": now + 86_400}, {"exp": None}, {"jti": None}, {"nbf": now + 600}]:
            with self.subTest(str(changed)):
                self.assertIn(self.post(self.claims(**changed)).status_code, (400, 401))

    def test_another_key_does_not_do(self):
        other = ECKey.generate_key("P-256", {"kid": "one"})
        self.expect_error(self.post(self.claims(), key=other), "invalid_client", 401)
        header = {"alg": "ES256", "jwk": other.as_dict(private=False)}
        self.expect_error(self.post(self.claims(), key=other, header=header), "invalid_client", 401)

    def test_private_keys_and_addresses_of_keys_are_not_registered(self):
        for metadata in [{"jwks": {"keys": [self.key.as_dict(private=True)]}},
                         {"jwks_uri": "https://example.com/jwks"}, {}]:
            answer = httpx.post(f"{self.issuer}/register",
                                json={"token_endpoint_auth_method": "private_key_jwt", **CREDENTIALS, **metadata},
                                headers={"Authorization": f"Bearer {self.sandbox.key}"})
            self.expect_error(answer, "invalid_client_metadata")


@needs_clients
class Certificates(TLSIssuerTest):
    def setUp(self):
        self.clients = self.platform.clients
        self.certificate = self.clients.self_signed()

    def token(self, client, certificate=None):
        return self.connection(certificate).post(f"{self.issuer}/token", data={
            "grant_type": "client_credentials", "client_id": client["client_id"]})

    def test_a_self_signed_certificate_whose_key_is_registered(self):
        client = self.register(token_endpoint_auth_method="self_signed_tls_client_auth",
                               jwks={"keys": [self.certificate.jwk()]}, tls_client_certificate_bound_access_tokens=True,
                               **CREDENTIALS)
        others = self.clients.self_signed()
        self.expect_error(self.token(client), "invalid_client", 401)
        self.expect_error(self.token(client, others), "invalid_client", 401)
        answer = self.token(client, self.certificate)
        self.assertEqual(answer.status_code, 200, answer.text)
        self.check_binding(answer.json()["access_token"], others)

    def test_a_certificate_of_a_trusted_authority_with_the_registered_name(self):
        client = self.register(token_endpoint_auth_method="tls_client_auth",
                               tls_client_auth_san_dns="client.example", **CREDENTIALS)
        good = self.clients.issue()
        answer = self.token(client, good)
        self.assertEqual(answer.status_code, 200, answer.text)
        for other in [None, self.certificate, self.clients.issue(dns="other.example")]:
            self.expect_error(self.token(client, other), "invalid_client", 401)

    def test_a_certificate_with_the_registered_subject(self):
        client = self.register(token_endpoint_auth_method="tls_client_auth",
                               tls_client_auth_subject_dn="CN=a client", **CREDENTIALS)
        good = self.clients.issue()
        self.assertEqual(self.token(client, good).status_code, 200)

    def check_binding(self, token, others):
        """The token works with its own certificate, and with nothing else."""
        field = {"Authorization": f"Bearer {token}"}
        url = self.balance_url()
        self.assertEqual(self.connection(self.certificate).get(url, headers=field).status_code, 200)
        for certificate in [None, others]:
            refused = self.connection(certificate).get(url, headers=field)
            self.assertEqual((refused.status_code, refused.json()["code"]), (401, "token_bound"))

    def test_metadata_names_the_certificate_ways_over_tls(self):
        metadata = self.connection().get(f"{self.issuer}/.well-known/oauth-authorization-server").json()
        self.assertEqual(
            metadata["token_endpoint_auth_methods_supported"],
            ["client_secret_basic", "client_secret_post", "private_key_jwt", "tls_client_auth",
             "self_signed_tls_client_auth", "none"])
        self.assertTrue(metadata["tls_client_certificate_bound_access_tokens"])
        self.assertEqual(metadata["mtls_endpoint_aliases"]["token_endpoint"], f"{self.issuer}/token")


if __name__ == "__main__":
    unittest.main()
