"""What is done with a sandbox from its pages, each from the form to the page that shows the outcome."""

import re

import pytest
from playwright.sync_api import expect

from conftest import PASSWORD, Portal, harness


@pytest.fixture(scope="module")
def owner(platform, chromium):
    """A member with a sandbox, shared by the tests of this file: sign-ups of an address are limited."""
    portal = Portal(platform, chromium.new_context(locale="en-US"))
    portal.sign_up()
    portal.slug, portal.key = portal.create_sandbox()
    yield portal
    complaints = list(portal.complaints)
    portal.context.close()
    assert complaints == []


def test_an_operation_is_tried_and_its_decisions_are_one_click_away(owner):
    page = owner.page
    owner.open(f"/s/{owner.slug}/reference")
    page.get_by_role("link", name="POST /v1/payments", exact=True).click()
    page.get_by_role("button", name="Send").click()
    answer = page.locator("section", has=page.get_by_role("heading", name="The answer"))
    expect(answer).to_contain_text("201")
    expect(answer).to_contain_text('"object": "payment"')

    page.get_by_label("Scenario").fill("insufficient_funds")
    page.get_by_role("button", name="Send").click()
    expect(answer).to_contain_text("402")
    page.get_by_role("link", name="Why did this fail?").click()
    expect(page.get_by_role("heading", name="Why did this fail?")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("insufficient_funds")


def test_a_body_that_is_no_json_is_kept_and_not_sent(owner):
    page = owner.page
    owner.open(f"/s/{owner.slug}/reference/create_payment")
    page.get_by_label("Body").fill("{not json")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing was sent")
    expect(page.get_by_label("Body")).to_have_value("{not json")


def test_a_webhook_is_delivered_and_sent_again(owner):
    page = owner.page
    owner.open(f"/s/{owner.slug}/webhooks")
    page.get_by_role("button", name="Make endpoint").click()
    expect(page.locator("pre")).to_contain_text("whsec_")
    owner.open(f"/s/{owner.slug}")
    owner.open(f"/s/{owner.slug}/reference/create_payment")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="The answer")).to_be_visible()

    owner.open(f"/s/{owner.slug}/webhooks")
    page.get_by_role("row").filter(has_text="payment").first.get_by_role("link").click()
    expect(page.get_by_role("heading", name="Payload")).to_be_visible()
    page.get_by_role("button", name="Send again").click()
    expect(page.get_by_role("heading", name="Attempts")).to_be_visible()


def test_the_clock_tells_what_a_move_would_fire_before_it_moves(owner):
    page = owner.page
    owner.open(f"/s/{owner.slug}/clock")
    page.get_by_role("button", name="Freeze it").click()
    before = page.locator(".page-head .facts").inner_text()
    page.get_by_label("By, or to").select_option("P3D")
    page.get_by_role("button", name="See what would fire").click()
    expect(page.get_by_text("It would be")).to_be_visible()
    assert page.locator(".page-head .facts").inner_text() == before
    page.get_by_role("button", name="Advance the clock").click()
    page.wait_for_url("**/clock")
    assert page.locator(".page-head .facts").inner_text() != before


def test_a_reset_wants_the_name_and_can_be_undone(owner):
    page = owner.page
    owner.open(f"/s/{owner.slug}/clock")
    page.get_by_role("link", name="Reset sandbox…").click()
    page.get_by_label(f"Type {owner.slug} to confirm").fill("another")
    page.get_by_role("button", name="Reset sandbox").click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing was changed")
    page.get_by_label(f"Type {owner.slug} to confirm").fill(owner.slug)
    page.get_by_role("button", name="Reset sandbox").click()
    page.wait_for_url("**/clock?undo=*")
    offer = page.url
    expect(page.get_by_role("row").filter(has_text="before reset")).to_be_visible()
    page.get_by_role("button", name="Undo the reset").click()
    page.wait_for_url("**/clock")
    expect(page.get_by_role("button", name="Undo the reset")).to_have_count(0)

    # The offer is good for 15 minutes.
    owner.platform.sql("UPDATE sbx.checkpoints SET created_at = created_at - interval '16 minutes' "
                       "WHERE name LIKE 'before reset%'")
    page.goto(offer)
    expect(page.get_by_role("row").filter(has_text="before reset")).to_be_visible()
    expect(page.get_by_role("button", name="Undo the reset")).to_have_count(0)


def test_a_journey_runs_and_runs_again_from_a_step_with_another_amount(owner):
    page = owner.page
    owner.open(f"/s/{owner.slug}/journeys")
    page.get_by_role("button", name="Run: A declined card").click()
    page.wait_for_url(re.compile("/runs/run_"))
    step = page.locator("li.step", has_text="Create a payment").first
    step.get_by_text("Rerun from this step").click()
    step.get_by_label("Amount, minor units").fill("700")
    step.get_by_role("button", name="Go back to here and run on").click()
    expect(page.get_by_text("Rerun from step")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("7.00 USD")


@pytest.mark.parametrize("button", ["Create key", "Rotate test_sk"])
def test_a_new_key_is_shown_once_and_works(owner, button):
    page = owner.page
    owner.open(f"/s/{owner.slug}/keys")
    page.get_by_role("button", name=button).first.click()
    key = page.locator("pre code").inner_text()
    answer = owner.platform.call("GET", "/v1/balance", key=key,
                                 host=f"payments--{owner.slug}.sbx.localhost")
    assert answer.status == 200
    owner.open(f"/s/{owner.slug}/keys")
    assert key not in page.content()


def test_the_way_to_the_content_and_through_a_form_goes_by_keyboard_alone(owner):
    page = owner.page
    owner.open(f"/s/{owner.slug}/assistant")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("What shall happen?")).to_be_focused()
    page.keyboard.type("Create a $50 payment, simulate card decline and send a webhook")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="The plan")).to_be_visible()
    run = page.get_by_role("button", name="Run plan")
    for _ in range(30):
        page.keyboard.press("Tab")
        if run.evaluate("element => element === document.activeElement"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/runs/run_"))


def test_calls_are_searched_by_scenario_object_and_time(owner):
    page = owner.page
    made = owner.platform.call("POST", "/v1/payments", key=owner.key, json_body=harness.payment(),
                               host=f"payments--{owner.slug}.sbx.localhost").json["id"]
    owner.platform.call("POST", "/v1/payments", key=owner.key, json_body=harness.payment(),
                        headers={"X-Sandbox-Scenario": "lost_card"},
                        host=f"payments--{owner.slug}.sbx.localhost")
    owner.open(f"/s/{owner.slug}/requests")
    rows = page.locator("tr[data-call]")
    page.get_by_label("Scenario").fill("lost_card")
    page.get_by_role("button", name="Filter").click()
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("card_declined")
    page.get_by_role("link", name="All requests").click()

    # The same by keyboard alone.
    page.get_by_label("Object id").focus()
    page.keyboard.type(made)
    page.keyboard.press("Enter")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("201")
    page.get_by_label("From, UTC").fill("2100-01-01T00:00")
    page.get_by_role("button", name="Filter").click()
    expect(page.get_by_role("main")).to_contain_text("No call fits the filter.")


def test_a_member_is_invited_joins_and_is_made_a_viewer(owner, make_portal):
    page = owner.page
    owner.open("/home")
    page.get_by_role("link", name="Team").click()
    expect(page.get_by_role("row").filter(has_text=owner.email)).to_be_visible()
    guest = f"{harness.reference()}@example.com"
    page.locator("#email").fill(guest)
    page.locator("#role").select_option("developer")
    page.get_by_role("button", name="Invite", exact=True).click()
    link = page.locator("pre code").inner_text()
    page.get_by_role("link", name="To the team").click()
    assert link.rpartition("/")[2] not in page.content()

    # Who is invited comes in by keyboard alone.
    joining = make_portal(locale="en-US")
    joining.page.goto(link)
    joining.page.get_by_label("Password").focus()
    joining.page.keyboard.type(PASSWORD)
    joining.page.keyboard.press("Enter")
    expect(joining.page.get_by_role("heading", name="Welcome")).to_be_visible()
    joining.open(f"/s/{owner.slug}")
    expect(joining.page.get_by_role("main")).to_contain_text(owner.slug)
    joining.page.goto(link)
    joining.page.get_by_label("Password").fill(PASSWORD)
    joining.page.get_by_role("button", name="Join").click()
    expect(joining.page.get_by_role("alert")).to_be_visible()

    page.reload()
    page.get_by_label(f"Role of {guest}", exact=True).select_option("viewer")
    page.get_by_role("button", name=f"Change role of {guest}").click()
    expect(page.get_by_label(f"Role of {guest}", exact=True)).to_have_value("viewer")
    page.get_by_role("button", name=f"Remove {guest}").click()
    expect(page.get_by_role("button", name=f"Remove {guest}")).to_have_count(0)


def test_a_tenants_usage_is_that_of_all_its_sandboxes(owner):
    page = owner.page
    owner.open("/home")
    page.get_by_role("link", name="Team").click()
    page.get_by_role("link", name="Usage").click()
    expect(page.get_by_role("heading", name="Usage of all sandboxes")).to_be_visible()
    expect(page.get_by_role("table", name="Figures")).to_be_visible()
    answer = owner.open(page.url[len(owner.url):].replace("/t/tnt_", "/t/tnt_0"))
    assert answer.status == 404
