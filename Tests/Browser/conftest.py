"""One platform and one Chromium for all tests; each test has a browser context of its own.

A page counts as whole only when the browser had nothing to complain about: every console error, every
refusal by the content security policy and every failed request of our own fails the test it fell in.
"""

import os
import sys
import time

import pytest
from playwright.sync_api import sync_playwright

FOLDER = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(FOLDER, "..", "System"))
import harness  # noqa: E402

CHROMIUM = "/usr/bin/chromium"
OUT = os.path.join(FOLDER, "out")
PASSWORD = "a long enough password"
SIGN_UP_SECONDS_MAX = 60


def pytest_collection_modifyitems(items):
    if not os.path.exists(CHROMIUM):
        for item in items:
            item.add_marker(pytest.mark.skip(reason=f"{CHROMIUM} is not installed: make setup"))


@pytest.fixture(scope="session")
def platform():
    running = harness.Platform("--egress-allow", "127.0.0.0/8,::1/128")
    running.start()
    yield running
    running.close()


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        # Chromium refuses its own sandbox as root; what it opens here is ours alone.
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        browser.close()


class Portal:
    """A browser at the portal, as one person has it."""

    def __init__(self, platform, context):
        self.platform, self.context = platform, context
        self.url = f"http://localhost:{platform.port}"
        self.complaints = []
        self.has_scripts = True
        self.page = context.new_page()
        self.page.set_default_timeout(15_000)
        self.watch(self.page)

    def watch(self, page):
        page.on("console", lambda message: message.type in ("error", "warning")
                and self.complain(message.text))
        page.on("pageerror", lambda error: self.complain(str(error)))
        page.on("response", lambda answer: "/assets/" in answer.url and answer.status != 200
                and self.complain(f"{answer.url}: {answer.status}"))
        page.on("requestfailed", lambda request: self.complain(f"{request.url}: {request.failure}"))

    def complain(self, text):
        if not self.has_scripts and "/assets/" in text and ".js" in text:
            return
        # A page that answers 4xx on purpose makes the browser say so.
        if "Failed to load resource" not in text and "net::ERR_ABORTED" not in text:
            self.complaints.append(text)

    def open(self, path):
        return self.page.goto(self.url + path)

    def sign_up(self):
        """Through the form; ends on the page that shows the management key."""
        self.email = f"{harness.reference()}@example.com"
        deadline = time.monotonic() + SIGN_UP_SECONDS_MAX
        # The platform takes five sign-ups of an address a minute, and all tests have the same.
        while self.try_to_sign_up() == 429:
            assert time.monotonic() < deadline, "sign-ups are refused for too long"
            self.page.wait_for_timeout(1_000)

    def try_to_sign_up(self):
        """The status of the answer."""
        self.open("/signup")
        self.page.get_by_label("E-mail").fill(self.email)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_label("Organization").fill("Browser tests")
        with self.page.expect_response(
                lambda answer: answer.request.method == "POST"
                and answer.url.endswith("/signup")) as sent:
            self.page.get_by_role("button", name="Create account").click()
        return sent.value.status

    def sign_in_operator(self):
        self.open("/admin/signin")
        self.page.get_by_label("Admin key").fill(harness.ADMIN_KEY)
        self.page.get_by_role("main").get_by_role("button", name="Sign in").click()
        self.page.wait_for_url("**/admin")

    def create_sandbox(self, name="Shop"):
        """From a page that has the form; answers the slug and the key."""
        self.page.get_by_label("Name").fill(name)
        self.page.get_by_role("button", name="sandbox").click()
        key = self.page.locator("#credentials").locator("..").locator("dd code").first.inner_text()
        self.page.get_by_role("link", name="Open sandbox").click()
        # Loaded, so that a key which is pressed next finds the page's scripts there.
        self.page.wait_for_url("**/s/*")
        return self.page.url.rpartition("/")[2], key


@pytest.fixture
def make_portal(platform, chromium):
    """Makes browsers; whatever one of them complained about fails the test."""
    made = []

    def make(**options):
        options.setdefault("viewport", {"width": 1440, "height": 900})
        portal = Portal(platform, chromium.new_context(**options))
        portal.has_scripts = options.get("java_script_enabled", True)
        made.append(portal)
        return portal

    yield make
    complaints = [text for portal in made for text in portal.complaints]
    for portal in made:
        portal.context.close()
    assert complaints == []


@pytest.fixture
def portal(make_portal):
    return make_portal(locale="en-US")
