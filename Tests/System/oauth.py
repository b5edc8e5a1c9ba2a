"""What the tests of the issuer share: names below `.localhost` lead to this machine, and plain HTTP
is allowed there, as every client library has to be told in its own way."""

import html.parser
import http.client
import os
import socket
import ssl
import unittest
import urllib.parse

# First of all: it knows where the packages are.
from harness import DOMAIN, Client, Platform

# Before the libraries are imported: they read it once.
os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"
os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = "1"

try:
    import authlib
    import httpx
    import joserfc
    import requests_oauthlib
    from certificates import ClientAuthority
    HAS_CLIENTS = True
except ImportError:
    HAS_CLIENTS = False

needs_clients = unittest.skipUnless(
    HAS_CLIENTS, "the client libraries are absent: run ops/install-python.sh")

_lookup = socket.getaddrinfo


def _local_lookup(host, *rest, **more):
    name = host.decode() if isinstance(host, bytes) else host
    if name and (name == "localhost" or name.endswith(".localhost")):
        host = "127.0.0.1"
    return _lookup(host, *rest, **more)


socket.getaddrinfo = _local_lookup


class TLSPlatform(Platform):
    """`sbx serve --tls-dev`; clients trust the authority that it made, and it trusts theirs."""

    def __init__(self):
        super().__init__("--tls-dev")
        self.clients = ClientAuthority(self.folder)
        self.arguments += ["--client-ca", self.clients.file]
        self.authority = os.path.join(self.data, "authority.pem")

    def client(self, timeout=15):
        client = Client(self.port, timeout)
        context = ssl.create_default_context()
        if os.path.exists(self.authority):
            context.load_verify_locations(self.authority)
        client.connection = http.client.HTTPSConnection(
            "localhost", self.port, timeout=timeout, context=context)
        return client


class IssuerTest(unittest.TestCase):
    """A platform with one tenant and two sandboxes, for each class."""

    platform_kind, scheme = Platform, "http"

    @classmethod
    def setUpClass(cls):
        cls.platform = cls.platform_kind()
        cls.addClassCleanup(cls.platform.close)
        cls.platform.start()
        cls.issuer = f"{cls.scheme}://auth.{DOMAIN}:{cls.platform.port}"
        cls.tenant = cls.platform.sign_up()
        cls.sandbox, cls.other = cls.tenant.create_sandbox(), cls.tenant.create_sandbox()
        cls.client_id = cls.sandbox.created["credentials"]["client_id"]
        cls.client_secret = cls.sandbox.created["credentials"]["client_secret"]

    def balance_url(self, sandbox=None):
        sandbox = sandbox or self.sandbox
        return f"{self.scheme}://payments--{sandbox.slug}.{DOMAIN}:{self.platform.port}/v1/balance"

    def connection(self):
        return self.closing(httpx.Client())

    def register(self, sandbox=None, **metadata):
        """A client registered by software; what the issuer answered."""
        sandbox = sandbox or self.sandbox
        answer = self.connection().post(f"{self.issuer}/register", json=metadata,
                                        headers={"Authorization": f"Bearer {sandbox.key}"})
        self.assertEqual(answer.status_code, 201, answer.text)
        return answer.json()

    def closing(self, client):
        """The client itself, closed when the test is over."""
        self.addCleanup(client.close)
        return client

    def new_browser(self):
        browser = Browser(self.issuer)
        self.closing(browser.client)
        return browser

    def expect_error(self, answer, code, status=400):
        self.assertEqual((answer.status_code, answer.json().get("error")), (status, code), answer.text)
        self.assertEqual(answer.headers["cache-control"], "no-store")


class TLSIssuerTest(IssuerTest):
    """The same over TLS, where connections may show a client certificate."""

    platform_kind, scheme = TLSPlatform, "https"

    def connection(self, certificate=None):
        context = ssl.create_default_context(cafile=self.platform.authority)
        if certificate:
            context.load_cert_chain(*certificate.files)
        return self.closing(httpx.Client(verify=context))


class Browser:
    """Somebody who follows the issuer's pages: reads the form, fills it in, sends it."""

    def __init__(self, issuer):
        self.issuer = issuer
        self.client = httpx.Client(follow_redirects=False)
        self.page = None

    def open(self, url):
        self.page = self.client.get(url)
        return self.page

    def submit(self, **fields):
        """Sends the page's form with these values beside its hidden ones."""
        form = _Form(self.page.text)
        self.page = self.client.post(self.issuer + form.action, data={**form.hidden, **fields})
        return self.page

    def sign_in(self, user="user_good", password="pass_good", **more):
        return self.submit(username=user, password=password, **more)

    def allow(self):
        return self.submit(decision="allow")


class _Form(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.action, self.hidden = None, {}
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if tag == "form":
            self.action = values["action"]
        elif tag == "input" and values.get("type") == "hidden":
            self.hidden[values["name"]] = values["value"]


def query_of(url):
    """The parameters of a redirect; each stands once."""
    pairs = urllib.parse.parse_qsl(urllib.parse.urlsplit(url).query, strict_parsing=True)
    assert len(pairs) == len(dict(pairs)), url
    return dict(pairs)
