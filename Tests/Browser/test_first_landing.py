"""The first journey: from nothing to a declined payment that says why."""

import re

from playwright.sync_api import expect

SENTENCE = "Create a $50 payment, simulate card decline and send a webhook"


def run_the_sentence(portal):
    """From signing up to the run's page; the same with scripts and without."""
    page = portal.page
    portal.sign_up()
    expect(page.get_by_role("heading", level=1)).to_have_text("Welcome")
    expect(page.locator("#key").locator("..").locator("code")).to_have_text(re.compile("^test_mk_"))
    slug, key = portal.create_sandbox()
    assert key.startswith("test_sk_")

    page.get_by_role("link", name="Ask the assistant").first.click()
    page.get_by_label("What shall happen?").fill(SENTENCE)
    page.get_by_role("button", name="Plan it").click()
    card = page.locator("ol.plan > li").first
    expect(card.get_by_role("heading")).to_contain_text("Create a payment")
    expect(card).to_contain_text("50.00 USD")
    expect(card).to_contain_text("card_declined")

    page.get_by_role("button", name="Run plan").click()
    page.wait_for_url(re.compile(rf"/s/{slug}/runs/run_"))
    payment = page.locator("ol.run-steps > li").filter(has_text="Create a payment").first
    expect(payment).to_contain_text("succeeded")
    expect(payment).to_contain_text("declined")
    expect(payment.get_by_role("heading", name="Why")).to_be_visible()
    expect(payment).to_contain_text("The sandbox was asked for this outcome")
    return payment


def test_a_sentence_is_planned_run_and_its_decline_explained(portal):
    page = portal.page
    payment = run_the_sentence(portal)

    payment.get_by_role("link", name="See the request").click()
    expect(page.get_by_role("heading", name="Why did this fail?")).to_be_visible()
    scenario = page.locator("ol.trace > li", has=page.get_by_text("Scenario", exact=True))
    expect(scenario).to_contain_text("card_declined")
    expect(page.get_by_text("402", exact=True).first).to_be_visible()

    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in").first).to_be_visible()


def test_the_same_works_without_scripts(make_portal):
    run_the_sentence(make_portal(locale="en-US", java_script_enabled=False))


def test_signing_in_leads_back_to_the_page_that_was_asked_for(portal):
    page = portal.page
    portal.sign_up()
    slug, _ = portal.create_sandbox()
    page.get_by_role("button", name="Sign out").click()
    portal.open(f"/s/{slug}/requests?status=402")
    page.get_by_label("E-mail").fill(portal.email)
    page.get_by_label("Password").fill("a long enough password")
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"**/s/{slug}/requests?status=402")
