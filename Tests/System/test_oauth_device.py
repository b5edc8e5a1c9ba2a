"""The device grant: a device asks, somebody types its code into a page, the device gets its token."""

import unittest

from oauth import IssuerTest, needs_clients

try:
    import httpx
    from authlib.integrations.httpx_client import OAuth2Client
except ImportError:
    pass

GRANT = "urn:ietf:params:oauth:grant-type:device_code"


@needs_clients
class Device(IssuerTest):
    def setUp(self):
        self.client = self.register(client_name="Television", grant_types=[GRANT, "refresh_token"],
                                    token_endpoint_auth_method="none")
        answer = httpx.post(f"{self.issuer}/device_authorization",
                            data={"client_id": self.client["client_id"]})
        self.assertEqual(answer.status_code, 200, answer.text)
        self.device = answer.json()

    def ask(self):
        return httpx.post(f"{self.issuer}/token", data={
            "grant_type": GRANT, "device_code": self.device["device_code"],
            "client_id": self.client["client_id"]})

    def test_from_the_code_to_a_call(self):
        self.assertEqual(self.device["verification_uri"], f"{self.issuer}/device")
        browser = self.new_browser()
        page = browser.open(self.device["verification_uri_complete"])
        self.assertIn(self.device["user_code"], page.text)
        typed = self.device["user_code"].lower().replace("-", " ")
        consent = browser.sign_in(user_code=typed)
        self.assertIn("Television", consent.text)
        self.assertIn("connected", browser.allow().text)
        client = self.closing(OAuth2Client(self.client["client_id"], token_endpoint_auth_method="none"))
        token = client.fetch_token(f"{self.issuer}/token", grant_type=GRANT,
                                   device_code=self.device["device_code"])
        self.assertIn("refresh_token", token)
        self.assertEqual(client.get(self.balance_url()).status_code, 200)
        self.expect_error(self.ask(), "invalid_grant")

    def test_asking_too_often_slows_down(self):
        self.expect_error(self.ask(), "authorization_pending")
        self.expect_error(self.ask(), "slow_down")

    def test_a_refusal_reaches_the_device(self):
        browser = self.new_browser()
        browser.open(self.device["verification_uri"])
        browser.sign_in(user_code=self.device["user_code"])
        self.assertIn("refused", browser.submit(decision="deny").text)
        self.expect_error(self.ask(), "access_denied")

    def test_a_code_that_nobody_waits_for(self):
        browser = self.new_browser()
        browser.open(self.device["verification_uri"])
        for code in ["BBBB-BBBB", "nonsense", ""]:
            page = browser.sign_in(user_code=code)
            self.assertEqual(page.status_code, 403, code)
            self.assertIn('role="alert"', page.text)

    def test_another_client_cannot_redeem_it(self):
        self.client = self.register(grant_types=[GRANT], token_endpoint_auth_method="none")
        self.expect_error(self.ask(), "invalid_grant")


@needs_clients
class Guessing(IssuerTest):
    def test_codes_are_not_guessed_for_long(self):
        browser = self.new_browser()
        browser.open(f"{self.issuer}/device")
        statuses = [browser.sign_in(user_code="BBBB-BBBB").status_code for _ in range(20)]
        self.assertEqual(set(statuses), {403})
        page = browser.sign_in(user_code="BBBB-BBBB")
        self.assertEqual(page.status_code, 429)
        self.assertGreater(int(page.headers["retry-after"]), 0)
        self.assertIn("Wait a minute", page.text)


if __name__ == "__main__":
    unittest.main()
