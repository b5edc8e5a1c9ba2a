"""Around the portal by single letters and ids, with the keyboard alone."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from conftest import PASSWORD, Portal, harness
from test_crawl import AXE, SENTENCE


@pytest.fixture(scope="module")
def owner(platform, chromium):
    """A member with a sandbox that was called more often than one page lists."""
    portal = Portal(platform, chromium.new_context(locale="en-US"))
    portal.sign_up()
    portal.slug, portal.key = portal.create_sandbox()
    for _ in range(60):
        answer = platform.call("POST", "/v1/payments", key=portal.key, json_body=harness.payment(),
                               host=f"payments--{portal.slug}.sbx.localhost")
        portal.payment, portal.call = answer.json["id"], answer.headers["Request-Id"]
    portal.open(f"/s/{portal.slug}/assistant?text={SENTENCE}")
    portal.page.get_by_role("button", name="Run plan").click()
    portal.page.wait_for_url("**/runs/run_*")
    portal.run = portal.page.url.rpartition("/")[2].partition("?")[0]
    yield portal
    portal.context.close()


@pytest.fixture
def browser(make_portal, owner):
    return make_portal(locale="en-US", storage_state=owner.context.storage_state())


def focused(page):
    return page.evaluate("() => document.activeElement.closest('tr')?.dataset.call ?? null")


def rows(page):
    return page.locator("#calls tbody tr").evaluate_all("rows => rows.map(row => row.dataset.call)")


def test_rows_are_walked_and_opened_and_tried_by_keys(browser, owner):
    page = browser.page
    browser.open(f"/s/{owner.slug}/requests?operation=create_payment")
    calls = rows(page)
    page.keyboard.press("j")
    assert focused(page) == calls[0]
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert focused(page) == calls[1]
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/requests/{calls[1]}")

    page.keyboard.press("c")
    expect(page.locator(".from-ci copy-text button")).to_have_text(re.compile("Copied|Selected"))
    page.keyboard.press("t")
    page.wait_for_url("**/reference/create_payment")
    page.keyboard.press("t")
    expect(page.get_by_label("Body", exact=True)).to_be_focused()
    page.keyboard.press("Control+Enter")
    expect(page.locator("#answer")).to_be_visible()


def test_a_list_is_gone_through_and_filtered_by_keys(browser, owner):
    page = browser.page
    browser.open(f"/s/{owner.slug}/requests")
    page.keyboard.press("]")
    page.wait_for_url("**cursor=*")
    page.keyboard.press("[")
    page.wait_for_url(re.compile(r"/requests$"))
    page.keyboard.press("/")
    field = page.get_by_label("Status", exact=True)
    expect(field).to_be_focused()
    # In a field letters are letters.
    page.keyboard.type("j?")
    expect(field).to_have_value("j?")
    expect(page.locator("dialog[open]")).to_have_count(0)
    field.fill("")
    page.keyboard.type("402")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**status=402*")


def test_a_run_is_run_again_by_keys(browser, owner):
    page = browser.page
    browser.open(f"/s/{owner.slug}/runs/{owner.run}")
    page.keyboard.press("r")
    expect(page.locator("details.rerun").first).to_have_attribute("open", "")
    for _ in range(5):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.type === 'submit'"):
            break
    page.keyboard.press("Enter")
    expect(page).not_to_have_url(re.compile(owner.run))


def test_keys_are_listed_and_can_be_switched_off(browser, owner):
    page = browser.page
    browser.open(f"/s/{owner.slug}/requests")
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys")
    expect(dialog).to_be_visible()
    assert Axe().run(page, options=AXE).response["violations"] == []
    use = dialog.get_by_label("Use single-letter keys")
    expect(use).to_be_checked()
    use.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.reload()
    for key in ("j", "?", "/"):
        page.keyboard.press(key)
    assert focused(page) is None
    expect(page.locator("dialog[open]")).to_have_count(0)
    # What is no single letter goes on working, and the list is found without one.
    page.keyboard.press("Control+k")
    expect(page.get_by_role("dialog", name="Find")).to_be_visible()
    page.keyboard.press("Escape")
    button = page.get_by_role("contentinfo").get_by_role("button", name="Keys")
    button.focus()
    page.keyboard.press("Enter")
    use.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert focused(page) == rows(page)[0]


def test_an_id_leads_to_its_page(browser, owner):
    page, base = browser.page, f"/s/{owner.slug}"
    for address, expected in [
            (f"/o/{owner.call}", f"{base}/requests/{owner.call}"),
            (f"/o/{owner.run}", f"{base}/runs/{owner.run}"),
            (f"{base}/o/{owner.call}", f"{base}/requests/{owner.call}"),
            (f"{base}/o/{owner.payment}", f"{base}/requests?entity={owner.payment}")]:
        assert browser.open(address).status == 200
        assert page.url == owner.url + expected

    assert browser.open("/o/run_01M80RNWT05V964P2038K178XH").status == 404
    assert browser.open("/o/nothing").status == 404
    # By keyboard: pasted into what finds anything.
    browser.open(base)
    page.keyboard.press("Control+k")
    page.keyboard.insert_text(owner.run)
    expect(page.get_by_role("dialog", name="Find").get_by_role("link", name="Run", exact=True)).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/runs/{owner.run}")


def test_an_id_without_a_page_of_its_own_is_told(browser):
    page = browser.page
    browser.open("/home")
    page.get_by_label("Name").fill("Ids")
    page.get_by_role("button", name="sandbox").click()
    client = re.search(r"cli_\w+", page.get_by_role("main").inner_text())[0]
    slug = page.get_by_role("link", name="Open sandbox").get_attribute("href").rpartition("/")[2]
    assert browser.open(f"/o/{client}").status == 200
    expect(page.get_by_role("heading", level=1)).to_have_text("client")
    assert Axe().run(page, options=AXE).response["violations"] == []
    page.get_by_role("link", name=slug, exact=True).click()
    page.wait_for_url(f"**/s/{slug}")


def test_who_is_signed_out_comes_back_to_the_id(make_portal, owner):
    portal = make_portal(locale="en-US")
    portal.open(f"/o/{owner.run}")
    page = portal.page
    page.get_by_label("E-mail").fill(owner.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"**/s/{owner.slug}/runs/{owner.run}")


def test_anothers_id_names_nothing(make_portal, owner):
    portal = make_portal(locale="en-US")
    portal.sign_up()
    for address in (f"/o/{owner.run}", f"/o/{owner.call}"):
        assert portal.open(address).status == 404
