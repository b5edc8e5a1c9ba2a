"""Two servers on one database: what one changes, the other knows within a second."""

import shutil
import subprocess
import time
import unittest
import urllib.parse

from harness import ADMIN_KEY, DOMAIN, Platform, executable

SECONDS_MAX = 1.0


class TwoGateways(unittest.TestCase):
    def setUp(self):
        self.first = Platform()
        self.addCleanup(self.first.close)
        self.first.start()
        url = subprocess.run([executable(), "db", "url", "--data", self.first.data],
                             capture_output=True, text=True, check=True).stdout.strip()
        self.second = Platform("--database-url", url)
        # One name and port for both, as behind a balancer: the issuer's name has the port in it.
        self.second.address, self.second.port = "127.0.0.2", self.first.port
        # The same folder: passwords of the database's roles lie there.
        shutil.rmtree(self.second.folder)
        self.second.folder, self.second.data = self.first.folder, self.first.data
        self.second.log_path = self.first.log_path + ".second"
        self.addCleanup(self.second.stop)
        self.second.start()
        self.tenant = self.first.sign_up()
        self.sandbox = self.tenant.create_sandbox()

    def at_second(self, method="GET", path="/v1/balance"):
        return self.second.call(method, path, host=self.sandbox.host(), key=self.sandbox.key)

    def seconds_until(self, status):
        began = time.monotonic()
        while self.at_second().status != status:
            self.assertLess(time.monotonic() - began, 10 * SECONDS_MAX)
            time.sleep(0.01)
        return time.monotonic() - began

    def test_a_revoked_key_is_refused(self):
        # Twice on each connection's loop: remembered for a minute, were it not for the word.
        for _ in range(20):
            self.assertEqual(self.at_second().status, 200)
        keys = self.tenant.call("GET", "/v1/keys").json["data"]
        key = next(key["id"] for key in keys if key["kind"] == "sandbox")
        self.assertEqual(self.tenant.call("DELETE", f"/v1/keys/{key}").status, 200)
        self.assertLess(self.seconds_until(401), SECONDS_MAX)
        for _ in range(20):
            self.assertEqual(self.at_second().status, 401)

    def test_a_members_new_role_holds(self):
        made = self.tenant.call("POST", "/v1/invitations", json_body={
            "email": "grace@example.com", "role": "developer"})
        self.assertEqual(made.status, 201, made)
        accepted = self.second.call("POST", "/v1/invitations/accept", json_body={
            "token": made.json["token"], "password": "correct horse battery"})
        self.assertEqual(accepted.status, 201, accepted)
        key = accepted.json["management_key"]["secret"]

        def reset():
            return self.second.call("POST", f"/v1/sandboxes/{self.sandbox.id}/reset", key=key,
                                    json_body={})

        for _ in range(10):
            self.assertEqual(reset().status, 200)
        user = f"/v1/members/{accepted.json['user']['id']}"
        lowered = self.tenant.call("PATCH", user, json_body={"role": "viewer"})
        self.assertEqual(lowered.status, 200, lowered)
        began = time.monotonic()
        while reset().status != 403:
            self.assertLess(time.monotonic() - began, SECONDS_MAX)
            time.sleep(0.01)
        for _ in range(10):
            self.assertEqual(reset().code, "role_forbids")
        granted = self.tenant.call("PUT", f"{user}/grants/{self.sandbox.id}",
                                   json_body={"role": "developer"})
        self.assertEqual(granted.status, 200, granted)
        began = time.monotonic()
        while reset().status != 200:
            self.assertLess(time.monotonic() - began, SECONDS_MAX)
            time.sleep(0.01)

    def test_a_revoked_token_is_refused(self):
        self.sandbox.key = self.token()
        for _ in range(20):
            self.assertEqual(self.at_second().status, 200)
        self.assertEqual(self.at_issuer("/revoke", token=self.sandbox.key).status, 200)
        self.assertLess(self.seconds_until(401), SECONDS_MAX)
        for _ in range(20):
            self.assertEqual(self.at_second().code, "credential_revoked")

    def test_one_trusts_what_the_other_signs_with_a_new_key(self):
        old = self.token()
        rotated = self.first.call("POST", "/admin/v1/signing-keys/rotate", key=ADMIN_KEY,
                                  json_body={"immediately": True})
        self.assertEqual(rotated.status, 200, rotated)
        self.sandbox.key = self.token()
        self.assertEqual(self.at_second().status, 200)
        self.sandbox.key = old
        self.assertLess(self.seconds_until(401), SECONDS_MAX)

    def token(self):
        answer = self.at_issuer("/token", grant_type="client_credentials")
        self.assertEqual(answer.status, 200, answer)
        return answer.json["access_token"]

    def at_issuer(self, path, **form):
        """The sandbox's own client at the first server."""
        credentials = self.sandbox.created["credentials"]
        form |= {"client_id": credentials["client_id"], "client_secret": credentials["client_secret"]}
        return self.first.call("POST", path, host=f"auth.{DOMAIN}", body=urllib.parse.urlencode(form),
                               headers={"Content-Type": "application/x-www-form-urlencoded"})

    def test_a_deleted_sandbox_is_gone(self):
        self.assertEqual(self.at_second().status, 200)
        self.assertEqual(self.tenant.call("DELETE", f"/v1/sandboxes/{self.sandbox.id}").status, 200)
        self.assertLess(self.seconds_until(404), SECONDS_MAX)

    def test_a_tenants_limits_hold(self):
        self.assertEqual(self.at_second().status, 200)
        answer = self.first.call("PATCH", f"/admin/v1/tenants/{self.tenant.id}/limits", key=ADMIN_KEY,
                                 json_body={"rate_per_second": 7, "burst": 7})
        self.assertEqual(answer.status, 200)
        began = time.monotonic()
        while ";q=7;" not in self.at_second().headers["RateLimit-Policy"]:
            self.assertLess(time.monotonic() - began, SECONDS_MAX)
            time.sleep(0.2)


if __name__ == "__main__":
    unittest.main()
