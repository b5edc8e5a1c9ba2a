"""The first landing of a partner with an OAuth library: Authlib gets a token, calls its sandbox, and
is told by name that another sandbox's audience is wrong. joserfc checks what the issuer signs."""

import unittest

from oauth import IssuerTest, TLSIssuerTest, needs_clients

try:
    import httpx
    import requests
    from authlib.integrations.httpx_client import OAuth2Client
    from authlib.integrations.requests_client import OAuth2Session
    from authlib.oauth2.rfc7523 import PrivateKeyJWT
    from joserfc import jwt
    from joserfc.jwk import ECKey, KeySet
except ImportError:
    pass


@needs_clients
class FirstToken(IssuerTest):
    def session(self, method="client_secret_basic", sandbox=None):
        credentials = (sandbox or self.sandbox).created["credentials"]
        return self.closing(OAuth2Session(credentials["client_id"], credentials["client_secret"],
                                          token_endpoint_auth_method=method))

    def fetch(self, session, **more):
        return session.fetch_token(f"{self.issuer}/token", grant_type="client_credentials", **more)

    def test_authlib_gets_a_token_and_calls_its_sandbox(self):
        session = self.session()
        token = self.fetch(session)
        self.assertEqual((token["token_type"], token["expires_in"], token["scope"]),
                         ("Bearer", 3600, "sandbox"))
        answer = session.get(self.balance_url())
        self.assertEqual(answer.status_code, 200, answer.text)

    def test_another_sandboxs_audience_is_named(self):
        session = self.session()
        self.fetch(session)
        answer = session.get(self.balance_url(self.other))
        problem = answer.json()
        self.assertEqual((answer.status_code, problem["code"]), (401, "wrong_audience"), answer.text)
        for sandbox in [self.sandbox, self.other]:
            self.assertIn(sandbox.created["base_url"], problem["detail"])
        self.assertIn("invalid_token", answer.headers["WWW-Authenticate"])

    def test_the_secret_may_be_posted(self):
        self.fetch(self.session("client_secret_post"))

    def test_httpx_client_too(self):
        with OAuth2Client(self.client_id, self.client_secret) as client:
            client.fetch_token(f"{self.issuer}/token", grant_type="client_credentials")
            self.assertEqual(client.get(self.balance_url()).status_code, 200)

    def test_discovery_at_both_addresses_names_what_works(self):
        documents = [requests.get(f"{self.issuer}/.well-known/{name}").json() for name in
                     ["oauth-authorization-server", "openid-configuration"]]
        self.assertEqual(documents[0], documents[1])
        metadata = documents[0]
        self.assertEqual(metadata["issuer"], self.issuer)
        self.assertEqual(self.sandbox.created["issuer"], self.issuer)
        for name, value in metadata.items():
            if name.endswith(("_endpoint", "_uri")):
                answer = requests.get(value, allow_redirects=False)
                self.assertNotEqual(answer.status_code, 404, name)

    def test_joserfc_verifies_the_token_by_the_published_keys(self):
        text = self.fetch(self.session())["access_token"]
        answer = requests.get(f"{self.issuer}/jwks")
        self.assertIn("max-age", answer.headers["Cache-Control"])
        token = jwt.decode(text, KeySet.import_key_set(answer.json()), algorithms=["ES256"])
        self.assertEqual(token.header["typ"], "at+jwt")
        claims = token.claims
        self.assertEqual(
            (claims["iss"], claims["aud"], claims["sub"], claims["client_id"], claims["scope"],
             claims["tenant"], claims["sandbox"], claims["env"]),
            (self.issuer, self.sandbox.created["base_url"], self.client_id, self.client_id, "sandbox",
             self.tenant.id, self.sandbox.id, "sandbox"))
        self.assertEqual(claims["exp"] - claims["iat"], 3600)
        self.assertAlmostEqual(claims["sbx_exp"], claims["exp"], delta=2)
        jwt.JWTClaimsRegistry(iss={"essential": True}, exp={"essential": True}).validate(claims)
        again = requests.get(f"{self.issuer}/jwks", headers={"If-None-Match": answer.headers["ETag"]})
        self.assertEqual((again.status_code, again.content), (304, b""))

    def test_refusals_of_the_token_endpoint(self):
        def post(auth=(self.client_id, self.client_secret), **form):
            return httpx.post(f"{self.issuer}/token", data=form, auth=auth)

        good = {"grant_type": "client_credentials"}
        self.expect_error(post(), "invalid_request")
        self.expect_error(post(grant_type="password"), "unsupported_grant_type")
        self.expect_error(post(grant_type="authorization_code", code="a"), "unauthorized_client")
        self.expect_error(post(**good, scope="admin"), "invalid_scope")
        self.expect_error(post(**good, resource="https://api.example.com/"), "invalid_target")
        self.expect_error(post(**good, client_secret="twice"), "invalid_request")
        self.expect_error(post((self.client_id, "wrong"), **good), "invalid_client", 401)
        self.expect_error(post(("cli_0", "wrong"), **good), "invalid_client", 401)
        self.expect_error(post(None, **good), "invalid_client", 401)
        doubled = httpx.post(f"{self.issuer}/token", auth=(self.client_id, self.client_secret),
                             content="grant_type=client_credentials&grant_type=client_credentials",
                             headers={"Content-Type": "application/x-www-form-urlencoded"})
        self.expect_error(doubled, "invalid_request")

    def test_nothing_else_is_served_on_the_issuers_host(self):
        for path in ["/", "/v1/sandboxes", "/healthz", "/token/x"]:
            self.assertEqual(requests.get(self.issuer + path).status_code, 404, path)
        self.assertEqual(requests.get(f"{self.issuer}/token").status_code, 405)


@needs_clients
class FiveWays(TLSIssuerTest):
    """Authlib says who it is in each of the five ways, and calls its sandbox with what it gets."""

    def test_each_gets_a_token_for_its_own_sandbox(self):
        key = ECKey.generate_key("P-256", {"kid": "one", "alg": "ES256"})
        issued, own = self.platform.clients.issue(), self.platform.clients.self_signed()
        signs = PrivateKeyJWT(self.issuer, alg="ES256")
        # How Authlib is told, what was registered with it, and the connection's certificate.
        ways = {
            "client_secret_basic": ("client_secret_basic", {}, None),
            "client_secret_post": ("client_secret_post", {}, None),
            "private_key_jwt": (signs, {"jwks": {"keys": [key.as_dict(private=False)]}}, None),
            "tls_client_auth": ("none", {"tls_client_auth_san_dns": "client.example"}, issued),
            "self_signed_tls_client_auth": ("none", {"jwks": {"keys": [own.jwk()]}}, own),
        }
        for method, (told, metadata, certificate) in ways.items():
            with self.subTest(method):
                client = self.register(token_endpoint_auth_method=method,
                                       grant_types=["client_credentials"], **metadata)
                secret = key if told is signs else client.get("client_secret")
                session = self.closing(OAuth2Session(
                    client["client_id"], secret, token_endpoint_auth_method=told))
                # Only then does `verify` stand above what the environment says.
                session.trust_env, session.verify = False, self.platform.authority
                session.cert = certificate.files if certificate else None
                session.fetch_token(f"{self.issuer}/token", grant_type="client_credentials")
                answer = session.get(self.balance_url())
                self.assertEqual(answer.status_code, 200, answer.text)
                refused = session.get(self.balance_url(self.other))
                self.assertEqual((refused.status_code, refused.json()["code"]),
                                 (401, "wrong_audience"), refused.text)


if __name__ == "__main__":
    unittest.main()
