"""Authorization code with PKCE through the issuer's pages, by Authlib and by requests-oauthlib; pushed
requests; refresh tokens that rotate, and the end of their family when one comes twice."""

import unittest

from oauth import IssuerTest, needs_clients, query_of

try:
    import httpx
    from authlib.integrations.httpx_client import OAuth2Client
    from authlib.oauth2.rfc7636 import create_s256_code_challenge
    from requests_oauthlib import OAuth2Session
except ImportError:
    pass

CALLBACK = "http://127.0.0.1:9/callback"
VERIFIER = "a-verifier-of-at-least-forty-three-characters-0123456789"


@needs_clients
class CodeFlow(IssuerTest):
    def setUp(self):
        self.client = self.register(
            client_name="Shop & <Co>", redirect_uris=[CALLBACK],
            grant_types=["authorization_code", "refresh_token"])
        self.browser = self.new_browser()

    def authorize_url(self, **more):
        parameters = {
            "response_type": "code", "client_id": self.client["client_id"], "redirect_uri": CALLBACK,
            "state": "s 1", "code_challenge_method": "S256",
            "code_challenge": create_s256_code_challenge(VERIFIER), **more}
        left = {name: value for name, value in parameters.items() if value is not None}
        return str(httpx.URL(f"{self.issuer}/authorize", params=left))

    def code(self, **more):
        self.browser.open(self.authorize_url(**more))
        self.browser.sign_in()
        return query_of(self.browser.allow().headers["location"])["code"]

    def token(self, **form):
        return httpx.post(f"{self.issuer}/token", data=form,
                          auth=(self.client["client_id"], self.client["client_secret"]))

    def redeem(self, code, **more):
        return self.token(grant_type="authorization_code", code=code,
                          **{"redirect_uri": CALLBACK, "code_verifier": VERIFIER, **more})

    def calls(self, token):
        answer = httpx.get(self.balance_url(), headers={"Authorization": f"Bearer {token}"})
        return answer.json()["code"] if answer.status_code != 200 else "accepted"

    # The whole way

    def test_authlib_with_pkce(self):
        client = self.closing(OAuth2Client(self.client["client_id"], self.client["client_secret"],
                              redirect_uri=CALLBACK, code_challenge_method="S256"))
        url, state = client.create_authorization_url(f"{self.issuer}/authorize", code_verifier=VERIFIER)
        page = self.browser.open(url)
        self.assertEqual(page.status_code, 200, page.text)
        self.assertIn("Shop &amp; &lt;Co&gt;", page.text)
        self.assertIn("frame-ancestors 'none'", page.headers["content-security-policy"])
        self.assertNotIn("<script", page.text)
        consent = self.browser.sign_in()
        self.assertIn("user_good", consent.text)
        back = self.browser.allow()
        self.assertEqual(back.status_code, 303)
        answer = query_of(back.headers["location"])
        self.assertEqual((answer["state"], answer["iss"]), (state, self.issuer))
        token = client.fetch_token(f"{self.issuer}/token", authorization_response=back.headers["location"],
                                   code_verifier=VERIFIER)
        self.assertEqual(client.get(self.balance_url()).status_code, 200)
        fresh = client.refresh_token(f"{self.issuer}/token", refresh_token=token["refresh_token"])
        self.assertNotEqual(fresh["refresh_token"], token["refresh_token"])
        self.assertEqual(self.calls(fresh["access_token"]), "accepted")

    def test_requests_oauthlib_with_pkce(self):
        session = self.closing(OAuth2Session(self.client["client_id"], redirect_uri=CALLBACK, pkce="S256"))
        url, _ = session.authorization_url(f"{self.issuer}/authorize")
        self.browser.open(url)
        self.browser.sign_in("user_second")
        back = self.browser.allow().headers["location"]
        session.fetch_token(f"{self.issuer}/token", authorization_response=back,
                            client_secret=self.client["client_secret"])
        self.assertEqual(session.get(self.balance_url()).status_code, 200)

    # Pages

    def test_a_wrong_password_stays_on_the_page(self):
        self.browser.open(self.authorize_url())
        page = self.browser.sign_in(password="guess")
        self.assertEqual(page.status_code, 403)
        self.assertIn('role="alert"', page.text)
        self.assertIn("locked", self.browser.sign_in("user_locked").text)
        self.assertEqual(self.browser.sign_in().status_code, 200)

    def test_a_refusal_goes_back_to_the_client(self):
        self.browser.open(self.authorize_url())
        self.browser.sign_in()
        answer = query_of(self.browser.submit(decision="deny").headers["location"])
        self.assertEqual((answer["error"], answer["state"], answer["iss"]),
                         ("access_denied", "s 1", self.issuer))

    def test_a_page_is_of_use_in_its_own_browser_only(self):
        self.browser.open(self.authorize_url())
        thief = self.new_browser()
        thief.page = self.browser.page
        page = thief.sign_in()
        self.assertEqual(page.status_code, 400)
        self.assertIn("another browser", page.text)

    def test_an_unknown_redirect_is_never_followed(self):
        for uri in ["http://127.0.0.1:9/callback/", "http://127.0.0.1:9@evil.example/callback",
                    "https://evil.example/", "http://localhost:9/callback", None]:
            with self.subTest(uri):
                client = self.client if uri else self.register(redirect_uris=[CALLBACK, CALLBACK + "2"])
                page = self.browser.open(self.authorize_url(redirect_uri=uri, client_id=client["client_id"]))
                self.assertEqual((page.status_code, page.headers.get("location")), (400, None))

    def test_the_port_of_a_loopback_address_is_free(self):
        page = self.browser.open(self.authorize_url(redirect_uri="http://127.0.0.1:51234/callback"))
        self.assertEqual(page.status_code, 200)

    def test_other_faults_go_back_to_the_client(self):
        cases = {
            "unsupported_response_type": {"response_type": "token"},
            "invalid_scope": {"scope": "sandbox admin"},
            "invalid_request": {"code_challenge": None},
        }
        for error, change in cases.items():
            with self.subTest(error):
                back = self.browser.open(self.authorize_url(**change))
                self.assertEqual(query_of(back.headers["location"])["error"], error)
        plain = self.browser.open(self.authorize_url(code_challenge_method="plain"))
        self.assertEqual(query_of(plain.headers["location"])["error"], "invalid_request")

    # Codes

    def test_a_code_is_for_its_verifier_redirect_and_client(self):
        self.expect_error(self.redeem(self.code(), code_verifier=VERIFIER + "x"), "invalid_grant")
        self.expect_error(self.redeem(self.code(), redirect_uri=CALLBACK + "2"), "invalid_grant")
        code = self.code()
        other = self.register(redirect_uris=[CALLBACK])
        answer = httpx.post(f"{self.issuer}/token", auth=(other["client_id"], other["client_secret"]), data={
            "grant_type": "authorization_code", "code": code, "redirect_uri": CALLBACK,
            "code_verifier": VERIFIER})
        self.expect_error(answer, "invalid_grant")

    def test_a_code_used_twice_takes_back_what_it_gave(self):
        code = self.code()
        token = self.redeem(code).json()
        self.assertEqual(self.calls(token["access_token"]), "accepted")
        self.expect_error(self.redeem(code), "invalid_grant")
        self.assertEqual(self.calls(token["access_token"]), "credential_revoked")
        self.expect_error(self.token(grant_type="refresh_token", refresh_token=token["refresh_token"]),
                          "invalid_grant")

    # Refresh

    def test_a_refresh_token_that_comes_twice_ends_its_family(self):
        first = self.redeem(self.code()).json()
        second = self.token(grant_type="refresh_token", refresh_token=first["refresh_token"]).json()
        self.assertEqual(self.calls(second["access_token"]), "accepted")
        again = self.token(grant_type="refresh_token", refresh_token=first["refresh_token"])
        self.expect_error(again, "invalid_grant")
        self.assertIn("family", again.json()["error_description"])
        newest = self.token(grant_type="refresh_token", refresh_token=second["refresh_token"])
        self.expect_error(newest, "invalid_grant")
        self.assertEqual(self.calls(second["access_token"]), "credential_revoked")

    def test_a_refresh_may_not_ask_for_more(self):
        token = self.redeem(self.code()).json()
        self.expect_error(
            self.token(grant_type="refresh_token", refresh_token=token["refresh_token"], scope="more"),
            "invalid_scope")

    # Pushed requests

    def test_a_pushed_request_is_used_once(self):
        pushed = httpx.post(f"{self.issuer}/par", auth=(self.client["client_id"], self.client["client_secret"]),
                            data={"response_type": "code", "redirect_uri": CALLBACK, "state": "pushed",
                                  "code_challenge": create_s256_code_challenge(VERIFIER),
                                  "code_challenge_method": "S256"})
        self.assertEqual(pushed.status_code, 201, pushed.text)
        url = str(httpx.URL(f"{self.issuer}/authorize", params={
            "client_id": self.client["client_id"], "request_uri": pushed.json()["request_uri"]}))
        self.assertEqual(self.browser.open(url).status_code, 200)
        self.browser.sign_in()
        answer = query_of(self.browser.allow().headers["location"])
        self.assertEqual(answer["state"], "pushed")
        self.assertEqual(self.redeem(answer["code"]).status_code, 200)
        self.assertEqual(self.browser.open(url).status_code, 400)

    def test_a_client_may_require_pushed_requests(self):
        self.client = self.register(redirect_uris=[CALLBACK], require_pushed_authorization_requests=True)
        page = self.browser.open(self.authorize_url())
        self.assertEqual(page.status_code, 400)
        self.assertIn("push", page.text)

    def test_a_public_client_has_no_secret_and_still_needs_its_verifier(self):
        self.client = self.register(redirect_uris=[CALLBACK], token_endpoint_auth_method="none",
                                    grant_types=["authorization_code", "refresh_token"])
        self.assertNotIn("client_secret", self.client)
        form = {"grant_type": "authorization_code", "redirect_uri": CALLBACK,
                "client_id": self.client["client_id"]}
        wrong = httpx.post(f"{self.issuer}/token",
                           data={**form, "code": self.code(), "code_verifier": "x" * 43})
        self.expect_error(wrong, "invalid_grant")
        good = httpx.post(f"{self.issuer}/token",
                          data={**form, "code": self.code(), "code_verifier": VERIFIER})
        self.assertEqual(good.status_code, 200, good.text)


if __name__ == "__main__":
    unittest.main()
