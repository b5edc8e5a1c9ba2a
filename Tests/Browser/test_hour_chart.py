"""The calls of the last day above the list of requests: a picture, a table, a way to an hour."""

import re

from playwright.sync_api import expect

from conftest import harness


def test_an_hour_is_picked_by_mouse_and_by_key(portal, platform):
    portal.sign_up()
    slug, key = portal.create_sandbox()
    for _ in range(3):
        answer = platform.call("GET", "/v1/currencies", host=f"payments--{slug}.{harness.DOMAIN}", key=key)
        assert answer.status == 200
    page, columns = portal.page, portal.page.locator("svg [data-href]")
    # Figures may lack the last second; nobody waits for that on purpose.
    for _ in range(100):
        portal.open(f"/s/{slug}/requests")
        if columns.count():
            break
    assert columns.count() == 24
    expect(page.get_by_role("img", name="Calls by hour")).to_be_visible()

    # All calls are of the last hour, or the hour has just ended.
    columns.first.click()
    expect(page).to_have_url(re.compile("since=.*&until="))
    expect(page.get_by_text("No call fits the filter.")).to_be_visible()

    page.get_by_text("View as table").click()
    hours = page.get_by_role("table", name="Calls by hour").locator("tbody tr")
    calls = [int(text) for text in hours.locator("td:nth-child(2)").all_inner_texts()]
    assert sum(calls) >= 3
    busy = next(place for place, number in enumerate(calls) if number)
    hours.nth(busy).get_by_role("link").focus()
    page.keyboard.press("Enter")
    expect(page.locator("tr[data-call]").first).to_be_visible()
    assert "since=" in page.url
