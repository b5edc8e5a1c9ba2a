"""A tenant's audit log: who did what, what was there before, and that nobody has touched it since."""

import hashlib
import json
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from conftest import Portal
from test_crawl import AXE


@pytest.fixture(scope="module")
def owner(platform, chromium):
    """A member who has made a sandbox, and whose key has renamed it."""
    portal = Portal(platform, chromium.new_context(locale="en-US"))
    portal.sign_up()
    portal.management_key = re.search(r"test_mk_\w+", portal.page.content()).group()
    portal.slug, portal.key = portal.create_sandbox("Old name")
    answer = platform.call("PATCH", f"/v1/sandboxes/{portal.slug}", key=portal.management_key,
                           json_body={"name": "New name"})
    assert answer.status == 200, answer
    portal.open("/home")
    portal.page.get_by_role("link", name="Team").click()
    portal.page.get_by_role("link", name="Audit log").click()
    portal.audit = portal.page.url[len(portal.url):]
    yield portal
    complaints = list(portal.complaints)
    portal.context.close()
    assert complaints == []


def entries(page):
    return page.locator("tr.audit-entry")


def test_an_entry_says_who_did_what_and_what_was_there_before(owner):
    page = owner.page
    owner.open(owner.audit)
    renamed = entries(page).filter(has_text="update_sandbox")
    expect(renamed).to_contain_text("management key")
    renamed.locator("summary").click()
    change = renamed.locator(".changes li", has_text="name")
    expect(change.locator("del")).to_have_text("Old name")
    expect(change.locator("ins")).to_have_text("New name")
    assert Axe().run(page, options=AXE).response["violations"] == []
    made = entries(page).filter(has_text="create_sandbox")
    expect(made).to_contain_text(owner.email)
    # Newest first, numbered without a gap.
    numbers = [int(text) for text in page.locator("tr.audit-entry td.number").all_inner_texts()]
    assert numbers == list(range(len(numbers), 0, -1))


def test_the_log_is_filtered_by_who_and_by_action(owner):
    page = owner.page
    owner.open(owner.audit)
    count = entries(page).count()
    page.get_by_label("Who", exact=True).select_option(owner.email)
    page.get_by_role("button", name="Filter").click()
    expect(entries(page).filter(has_text="create_sandbox")).to_have_count(1)
    expect(entries(page).filter(has_text="update_sandbox")).to_have_count(0)
    expect(page.get_by_label("Who", exact=True).locator("option:checked")).to_have_text(owner.email)
    page.get_by_role("link", name="All entries").click()
    expect(entries(page)).to_have_count(count)

    # By keyboard alone: the name in a row leads to those like it.
    entries(page).get_by_role("link", name="update_sandbox").focus()
    page.keyboard.press("Enter")
    expect(entries(page)).to_have_count(1)
    expect(page.get_by_label("Action")).to_have_value("update_sandbox")
    page.get_by_label("Action").focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("no_such_action")
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_contain_text("No entry fits.")


def test_a_key_that_was_chosen_from_the_list_stays_chosen(owner):
    page = owner.page
    owner.open(owner.audit)
    key = entries(page).filter(has_text="update_sandbox").get_by_role("link").first
    name = key.inner_text()
    key.click()
    expect(page.get_by_label("Who", exact=True).locator("option:checked")).to_have_text(name)
    expect(entries(page)).to_have_count(1)


def test_the_export_is_the_whole_chain_and_can_be_checked_with_nothing_of_ours(owner):
    page = owner.page
    owner.open(owner.audit)
    with page.expect_download() as loading:
        page.get_by_role("link", name="Export as JSON lines").click()
    assert loading.value.suggested_filename == "audit.jsonl"
    with open(loading.value.path(), encoding="utf-8") as file:
        lines = [json.loads(line) for line in file]
    assert [line["sequence"] for line in lines] == list(range(1, len(lines) + 1))
    previous = bytes(32)
    for line in lines:
        previous = hashlib.sha256(previous + line["record"].encode()).digest()
        assert previous.hex() == line["sha256"]

    page.get_by_role("button", name="Verify").click()
    expect(page.get_by_role("status")).to_contain_text(f"The chain is whole: {len(lines)} entries.")
    expect(page.get_by_role("status")).to_contain_text(previous.hex())


def test_a_log_of_more_than_one_page_is_exported_whole(owner, platform):
    tenant = owner.audit.split("/")[2]
    platform.raise_limits(tenant)
    with platform.client() as client:
        for number in range(1_001):
            answer = client.call("PATCH", f"/v1/sandboxes/{owner.slug}", key=owner.management_key,
                                 json_body={"name": f"Name {number}"})
            assert answer.status == 200, answer
    answer = owner.context.request.get(f"{owner.url}{owner.audit}/export")
    assert answer.headers["content-type"] == "application/jsonl"
    numbers = [json.loads(line)["sequence"] for line in answer.text().splitlines()]
    assert len(numbers) > 1_001 and numbers == list(range(1, len(numbers) + 1))

    # The page shows fifty of them, and the next fifty behind.
    page = owner.page
    owner.open(owner.audit)
    expect(entries(page)).to_have_count(50)
    page.get_by_role("link", name="Older").click()
    expect(entries(page).first.locator("td.number")).to_have_text(str(len(numbers) - 50))


def test_an_earlier_verification_is_held_against_the_log(owner):
    page = owner.page
    owner.open(f"{owner.audit}?action=update_sandbox&verify=yes")
    kept = page.get_by_role("status").locator("code").inner_text()
    count = re.search(r"(\d+) entries", page.get_by_role("status").inner_text()).group(1)
    for digits, told in ((kept, "The chain is whole"), ("0" * 64, "The chain is broken")):
        page.get_by_label("Entries, of an earlier one").fill(count)
        page.get_by_label("Its hash").fill(digits)
        page.get_by_role("button", name="Verify").click()
        expect(page.locator("#verification").locator("..")).to_contain_text(told)
    # The list above has stayed what it was.
    expect(page.get_by_label("Action")).to_have_value("update_sandbox")


def test_an_entry_that_was_changed_shows(owner, platform):
    tenant = platform.sql(f"SELECT tenant_id FROM sbx.sandboxes WHERE slug = '{owner.slug}'")[0][0]
    platform.sql("UPDATE sbx.audit_log SET subject = 'somebody else' "
                 f"WHERE sequence = 2 AND tenant_id = '{tenant}'")
    owner.open(f"{owner.audit}?verify=yes")
    expect(owner.page.get_by_role("alert")).to_contain_text("broken at entry 2")


def test_without_scripts_and_in_chinese_the_log_is_read_filtered_and_verified(make_portal, owner):
    portal = make_portal(java_script_enabled=False, storage_state=owner.context.storage_state())
    page = portal.page
    portal.open(f"{owner.audit}?lang=zh")
    page.get_by_label("操作", exact=True).fill("create_sandbox")
    page.get_by_role("button", name="筛选").click()
    expect(entries(page)).to_have_count(1)
    page.get_by_role("button", name="校验").click()
    expect(page.locator("#verification").locator("..")).to_contain_text("链")


def test_another_tenants_log_is_not_there(owner, make_portal):
    assert owner.open(owner.audit.replace("/t/tnt_", "/t/tnt_0")).status == 404
    assert owner.open(owner.audit.replace("/t/tnt_", "/t/tnt_0") + "/export").status == 404
    stranger = make_portal()
    stranger.open(owner.audit + "/export")
    assert "/signin" in stranger.page.url
