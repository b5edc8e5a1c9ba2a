"""Finding something by its name over any page: opened by key, walked through by arrows."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from test_crawl import AXE


def test_an_operation_is_found_by_keys_alone(portal):
    portal.sign_up()
    slug, _ = portal.create_sandbox()
    page = portal.page
    page.keyboard.press("Control+k")
    dialog = page.get_by_role("dialog", name="Find")
    field = dialog.get_by_role("searchbox", name="Name or id")
    expect(field).to_be_focused()
    expect(dialog.get_by_role("link", name="Requests")).to_be_visible()

    page.keyboard.type("create payment")
    wanted = dialog.get_by_role("link", name="create_payment", exact=True)
    expect(wanted).to_be_visible()
    assert Axe().run(page, options=AXE).response["violations"] == []
    for _ in range(8):
        page.keyboard.press("ArrowDown")
        if wanted.evaluate("element => element === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{portal.url}/s/{slug}/reference/create_payment")

    page.get_by_role("link", name="Find").click()
    expect(field).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_it_is_a_page_without_scripts(make_portal):
    portal = make_portal(locale="en-US", java_script_enabled=False)
    portal.sign_up()
    slug, _ = portal.create_sandbox()
    page = portal.page
    page.get_by_role("link", name="Find").click()
    page.get_by_label("Name or id").fill("insufficient")
    page.get_by_role("main").get_by_role("button", name="Find").click()
    page.get_by_role("link", name="insufficient_funds", exact=True).click()
    assert page.url.startswith(f"{portal.url}/s/{slug}/scenarios?q=insufficient_funds")
