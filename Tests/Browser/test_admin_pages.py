"""The operator's pages: in by the admin key alone, figures that are true, limits that hold."""

import re

import harness
from playwright.sync_api import expect

from conftest import Portal


def test_a_member_and_a_wrong_key_do_not_get_in(portal):
    portal.sign_up()
    portal.open("/admin/usage?days=7")
    page = portal.page
    assert "/admin/signin" in page.url
    page.get_by_label("Admin key").fill("test_ak_wrong")
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("not this installation's admin key")
    page.get_by_label("Admin key").fill(harness.ADMIN_KEY)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/admin/usage?days=7")
    page.get_by_role("button", name="Sign out").click()
    portal.open("/admin")
    assert "/admin/signin" in page.url


def test_figures_are_those_of_the_calls_and_lead_to_the_tenant(portal, platform):
    tenant = platform.sign_up()
    sandbox = tenant.create_sandbox()
    for _ in range(7):
        assert sandbox.call("GET", "/v1/balance").status == 200
    portal.sign_in_operator()
    page = portal.page
    page.get_by_role("navigation", name="Administration").get_by_role("link", name="Tenants").click()
    page.get_by_role("link", name="System tests").first.click()
    row = page.get_by_role("row").filter(has_text=sandbox.id)
    expect(row.get_by_role("cell").nth(0)).to_have_text("7")
    expect(page.get_by_role("img", name="Calls by day")).to_be_visible()
    page.get_by_text("View as table").click()
    assert page.get_by_role("table", name="Calls by day").get_by_role("row").count() == 31


def test_limits_are_set_and_kept_when_they_are_refused(portal, platform):
    tenant = platform.sign_up()
    portal.sign_in_operator()
    page = portal.page
    portal.open(f"/admin/tenants/{tenant.id}")
    page.get_by_role("spinbutton", name="Sandboxes").fill("1")
    page.get_by_role("button", name="Set limits").click()
    page.wait_for_url(re.compile(tenant.id))
    expect(page.get_by_role("spinbutton", name="Sandboxes")).to_have_value("1")
    tenant.create_sandbox()
    refused = tenant.call("POST", "/v1/sandboxes", json_body={})
    assert refused.code == "sandbox_quota_exceeded", refused
    page.get_by_role("spinbutton", name="Sandboxes").fill("-5")
    page.get_by_role("button", name="Set limits").click()
    expect(page.get_by_role("alert")).to_be_visible()


def test_a_sandbox_shows_its_own_usage_by_scenario(platform, chromium):
    portal = Portal(platform, chromium.new_context(locale="en-US"))
    portal.sign_up()
    slug, key = portal.create_sandbox()
    for _ in range(3):
        platform.call("POST", "/v1/payments", host=f"payments--{slug}.sbx.localhost", key=key,
                      json_body=harness.payment(), headers={"X-Sandbox-Scenario": "card_declined"})
    portal.page.get_by_role("link", name="Usage").click()
    portal.page.get_by_role("link", name="Scenario", exact=True).click()
    row = portal.page.get_by_role("row").filter(has_text="card_declined")
    expect(row.get_by_role("cell").first).to_have_text("3")
    assert portal.complaints == []
    portal.context.close()
