"""What does not belong here: each such credential is refused with a problem of its own, which is
never the right one for another, and none of them is written anywhere."""

import base64
import hashlib
import json
import re
import time
import unittest
import uuid

from harness import ADMIN_KEY
from oauth import IssuerTest, needs_clients

try:
    import httpx
    from joserfc import jwt
    from joserfc.jwk import ECKey, OctKey
except ImportError:
    pass

PRODUCTION_KEY = "sk_live_51H8abcdefghijklmnopqrstuv"


def encoded(document):
    return base64.urlsafe_b64encode(json.dumps(document).encode()).rstrip(b"=").decode()


def decoded(text):
    return json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))


@needs_clients
class ForeignCredentials(IssuerTest):
    def setUp(self):
        self.mine = ECKey.generate_key("P-256")
        token = self.token()
        self.header, self.payload, self.signature = token.split(".")
        self.head, self.claims = decoded(self.header), decoded(self.payload)

    def token(self, sandbox=None, proof=None):
        credentials = (sandbox or self.sandbox).created["credentials"]
        answer = httpx.post(f"{self.issuer}/token", data={"grant_type": "client_credentials"},
                            auth=(credentials["client_id"], credentials["client_secret"]),
                            headers={"DPoP": proof} if proof else {})
        return answer if proof else answer.json()["access_token"]

    def signed(self, header, claims, key=None):
        return jwt.encode(header, claims, key or self.mine)

    def unsigned(self):
        return f"{encoded({**self.head, 'alg': 'none'})}.{self.payload}."

    def tampered(self):
        return f"{self.header}.{encoded({**self.claims, 'scope': 'manage'})}.{self.signature}"

    def confused(self):
        """Signed by HMAC with the public key, as if that were a secret."""
        public = httpx.get(f"{self.issuer}/jwks").json()["keys"][0]
        secret = OctKey.import_key(json.dumps(public).encode())
        return self.signed({**self.head, "alg": "HS256"}, self.claims, secret)

    def expired(self):
        """Over by the clock of its own sandbox, which went two hours ahead."""
        sandbox = self.tenant.create_sandbox()
        token = self.token(sandbox)
        moved = self.tenant.call("POST", f"/v1/sandboxes/{sandbox.id}/clock/advance",
                                 json_body={"by": "PT2H"})
        self.assertEqual(moved.status, 200, moved)
        return sandbox, token

    def proof(self, method, url, token=None, nonce=None):
        claims = {"htm": method, "htu": url, "iat": int(time.time()), "jti": uuid.uuid4().hex}
        if token:
            digest = hashlib.sha256(token.encode()).digest()
            claims["ath"] = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        header = {"typ": "dpop+jwt", "alg": "ES256", "jwk": self.mine.as_dict(private=False)}
        return self.signed(header, {**claims, "nonce": nonce} if nonce else claims)

    def replayed(self):
        """A bound token, and a proof that was good once."""
        url = f"{self.issuer}/token"
        nonce = self.token(proof=self.proof("POST", url)).headers["DPoP-Nonce"]
        token = self.token(proof=self.proof("POST", url, nonce=nonce)).json()["access_token"]
        proof = self.proof("GET", self.balance_url(), token, nonce)
        self.assertEqual(self.call(token, scheme="DPoP", proof=proof).status_code, 200)
        return token, proof

    def call(self, credential, sandbox=None, scheme="Bearer", proof=None):
        fields = {"Authorization": f"{scheme} {credential}", **({"DPoP": proof} if proof else {})}
        return httpx.get(self.balance_url(sandbox), headers=fields)

    def test_each_is_refused_by_its_own_name(self):
        other_issuer = {**self.claims, "iss": "https://login.example.com/"}
        ended, expired = self.expired()
        replayed, proof = self.replayed()
        stranger = self.platform.sign_up().create_sandbox()
        table = {
            "wrong_environment": (401, {"credential": PRODUCTION_KEY}),
            "foreign_issuer": (401, {"credential": self.signed(self.head, other_issuer)}),
            "wrong_audience": (401, {"credential": self.token(self.other)}),
            "wrong_sandbox": (403, {"credential": stranger.key}),
            "credential_expired": (401, {"credential": expired, "sandbox": ended}),
            "token_tampered": (401, {"credential": self.tampered()}),
            "token_unsigned": (401, {"credential": self.unsigned()}),
            "token_algorithm_refused": (401, {"credential": self.confused()}),
            "token_key_unknown": (401, {"credential": self.signed(
                {**self.head, "kid": "../../../dev/null"}, self.claims)}),
            "token_key_injected": (401, {"credential": self.signed(
                {**self.head, "jwk": self.mine.as_dict(private=False)}, self.claims)}),
            "dpop_proof_replayed": (401, {"credential": replayed, "scheme": "DPoP", "proof": proof}),
            "token_bound": (401, {"credential": replayed}),
        }
        for code, (status, shown) in table.items():
            with self.subTest(code):
                before = self.counted(code)
                answer = self.call(**shown)
                self.assertEqual(self.counted(code), before + 1, "refused and not counted")
                problem = answer.json()
                self.assertEqual((answer.status_code, problem["code"]), (status, code), answer.text)
                for member in ["detail", "hint", "request_id", "explain_url"]:
                    self.assertTrue(problem.get(member), member)
                self.assertNotIn(shown["credential"], answer.text)
                page = httpx.get(f"http://localhost:{self.platform.port}/docs/problems/{code}")
                self.assertEqual(page.status_code, 200, code)
        with open(self.platform.log_path) as log:
            text = log.read()
        for _, shown in table.values():
            self.assertNotIn(shown["credential"], text)

    def counted(self, code):
        """How often `/metrics` says that a credential was refused by this code."""
        text = self.platform.call("GET", "/metrics", key=ADMIN_KEY).body.decode()
        found = re.search(rf'^sbx_credentials_refused_total{{code="{code}"}} (\d+)$', text, re.M)
        return int(found[1]) if found else 0

    def test_the_request_log_holds_the_code_and_not_the_credential(self):
        forged = self.tampered()
        request = self.call(forged).json()["request_id"]
        deadline = time.monotonic() + 10
        while True:
            row = self.tenant.call("GET", f"/v1/requests/{request}")
            if row.status == 200 or time.monotonic() > deadline:
                break
            time.sleep(0.05)
        self.assertEqual(row.json["code"], "token_tampered", row)
        self.assertNotIn(forged.split(".")[1].encode(), row.body)


if __name__ == "__main__":
    unittest.main()
