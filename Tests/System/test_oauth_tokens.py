"""What becomes of tokens: introspection, revocation, rotation of the keys below them, and forged ones,
each refused by its own name. Forged with joserfc, or by hand where no library would do it."""

import base64
import json
import subprocess
import time
import unittest

from harness import ADMIN_KEY, executable
from oauth import IssuerTest, needs_clients

try:
    import httpx
    from joserfc import jwt
    from joserfc.jwk import ECKey, KeySet, OctKey
except ImportError:
    pass


def part(document):
    return base64.urlsafe_b64encode(json.dumps(document).encode()).rstrip(b"=").decode()


@needs_clients
class Tokens(IssuerTest):
    def token(self, auth=None):
        answer = httpx.post(f"{self.issuer}/token", data={"grant_type": "client_credentials"},
                            auth=auth or (self.client_id, self.client_secret))
        self.assertEqual(answer.status_code, 200, answer.text)
        return answer.json()["access_token"]

    def keys(self):
        return httpx.get(f"{self.issuer}/jwks").json()

    def calls(self, token):
        answer = httpx.get(self.balance_url(), headers={"Authorization": f"Bearer {token}"})
        if answer.status_code == 200:
            return "accepted"
        self.assertEqual(answer.status_code, 401, answer.text)
        self.assertIn("error=\"invalid_token\"", answer.headers["www-authenticate"])
        self.assertNotIn(token.encode(), answer.content)
        return answer.json()["code"]

    def post(self, endpoint, auth=None, **form):
        return httpx.post(f"{self.issuer}/{endpoint}", data=form,
                          auth=auth or (self.client_id, self.client_secret))

    # Introspection and revocation

    def test_introspection_tells_what_a_token_is(self):
        told = self.post("introspect", token=self.token()).json()
        self.assertEqual((told["active"], told["client_id"], told["aud"], told["token_type"]),
                         (True, self.client_id, self.sandbox.created["base_url"], "Bearer"))

    def test_what_is_not_active_is_not_described(self):
        token = self.token()
        stranger = self.other.created["credentials"]
        stranger = (stranger["client_id"], stranger["client_secret"])
        for answer in [self.post("introspect", token="nonsense"),
                       self.post("introspect", token=token[:-6] + "AAAAAA"),
                       self.post("introspect", stranger, token=token)]:
            self.assertEqual(answer.json(), {"active": False})
        self.expect_error(self.post("introspect", (self.client_id, "wrong"), token=token),
                          "invalid_client", 401)

    def test_a_revoked_token_is_over_at_once(self):
        token, kept = self.token(), self.token()
        self.assertEqual(self.calls(token), "accepted")
        answer = self.post("revoke", token=token)
        self.assertEqual(answer.status_code, 200)
        # Other loops hear of it by notification.
        deadline = time.monotonic() + 1
        while self.calls(token) == "accepted" and time.monotonic() < deadline:
            pass
        for _ in range(8):
            self.assertEqual(self.calls(token), "credential_revoked")
        self.assertEqual(self.calls(kept), "accepted")
        self.assertEqual(self.post("introspect", token=token).json(), {"active": False})

    def test_revocation_is_for_ones_own_tokens_and_never_fails(self):
        token = self.token()
        other = self.register(grant_types=["client_credentials"])
        for auth, text in [((other["client_id"], other["client_secret"]), token), (None, "nonsense")]:
            self.assertEqual(self.post("revoke", auth, token=text).status_code, 200)
        self.assertEqual(self.calls(token), "accepted")

    # Forged

    def test_forged_tokens_are_named(self):
        token = self.token()
        header, payload, signature = token.split(".")
        read = lambda text: json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        head, claims = read(header), read(payload)
        mine = ECKey.generate_key("P-256", {"kid": head["kid"]})
        secret = OctKey.import_key(json.dumps(self.keys()["keys"][0]).encode())
        sign = lambda header, claims, key=mine, **more: jwt.encode(header, claims, key, **more)
        cases = {
            "alg none": (f"{part({**head, 'alg': 'none'})}.{payload}.", "token_unsigned"),
            "alg NoNe with the signature": (f"{part({**head, 'alg': 'NoNe'})}.{payload}.{signature}",
                                            "token_unsigned"),
            "HMAC with the public key": (sign({**head, "alg": "HS256"}, claims, secret),
                                         "token_algorithm_refused"),
            "RS256 under an ES256 key": (f"{part({**head, 'alg': 'RS256'})}.{payload}.{signature}",
                                         "token_algorithm_refused"),
            "its own key in the header": (sign({**head, "jwk": mine.as_dict(private=False)}, claims),
                                          "token_key_injected"),
            "an address of keys": (f"{part({**head, 'jku': 'https://evil.example/jwks'})}.{payload}.{signature}",
                                   "token_key_injected"),
            "a kid that is a path": (sign({**head, "kid": "../../dev/null"}, claims), "token_key_unknown"),
            "a kid that is SQL": (sign({**head, "kid": "' OR '1'='1"}, claims), "token_key_unknown"),
            "another key under our kid": (sign(head, claims), "token_tampered"),
            "another subject": (f"{header}.{part({**claims, 'sub': 'admin'})}.{signature}", "token_tampered"),
            "another issuer": (sign(head, {**claims, "iss": "https://login.example.com"}), "foreign_issuer"),
            "a critical extension": (f"{part({**head, 'crit': ['exp']})}.{payload}.{signature}",
                                     "token_malformed"),
        }
        for name, (forged, code) in cases.items():
            with self.subTest(name):
                self.assertEqual(self.calls(forged), code)
        self.assertEqual(self.calls(token), "accepted")

    def test_each_algorithm_that_a_client_may_ask_for(self):
        for algorithm in ["ES256", "RS256", "EdDSA"]:
            with self.subTest(algorithm):
                client = self.register(grant_types=["client_credentials"],
                                       access_token_signed_response_alg=algorithm)
                token = self.token((client["client_id"], client["client_secret"]))
                decoded = jwt.decode(token, KeySet.import_key_set(self.keys()), algorithms=[algorithm])
                self.assertEqual(decoded.header["alg"], algorithm)
                self.assertEqual(self.calls(token), "accepted")

    # Clients and keys

    def test_a_client_that_is_gone_takes_its_tokens_along(self):
        client = self.register(grant_types=["client_credentials"])
        token = self.token((client["client_id"], client["client_secret"]))
        self.assertEqual(self.calls(token), "accepted")
        field = {"Authorization": f"Bearer {client['registration_access_token']}"}
        self.assertEqual(httpx.delete(client["registration_client_uri"], headers=field).status_code, 204)
        deadline = time.monotonic() + 1
        while self.calls(token) == "accepted" and time.monotonic() < deadline:
            pass
        self.assertEqual(self.calls(token), "credential_revoked")
        self.assertEqual(httpx.get(client["registration_client_uri"], headers=field).status_code, 401)

    def test_rotation_overlaps(self):
        token = self.token()
        before = {key["kid"] for key in self.keys()["keys"]}
        done = subprocess.run(
            [executable(), "keys", "rotate", "--url", f"http://localhost:{self.platform.port}",
             "--admin-key", ADMIN_KEY, "--json"], capture_output=True, text=True, timeout=30)
        self.assertEqual(done.returncode, 0, done.stderr)
        after = self.keys()["keys"]
        self.assertLess(before, {key["kid"] for key in after})
        self.assertEqual(len(after), 2 * len(before))
        self.assertEqual(self.calls(token), "accepted")
        # The new ones are published and do not sign before every cache has them.
        self.assertIn(json.loads(base64.urlsafe_b64decode(self.token().split(".")[0] + "=="))["kid"], before)


@needs_clients
class LeakedKey(IssuerTest):
    def test_a_rotation_at_once_ends_every_token(self):
        post = lambda: httpx.post(f"{self.issuer}/token", data={"grant_type": "client_credentials"},
                                  auth=(self.client_id, self.client_secret)).json()["access_token"]
        call = lambda token: httpx.get(self.balance_url(), headers={"Authorization": f"Bearer {token}"})
        token = post()
        self.assertEqual(call(token).status_code, 200)
        done = subprocess.run(
            [executable(), "keys", "rotate", "--immediately", "--url",
             f"http://localhost:{self.platform.port}", "--admin-key", ADMIN_KEY],
            capture_output=True, text=True, timeout=30)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertEqual(call(token).json()["code"], "token_key_unknown")
        self.assertEqual(call(post()).status_code, 200)


if __name__ == "__main__":
    unittest.main()
