"""Every page, in both themes and at two widths: no accessibility violation, nothing that the browser
complains about, nothing that scrolls sideways, no link to nowhere. Leaves screenshots in `out/`."""

import os
import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from conftest import OUT

AXE = {"runOnly": {"type": "tag", "values": [
    "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}
SENTENCE = "Create a $50 payment, simulate card decline and send a webhook"
WIDTHS = {"wide": (1440, 900), "narrow": (390, 844)}


class Seeded:
    """A member's browser and the pages that its sandbox has, by name."""

    def __init__(self, portal):
        self.portal, page = portal, portal.page
        self.shots = {}
        portal.sign_up()
        self.slug, self.key = portal.create_sandbox()
        page.get_by_role("button", name="Or send it from here").click()
        base = f"/s/{self.slug}"
        self.request = page.url[len(portal.url):]
        self.team = page.get_by_role("link", name="Team").get_attribute("href")
        # Hundreds of pages are asked for as fast as they come.
        portal.platform.raise_limits(self.team.rpartition("/")[2])
        self.trace = page.get_by_role("link", name="as a tree").get_attribute("href")
        portal.open(f"{base}/assistant?text={SENTENCE}")
        page.get_by_role("button", name="Run plan").click()
        page.wait_for_url("**/runs/run_*")
        self.run = page.url[len(portal.url):]
        declined = page.locator("li.step", has_text="declined").get_by_role(
            "link", name="See the request").first
        self.declined = declined.get_attribute("href")
        portal.open(f"{base}/webhooks")
        self.delivery = page.locator("#deliveries").locator("..").locator("th a").first.get_attribute(
            "href")

    def pages(self):
        base = f"/s/{self.slug}"
        return {
            "landing": "/",
            "home": "/home",
            "team": self.team,
            "audit": f"{self.team}/audit?verify=yes",
            "audit-none": f"{self.team}/audit?action=nothing",
            "team-usage": f"{self.team}/usage?days=7",
            "overview": base,
            "requests": f"{base}/requests",
            "requests-none": f"{base}/requests?status=599",
            "request": self.request,
            "request-declined": self.declined,
            "trace": self.trace,
            "usage": f"{base}/usage?days=7&by=scenario",
            "assistant": f"{base}/assistant",
            "assistant-plan": f"{base}/assistant?text={SENTENCE}",
            "assistant-question": f"{base}/assistant?text=refund it",
            "assistant-refusal": f"{base}/assistant?text=tell me a joke",
            "reference": f"{base}/reference",
            "operation": f"{base}/reference/create_payment",
            "scenarios": f"{base}/scenarios",
            "graph": f"{base}/graphs/payment",
            "graph-dispute": f"{base}/graphs/dispute",
            "journeys": f"{base}/journeys",
            "webhooks": f"{base}/webhooks",
            "delivery": self.delivery,
            "clock": f"{base}/clock?preview=P3D",
            "reset": f"{base}/reset",
            "keys": f"{base}/keys",
            "guides": "/docs",
            "guide": "/docs/worlds",
            "runs": f"{base}/runs",
            "run": self.run,
            "find": f"{base}/find?q=payment",
            "find-nothing": f"{base}/find?q=no such thing",
            "missing": f"{base}/requests/req_00000000000000000000000000",
        }


PUBLIC = {"public-landing": "/", "signup": "/signup", "signin": "/signin",
          "admin-signin": "/admin/signin", "invite": "/invite/no-such-token"}
ADMIN = {"admin": "/admin", "admin-usage": "/admin/usage?days=7&by=operation",
         "admin-tenants": "/admin/tenants"}


@pytest.fixture(scope="module")
def seeded(platform, chromium):
    from conftest import Portal
    portal = Portal(platform, chromium.new_context(locale="en-US"))
    yield Seeded(portal)
    portal.context.close()


@pytest.fixture(scope="module")
def operator(platform, chromium):
    """The state of a browser in which the operator has signed in."""
    from conftest import Portal
    portal = Portal(platform, chromium.new_context(locale="en-US"))
    portal.sign_in_operator()
    yield portal.context.storage_state()
    portal.context.close()


@pytest.mark.parametrize("width, theme, language", [
    ("wide", "light", "en"), ("wide", "dark", "en"), ("narrow", "light", "en"),
    ("narrow", "dark", "en"), ("narrow", "light", "zh")])
def test_pages_are_whole(make_portal, seeded, operator, width, theme, language):
    size = dict(zip(("width", "height"), WIDTHS[width]))
    portal = make_portal(viewport=size, color_scheme=theme,
                         storage_state=seeded.portal.context.storage_state())
    stranger = make_portal(viewport=size, color_scheme=theme)
    admin = make_portal(viewport=size, color_scheme=theme, storage_state=operator)
    admin.open("/admin/tenants")
    tenant = admin.page.locator("tbody th a").first.get_attribute("href")
    faults = []
    for browser, pages in ((portal, seeded.pages()), (stranger, PUBLIC),
                           (admin, {**ADMIN, "admin-tenant": tenant})):
        for name, path in pages.items():
            mark = "&" if "?" in path else "?"
            faults += look_at(browser, name, f"{path}{mark}lang={language}",
                              f"{name}-{width}-{theme}-{language}")
    assert not faults, "\n".join(faults)


def look_at(portal, name, path, shot):
    """What is wrong with the page, after a picture has been taken."""
    page = portal.page
    answer = portal.open(path)
    faults = []
    if answer.status != (404 if name == "missing" else 200):
        faults.append(f"{shot}: status {answer.status}")
    os.makedirs(OUT, exist_ok=True)
    page.screenshot(path=os.path.join(OUT, f"{shot}.png"), full_page=True)
    # What axe judges is the same in both languages.
    violations = [] if shot.endswith("zh") else Axe().run(page, options=AXE).response["violations"]
    for fault in violations:
        places = [node["target"] for node in fault["nodes"]][:3]
        faults.append(f"{shot}: {fault['id']}: {fault['help']} {places}")
    overflow = page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
    if overflow > 0:
        faults.append(f"{shot}: scrolls sideways by {overflow} px")
    if "TEST ONLY" not in page.locator(".banner").inner_text():
        faults.append(f"{shot}: no banner")
    return faults


def test_every_link_leads_somewhere(make_portal, seeded):
    portal = make_portal(storage_state=seeded.portal.context.storage_state())
    seen, waiting, dead = set(), ["/", *seeded.pages().values()], []
    while waiting:
        path = waiting.pop()
        if path in seen or len(seen) > 300:
            continue
        seen.add(path)
        answer = portal.context.request.get(portal.url + path)
        if answer.status != 200 and "req_0000" not in path:
            dead.append(f"{path}: {answer.status}")
        if "text/html" not in answer.headers.get("content-type", ""):
            continue
        for link in re.findall(r'href="(/[^"]*)"', answer.text()):
            link = link.replace("&amp;", "&").replace("&#39;", "'")
            if "lang=" not in link:
                waiting.append(link)
    assert dead == []


def test_pages_forbid_what_they_do_not_need(portal):
    headers = portal.open("/signin").headers
    policy = headers["content-security-policy"]
    for part in ("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'",
                 "base-uri 'none'", "form-action 'self'", "require-trusted-types-for 'script'"):
        assert part in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cache-control"] == "private, no-cache"
    assert all(cookie["httpOnly"] and cookie["secure"] and cookie["sameSite"] == "Lax"
               and cookie["name"].startswith("__Host-") for cookie in portal.context.cookies())
