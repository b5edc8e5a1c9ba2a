"""DPoP: tokens that are bound to a key, with proofs that joserfc makes and httpx sends."""

import base64
import hashlib
import time
import unittest
import uuid

from oauth import IssuerTest, needs_clients

try:
    import httpx
    from joserfc import jwt
    from joserfc.jwk import ECKey, OKPKey
except ImportError:
    pass


@needs_clients
class DPoP(IssuerTest):
    def setUp(self):
        self.key = ECKey.generate_key("P-256")
        self.nonce = None

    def proof(self, method, url, token=None, key=None, header=None, **changed):
        key = key or self.key
        claims = {"htm": method, "htu": url, "iat": int(time.time()), "jti": uuid.uuid4().hex}
        if self.nonce:
            claims["nonce"] = self.nonce
        if token:
            claims["ath"] = base64.urlsafe_b64encode(
                hashlib.sha256(token.encode()).digest()).rstrip(b"=").decode()
        claims.update(changed)
        claims = {name: value for name, value in claims.items() if value is not None}
        algorithm = "EdDSA" if key.key_type == "OKP" else "ES256"
        return jwt.encode({"typ": "dpop+jwt", "alg": algorithm, "jwk": key.as_dict(private=False),
                           **(header or {})}, claims, key, algorithms=[algorithm])

    def ask(self, proof):
        answer = httpx.post(f"{self.issuer}/token", data={"grant_type": "client_credentials"},
                            auth=(self.client_id, self.client_secret), headers={"DPoP": proof})
        self.nonce = answer.headers.get("dpop-nonce", self.nonce)
        return answer

    def token(self, key=None):
        url = f"{self.issuer}/token"
        if self.nonce is None:
            self.expect_error(self.ask(self.proof("POST", url, key=key)), "use_dpop_nonce")
        answer = self.ask(self.proof("POST", url, key=key))
        self.assertEqual((answer.status_code, answer.json().get("token_type")), (200, "DPoP"), answer.text)
        return answer.json()["access_token"]

    def call(self, token, proof=None, scheme="DPoP", proofs=None, url=None):
        fields = [("Authorization", f"{scheme} {token}")]
        fields += [("DPoP", each) for each in (proofs or [proof]) if each]
        return httpx.get(url or self.balance_url(), headers=fields)

    def expect(self, answer, code):
        self.assertEqual((answer.status_code, answer.json().get("code")), (401, code), answer.text)

    def test_a_bound_token_opens_the_sandbox_with_a_proof(self):
        for key in [self.key, OKPKey.generate_key("Ed25519")]:
            self.nonce = None
            token = self.token(key)
            answer = self.call(token, self.proof("GET", self.balance_url(), token, key))
            self.assertEqual(answer.status_code, 200, answer.text)

    def test_query_and_default_spelling_do_not_matter(self):
        token = self.token()
        url = self.balance_url().replace("/balance", "/payments")
        proof = self.proof("GET", url.replace("http://", "HTTP://") + "?other=1#part", token)
        self.assertEqual(self.call(token, proof, url=url + "?limit=1").status_code, 200)

    def test_a_proof_is_good_once(self):
        token = self.token()
        proof = self.proof("GET", self.balance_url(), token)
        self.assertEqual(self.call(token, proof).status_code, 200)
        self.expect(self.call(token, proof), "dpop_proof_replayed")

    def test_a_nonce_is_asked_for(self):
        token = self.token()
        answer = self.call(token, self.proof("GET", self.balance_url(), token, nonce=None))
        self.expect(answer, "dpop_nonce_required")
        self.assertIn("use_dpop_nonce", answer.headers["www-authenticate"])
        proof = self.proof("GET", self.balance_url(), token, nonce=answer.headers["dpop-nonce"])
        self.assertEqual(self.call(token, proof).status_code, 200)
        self.expect(self.call(token, self.proof("GET", self.balance_url(), token, nonce="made-up")),
                    "dpop_nonce_required")

    def test_a_bound_token_is_no_bearer_token(self):
        token = self.token()
        self.expect(self.call(token, scheme="Bearer"), "token_bound")
        self.expect(self.call(token, self.proof("GET", self.balance_url(), token), scheme="Bearer"),
                    "token_bound")

    def test_a_bearer_token_is_not_made_better_by_the_scheme(self):
        plain = httpx.post(f"{self.issuer}/token", data={"grant_type": "client_credentials"},
                           auth=(self.client_id, self.client_secret)).json()["access_token"]
        self.token()
        self.expect(self.call(plain, self.proof("GET", self.balance_url(), plain)), "token_bound")

    def test_proofs_that_do_not_hold(self):
        token, url = self.token(), self.balance_url()
        other = ECKey.generate_key("P-256")
        now = int(time.time())
        good = self.proof("GET", url, token)
        cases = {
            "none": None,
            "another method": self.proof("POST", url, token),
            "another address": self.proof("GET", url + "/x", token),
            "another host": self.proof("GET", self.balance_url(self.other), token),
            "another token": self.proof("GET", url, token + "x"),
            "no token": self.proof("GET", url),
            "another key": self.proof("GET", url, token, other),
            "a signature by another key": self.proof("GET", url, token, other, header={
                "jwk": self.key.as_dict(private=False)}),
            "the private key": self.proof("GET", url, token, header={"jwk": self.key.as_dict(private=True)}),
            "another type": self.proof("GET", url, token, header={"typ": "JWT"}),
            "too old": self.proof("GET", url, token, iat=now - 600),
            "from the future": self.proof("GET", url, token, iat=now + 600),
            "no jti": self.proof("GET", url, token, jti=None),
            "changed": good[:-8] + "AAAAAAAA",
            "no JWT": "proof",
        }
        for name, proof in cases.items():
            with self.subTest(name):
                self.expect(self.call(token, proof), "dpop_proof_invalid")
        self.expect(self.call(token, proofs=[good, good]), "dpop_proof_invalid")

    def test_the_token_endpoint_names_a_bad_proof(self):
        self.token()
        self.expect_error(self.ask(self.proof("GET", f"{self.issuer}/token")), "invalid_dpop_proof")
        once = self.proof("POST", f"{self.issuer}/token")
        self.assertEqual(self.ask(once).status_code, 200)
        self.expect_error(self.ask(once), "invalid_dpop_proof")

    def test_a_client_may_bind_all_its_tokens(self):
        client = self.register(grant_types=["client_credentials"], dpop_bound_access_tokens=True)
        answer = httpx.post(f"{self.issuer}/token", data={"grant_type": "client_credentials"},
                            auth=(client["client_id"], client["client_secret"]))
        self.expect_error(answer, "invalid_dpop_proof")


if __name__ == "__main__":
    unittest.main()
