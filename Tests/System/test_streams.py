"""Live streams end soon after whoever reads them may no longer: on this gateway and on another."""

import http.client
import re
import shutil
import subprocess
import time
import unittest
import urllib.parse

from harness import DOMAIN, Platform, executable

PASSWORD = "a long enough password"
# Asked for once a second; the rest is for a machine with other work.
SECONDS_MAX = 10


class EndingStreams(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.first = Platform()
        cls.addClassCleanup(cls.first.close)
        cls.first.start()
        url = subprocess.run([executable(), "db", "url", "--data", cls.first.data],
                             capture_output=True, text=True, check=True).stdout.strip()
        cls.second = Platform("--database-url", url)
        cls.second.address, cls.second.port = "127.0.0.2", cls.first.port
        own = cls.second.folder
        cls.second.folder, cls.second.data = cls.first.folder, cls.first.data
        cls.second.log_path = cls.first.log_path + ".second"
        shutil.rmtree(own)
        cls.addClassCleanup(cls.second.stop)
        cls.second.start()
        # One for all: sign-ups of one address are limited.
        cls.tenant = cls.first.sign_up()

    def setUp(self):
        self.sandbox = self.tenant.create_sandbox()

    def stream(self, platform, path, **fields):
        """An open stream's socket, behind its first line."""
        connection = http.client.HTTPConnection(platform.address, platform.port, timeout=60)
        self.addCleanup(connection.close)
        connection.request("GET", path, headers={"Host": f"localhost:{platform.port}", **fields})
        answer = connection.getresponse()
        self.assertEqual((answer.status, answer.headers["Content-Type"]), (200, "text/event-stream"))
        self.assertEqual(answer.readline(), b"retry: 1000\n")
        return answer

    def by_key(self, platform, key, query=""):
        path = f"/v1/sandboxes/{self.sandbox.slug}/stream{query}"
        return self.stream(platform, path, Authorization=f"Bearer {key}")

    def assert_ends(self, answer):
        began = time.monotonic()
        answer.read()
        self.assertLess(time.monotonic() - began, SECONDS_MAX)

    def assert_goes_on(self, answer, slug=None, key=None):
        """It tells of a call that is made now."""
        called = self.first.call(
            "GET", "/v1/balance", host=f"payments--{slug or self.sandbox.slug}.{DOMAIN}",
            key=key or self.sandbox.key)
        self.assertEqual(called.status, 200, called)
        while not answer.readline().startswith(b"event: request"):
            pass

    def management_key(self):
        made = self.tenant.call("POST", "/v1/keys", json_body={"role": "developer"})
        self.assertEqual(made.status, 201, made)
        return made.json

    def test_a_revoked_keys_streams_end_on_both_gateways_and_others_go_on(self):
        key = self.management_key()
        ending = [self.by_key(platform, key["secret"], "?kinds=request")
                  for platform in (self.first, self.second)]
        staying = self.by_key(self.second, self.tenant.key, "?kinds=request")
        for answer in ending:
            self.assert_goes_on(answer)
        self.assertEqual(self.tenant.call("DELETE", f"/v1/keys/{key['id']}").status, 200)
        for answer in ending:
            self.assert_ends(answer)
        self.assert_goes_on(staying)

    def test_streams_of_a_member_who_is_removed_end(self):
        made = self.tenant.call("POST", "/v1/invitations", json_body={
            "email": "grace@example.com", "role": "viewer"})
        accepted = self.first.call("POST", "/v1/invitations/accept", json_body={
            "token": made.json["token"], "password": PASSWORD})
        self.assertEqual(accepted.status, 201, accepted)
        answer = self.by_key(self.second, accepted.json["management_key"]["secret"], "?kinds=request")
        self.assert_goes_on(answer)
        removed = self.tenant.call("DELETE", f"/v1/members/{accepted.json['user']['id']}")
        self.assertEqual(removed.status, 200, removed)
        self.assert_ends(answer)

    def test_streams_of_a_sandbox_that_is_deleted_end(self):
        answer = self.by_key(self.second, self.tenant.key)
        deleted = self.tenant.call("DELETE", f"/v1/sandboxes/{self.sandbox.slug}")
        self.assertEqual(deleted.status, 200, deleted)
        self.assert_ends(answer)

    def test_the_portals_streams_end_with_the_session_on_both_gateways(self):
        browser = Browser(self.first)
        self.addCleanup(browser.close)
        browser.sign_up()
        slug, key = browser.create_sandbox()
        streams = [self.stream(platform, f"/s/{slug}/stream", Cookie=browser.cookie)
                   for platform in (self.first, self.second)]
        other = Browser(self.first)
        self.addCleanup(other.close)
        other.sign_in(browser.email)
        staying = self.stream(self.second, f"/s/{slug}/stream", Cookie=other.cookie)
        browser.sign_out()
        for answer in streams:
            self.assert_ends(answer)
        # The same person's other session stands.
        self.assert_goes_on(staying, slug, key)


class Browser:
    """What a browser does with the portal's forms, over one connection."""

    def __init__(self, platform):
        self.platform, self.cookies = platform, {}
        self.connection = http.client.HTTPConnection(platform.address, platform.port, timeout=60)
        self.email = f"reader-{id(self)}-{time.monotonic_ns()}@example.com"

    def close(self):
        self.connection.close()

    @property
    def cookie(self):
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def send(self, method, path, form=None):
        origin = f"http://localhost:{self.platform.port}"
        headers = {"Host": f"localhost:{self.platform.port}", "Cookie": self.cookie}
        body = None
        if form is not None:
            headers |= {"Origin": origin, "Content-Type": "application/x-www-form-urlencoded"}
            body = urllib.parse.urlencode(form)
        self.connection.request(method, path, body=body, headers=headers)
        answer = self.connection.getresponse()
        text = answer.read().decode()
        for field in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = field.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer, text

    def post(self, page, path, form):
        """A form as the page gives it."""
        _, text = self.send("GET", page)
        name, value = re.search(
            r'<input type="hidden" name="([^"]+)" value="([^"]+)"', text).groups()
        return self.send("POST", path, {name: value, **form})

    def sign_up(self):
        answer, text = self.post("/signup", "/signup", {
            "email": self.email, "password": PASSWORD, "organization": "Streams"})
        assert answer.status < 400, text

    def sign_in(self, email):
        answer, text = self.post("/signin", "/signin", {"email": email, "password": PASSWORD})
        assert answer.status == 303, text

    def create_sandbox(self):
        answer, text = self.post("/home", "/home/sandboxes", {"name": "Streams"})
        assert answer.status < 400, text
        return re.search(r'href="/s/([a-z0-9-]+)"', text)[1], re.search(r"test_sk_\w+", text)[0]

    def sign_out(self):
        answer, text = self.post("/home", "/signout", {})
        assert answer.status == 303, text


if __name__ == "__main__":
    unittest.main()
