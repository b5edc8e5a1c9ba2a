"""Coalescing at the token endpoint: who asks for it is given the same token while it is good."""

import unittest

from oauth import IssuerTest, needs_clients

try:
    import httpx
except ImportError:
    pass


@needs_clients
class Coalescing(IssuerTest):
    def token(self, sandbox=None, **form):
        credentials = (sandbox or self.sandbox).created["credentials"]
        answer = httpx.post(f"{self.issuer}/token", data={"grant_type": "client_credentials", **form},
                            auth=(credentials["client_id"], credentials["client_secret"]))
        self.assertEqual(answer.status_code, 200, answer.text)
        return answer.json()

    def coalesced(self, sandbox=None, **form):
        return self.token(sandbox, sbx_coalesce="true", **form)["access_token"]

    def test_the_same_client_and_scope_get_the_same_token(self):
        first = self.coalesced()
        self.assertEqual({self.coalesced() for _ in range(5)}, {first})
        answer = httpx.get(self.balance_url(), headers={"Authorization": f"Bearer {first}"})
        self.assertEqual(answer.status_code, 200, answer.text)
        self.assertLessEqual(self.token(sbx_coalesce="true")["expires_in"], 3600)

    def test_who_does_not_ask_gets_a_token_of_his_own(self):
        first = self.coalesced()
        tokens = {self.token()["access_token"], self.token(sbx_coalesce="no")["access_token"], first}
        self.assertEqual(len(tokens), 3)

    def test_another_client_gets_another(self):
        self.assertNotEqual(self.coalesced(), self.coalesced(self.other))

    def test_a_revoked_token_is_not_given_again(self):
        sandbox = self.tenant.create_sandbox()
        credentials = sandbox.created["credentials"]
        first = self.coalesced(sandbox)
        revoked = httpx.post(f"{self.issuer}/revoke", data={"token": first},
                             auth=(credentials["client_id"], credentials["client_secret"]))
        self.assertEqual(revoked.status_code, 200)
        second = self.coalesced(sandbox)
        self.assertNotEqual(second, first)
        self.assertEqual(self.coalesced(sandbox), second)

    def test_a_moved_clock_asks_for_a_new_one(self):
        sandbox = self.tenant.create_sandbox()
        first = self.coalesced(sandbox)
        moved = self.tenant.call("POST", f"/v1/sandboxes/{sandbox.id}/clock/advance", json_body={"by": "PT2H"})
        self.assertEqual(moved.status, 200, moved)
        self.assertNotEqual(self.coalesced(sandbox), first)


if __name__ == "__main__":
    unittest.main()
