"""The list of calls while calls arrive: it keeps up, and holds still for whoever is at work in it."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from conftest import Portal, harness
from test_crawl import AXE


@pytest.fixture(scope="module")
def owner(platform, chromium):
    """A member with a sandbox that has been called once."""
    portal = Portal(platform, chromium.new_context(locale="en-US"))
    portal.sign_up()
    portal.slug, portal.key = portal.create_sandbox()
    pay(portal)
    yield portal
    portal.context.close()


@pytest.fixture
def watcher(make_portal, owner):
    """A browser of the member's, with the list open and live."""
    portal = make_portal(locale="en-US", storage_state=owner.context.storage_state())
    watch(portal, owner)
    return portal


def watch(portal, owner, query="", state="Live"):
    portal.open(f"/s/{owner.slug}/requests{query}")
    expect(state_of(portal.page)).to_have_text(state)


def state_of(page):
    return page.locator(".live-state")


def rows(page):
    return page.locator("#calls tbody tr")


def pill(page):
    return page.get_by_role("button", name="new call")


def pay(owner, scenario=None, count=1):
    """Answers the id of the last call."""
    headers = {"X-Sandbox-Scenario": scenario} if scenario else {}
    for _ in range(count):
        answer = owner.platform.call(
            "POST", "/v1/payments", key=owner.key, json_body=harness.payment(), headers=headers,
            host=f"payments--{owner.slug}.sbx.localhost")
    return answer.headers["Request-Id"]


def row(page, call):
    return page.locator(f"tr[data-call={call}]")


def test_a_call_appears_and_is_announced(watcher, owner):
    page = watcher.page
    call = pay(owner)
    expect(row(page, call)).to_be_visible()
    expect(rows(page).first).to_have_attribute("data-call", call)
    expect(row(page, call).locator("time")).to_have_attribute("title", re.compile("UTC"))
    expect(page.get_by_role("status").filter(has_text="1 new call")).to_have_count(1)


def test_only_what_fits_the_filter_appears(watcher, owner):
    page = watcher.page
    watch(watcher, owner, "?status=402")
    pay(owner)
    declined = pay(owner, "lost_card")
    expect(row(page, declined)).to_be_visible()
    assert set(page.locator("#calls tbody .badge").all_inner_texts()) == {"402"}


def test_nothing_moves_under_the_pointer(watcher, owner):
    page = watcher.page
    first = rows(page).first
    first.hover()
    before, call = first.bounding_box(), first.get_attribute("data-call")
    newest = pay(owner, count=2)
    expect(pill(page)).to_have_text("2 new calls")
    assert Axe().run(page, options=AXE).response["violations"] == []
    assert row(page, call).bounding_box() == before
    expect(row(page, newest)).to_have_count(0)
    pill(page).click()
    expect(rows(page).first).to_have_attribute("data-call", newest)
    expect(pill(page)).to_have_count(0)

    # What was held back is shown as soon as the pointer has gone.
    rows(page).first.hover()
    newest = pay(owner)
    expect(pill(page)).to_have_text("1 new call")
    page.mouse.move(5, 5)
    expect(rows(page).first).to_have_attribute("data-call", newest)


def test_nothing_moves_under_the_focus_and_the_keyboard_gets_to_the_new_calls(watcher, owner):
    page = watcher.page
    link = rows(page).first.get_by_role("link")
    link.focus()
    newest = pay(owner)
    expect(pill(page)).to_have_text("1 new call")
    expect(link).to_be_focused()
    for _ in range(3):
        if pill(page).evaluate("element => element === document.activeElement"):
            break
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(row(page, newest).get_by_role("link")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/requests/{newest}")


@pytest.mark.parametrize("press", ["click", "keyboard"])
def test_the_list_pauses_and_catches_up(watcher, owner, press):
    page = watcher.page

    def use(name):
        button = page.get_by_role("button", name=name)
        if press == "click":
            return button.click()
        button.focus()
        page.keyboard.press("Space")

    use("Pause")
    expect(state_of(page)).to_have_text("Paused")
    shown = page.locator("#calls").inner_html()
    call = pay(owner)
    # Another tab is told of it, so this one would have been.
    other = Portal(owner.platform, page.context)
    watch(other, owner)
    expect(row(other.page, pay(owner))).to_be_visible()
    other.page.close()
    assert page.locator("#calls").inner_html() == shown
    use("Resume")
    expect(state_of(page)).to_have_text("Live")
    expect(row(page, call)).to_be_visible()


def test_the_list_is_never_longer_than_a_page(watcher, owner):
    page = watcher.page
    newest = pay(owner, count=60)
    expect(row(page, newest)).to_be_visible()
    expect(rows(page)).to_have_count(50)
    page.get_by_role("link", name="Older").click()
    # What is older stands still.
    expect(rows(page).first).to_be_visible()
    expect(page.locator("live-requests")).to_have_count(0)


def test_eight_tabs_share_one_stream(watcher, owner):
    tabs, streams = [watcher], []
    watcher.context.on("request", lambda request: request.url.endswith("/stream")
                       and streams.append(request.url))
    for _ in range(7):
        tab = Portal(owner.platform, watcher.context)
        watch(tab, owner)
        tabs.append(tab)
    assert streams == []
    call = pay(owner)
    for tab in tabs[::-1]:
        tab.page.bring_to_front()
        expect(row(tab.page, call)).to_be_visible()

    # The next in line opens its own when the holder goes.
    watcher.page.close()
    tabs[1].page.bring_to_front()
    call = pay(owner)
    expect(row(tabs[1].page, call)).to_be_visible()
    assert len(streams) == 1
    assert [text for tab in tabs for text in tab.complaints] == []


def test_a_stream_that_is_cut_goes_on_and_misses_nothing(watcher, owner):
    page = watcher.page
    owner.platform.kill()
    expect(state_of(page)).to_have_text("Reconnecting…")
    owner.platform.start()
    # Made before the stream is back, or just behind.
    call = pay(owner)
    expect(state_of(page)).to_have_text("Live", timeout=15_000)
    expect(row(page, call)).to_have_count(1, timeout=15_000)
    # What the browser says of the cut is meant.
    watcher.complaints.clear()


def test_without_a_stream_the_list_is_read_again_and_again(make_portal, owner):
    portal = make_portal(locale="zh-CN", storage_state=owner.context.storage_state())
    portal.page.route("**/stream", lambda route: route.fulfill(status=503))
    watch(portal, owner, "?lang=zh", "每 5 秒更新")
    expect(row(portal.page, pay(owner))).to_be_visible(timeout=15_000)


def test_the_first_call_takes_the_place_of_the_empty_list(make_portal, owner):
    portal = make_portal(locale="en-US", storage_state=owner.context.storage_state())
    portal.open("/home")
    portal.slug, portal.key = portal.create_sandbox("Empty")
    watch(portal, portal)
    expect(portal.page.locator("#calls")).to_contain_text("No call has arrived yet.")
    expect(row(portal.page, pay(portal))).to_be_visible()


def test_without_scripts_the_list_is_read_again_by_a_link(make_portal, owner):
    portal = make_portal(locale="en-US", java_script_enabled=False,
                         storage_state=owner.context.storage_state())
    portal.open(f"/s/{owner.slug}/requests?status=201")
    call = pay(owner)
    portal.page.get_by_role("link", name="Read again").click()
    expect(row(portal.page, call)).to_be_visible()
    assert portal.page.url.endswith("/requests?status=201")


def test_the_stream_is_the_members_alone(make_portal, owner):
    stranger = make_portal()
    answer = stranger.context.request.get(f"{stranger.url}/s/{owner.slug}/stream", max_redirects=0)
    assert answer.status == 303 and "/signin" in answer.headers["location"]
