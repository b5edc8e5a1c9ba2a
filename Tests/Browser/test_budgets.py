"""The portal's budgets, measured in Chromium and printed: what the first page weighs, when a slow
machine shows it, how fast it reacts, and how long the server takes for a list.

Times are the best of three visits. They are held to their bounds with SBX_SOAK=1, which is run on a
machine that does nothing else with a server built for release; otherwise they are only printed.
"""

import concurrent.futures
import http.client
import re
import statistics
import time
import urllib.parse

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from conftest import Portal, harness
from test_crawl import AXE

VISITS = 3
ROWS = harness.size(100_000)
# Collects what the browser tells of a page's loading and of reactions to what is done on it.
OBSERVER = """
    window.seen = {lcp: 0, cls: 0, long: 0, events: []};
    const observe = (type, take, more) => new PerformanceObserver(list =>
        list.getEntries().forEach(take)).observe({type, buffered: true, ...more});
    observe('largest-contentful-paint', entry => { seen.lcp = entry.startTime; });
    observe('layout-shift', entry => { if (!entry.hadRecentInput) seen.cls += entry.value; });
    observe('longtask', entry => { if (entry.duration > 50) seen.long += entry.duration; });
    observe('event', entry => { seen.events.push(entry.duration); }, {durationThreshold: 16});
"""

# The frame behind has been shown, and the browser has told of it.
SHOWN = "() => new Promise(done => requestAnimationFrame(() => setTimeout(done, 100)))"


@pytest.fixture(scope="module")
def owner(platform, chromium):
    portal = Portal(platform, chromium.new_context(locale="en-US"))
    portal.sign_up()
    portal.slug, portal.key = portal.create_sandbox()
    yield portal
    portal.context.close()


def told(name, figure, bound, is_met=True):
    print(f"{name}: {figure} (bound {bound})", flush=True)
    assert is_met or not harness.is_soak()


def test_the_first_page_is_small_and_all_ours(portal):
    sent, kinds, urls = {}, {}, set()
    session = portal.context.new_cdp_session(portal.page)
    session.on("Network.responseReceived", lambda event: (
        kinds.update({event["requestId"]: event["type"]}), urls.add(event["response"]["url"])))
    session.on("Network.loadingFinished", lambda event: sent.update(
        {event["requestId"]: event["encodedDataLength"]}))
    session.send("Network.enable")
    portal.open("/")
    portal.page.wait_for_load_state("networkidle")
    total = sum(sent.values())
    scripts = sum(size for number, size in sent.items() if kinds.get(number) == "Script")
    foreign = {urllib.parse.urlsplit(url).netloc for url in urls} - {f"localhost:{portal.platform.port}"}
    told("first page, cold", f"{total / 1000:.1f} kB in {len(sent)} requests", "150 kB, 20")
    told("script of it", f"{scripts / 1000:.1f} kB", "45 kB")
    assert 0 < total <= 150_000 and 0 < scripts <= 45_000 and len(sent) <= 20
    assert foreign == set()


@pytest.mark.parametrize("name", ["landing", "requests", "assistant"])
def test_a_slow_machine_shows_a_page_soon(make_portal, owner, name):
    path = {"landing": "/", "requests": f"/s/{owner.slug}/requests",
            "assistant": f"/s/{owner.slug}/assistant"}[name]
    visits = []
    for _ in range(VISITS):
        portal = make_portal(storage_state=owner.context.storage_state())
        session = portal.context.new_cdp_session(portal.page)
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", {
            "offline": False, "latency": 150, "downloadThroughput": 1_600_000 / 8,
            "uploadThroughput": 750_000 / 8})
        session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
        portal.page.add_init_script(OBSERVER)
        portal.open(path)
        # A live list never falls silent: the frame behind the loading is waited for.
        portal.page.wait_for_load_state("load")
        portal.page.evaluate(SHOWN)
        seen = portal.page.evaluate("() => window.seen")
        seen["fcp"] = portal.page.evaluate(
            "() => performance.getEntriesByName('first-contentful-paint')[0].startTime")
        # Where the first paint has shown everything, the browser tells of no larger one.
        seen["lcp"] = max(seen["lcp"], seen["fcp"])
        visits.append(seen)
    best = {word: min(seen[word] for seen in visits) for word in ("fcp", "lcp", "cls", "long")}
    told(f"{name}, CPU ×4, 1.6 Mbit/s, 150 ms",
         f"FCP {best['fcp']:.0f} ms, LCP {best['lcp']:.0f} ms, CLS {best['cls']:.3f}, "
         f"long tasks {best['long']:.0f} ms", "1500, 2000, 0.05, 200",
         is_met=best["fcp"] <= 1_500 and best["lcp"] <= 2_000 and best["long"] <= 200)
    assert best["cls"] <= 0.05


def test_a_page_reacts_at_once(make_portal, owner):
    events = []
    for _ in range(VISITS):
        portal = make_portal(storage_state=owner.context.storage_state())
        portal.page.add_init_script(OBSERVER)
        portal.open(f"/s/{owner.slug}/assistant")
        portal.page.get_by_label("What shall happen?").click()
        portal.page.keyboard.type("Create a $50 payment, simulate card decline and send a webhook")
        portal.page.keyboard.press("Tab")
        # An event is told of after the frame that shows its outcome.
        portal.page.evaluate(SHOWN)
        durations = portal.page.evaluate("() => window.seen.events")
        events.append(sorted(durations or [0]))
    best = min(events, key=lambda durations: durations[-1])
    p95 = best[int(len(best) * 0.95)] if len(best) > 1 else best[0]
    told("reaction to keys and clicks", f"p95 {p95:.0f} ms, worst {best[-1]:.0f} ms", "100, 200",
         is_met=p95 <= 100 and best[-1] <= 200)


def test_a_list_of_fifty_among_many_is_made_fast(owner):
    tenant, sandbox = identifiers(owner)
    owner.platform.sql(f"""
        INSERT INTO sbx.request_log (tenant_id, id, started_at, sandbox_id, duration_us, method, path,
            contract, operation, status, principal_kind, principal_id, trace_id, span_id,
            request_bytes, response_bytes, decision)
        SELECT '{tenant}', (lpad(to_hex((extract(epoch FROM now()) * 1000)::bigint - n), 12, '0')
                || substr(md5(n::text), 1, 20))::uuid, now() - n * interval '1 ms', '{sandbox}', 900, 'GET',
            '/v1/payments', 'payments', 'list_payments', 200, NULL, NULL,
            decode(lpad(to_hex(n), 32, '0'), 'hex'), int8send(n), 0, 100, '[]'
        FROM generate_series(1, {ROWS}) AS n""")
    took = server_times(owner, f"/s/{owner.slug}/requests", 100)
    p95 = took[int(len(took) * 0.95) - 1]
    told(f"list of 50 rows among {ROWS:,}, the whole page",
         f"p50 {statistics.median(took):.1f} ms, p95 {p95:.1f} ms", "30", is_met=p95 <= 30)


def server_times(owner, path, count):
    """Milliseconds from the request to the last byte, on one connection, sorted: the server's time,
    without a browser's."""
    cookies = "; ".join(f"{cookie['name']}={cookie['value']}" for cookie in owner.context.cookies())
    host = f"localhost:{owner.platform.port}"
    connection = http.client.HTTPConnection(host, timeout=30)
    took = []
    for _ in range(count):
        began = time.perf_counter()
        connection.request("GET", path, headers={"Host": host, "Cookie": cookies})
        answer = connection.getresponse()
        answer.read()
        took.append((time.perf_counter() - began) * 1000)
        assert answer.status == 200
        # Within what one member may ask for in a second.
        time.sleep(0.05)
    connection.close()
    return sorted(took)


# Large things


def test_a_trace_of_five_thousand_spans_is_usable_soon(make_portal, owner):
    tenant, sandbox = identifiers(owner)
    trace = f"{harness.reference().encode().hex():0>32}"[-32:]
    # Three deep; every fiftieth has failed.
    owner.platform.sql(f"""
        INSERT INTO sbx.spans (tenant_id, sandbox_id, trace_id, span_id, received_at, parent_span_id,
            started_ns, ended_ns, kind, status, name, service, scope, attributes, events)
        SELECT '{tenant}', '{sandbox}', decode('{trace}', 'hex'), int8send(n), now(),
            CASE WHEN n > 1 THEN int8send(CASE WHEN n % 10 = 2 THEN 1 ELSE n - (n - 2) % 10 END) END,
            1790000000000000000 + n * 1000000, 1790000000000500000 + n * 1000000, 3,
            CASE WHEN n % 50 = 0 THEN 2 ELSE 1 END, 'SELECT orders ' || n, 'checkout', 'shop.http',
            '{{"db.system.name":"postgresql","db.collection.name":"orders"}}', '[]'
        FROM generate_series(1, 5000::bigint) AS n""")
    path = f"/s/{owner.slug}/traces/{trace}"
    portal = make_portal(storage_state=owner.context.storage_state())
    portal.page.add_init_script(OBSERVER)
    rows = portal.page.locator(".trace tbody tr")
    took = []
    for _ in range(VISITS):
        began = time.perf_counter()
        portal.open(path)
        # Usable: it is there, and a click is answered.
        rows.nth(5).get_by_role("link").click()
        portal.page.wait_for_url("**span=*")
        took.append((time.perf_counter() - began) * 1000)
    shown, long = rows.count(), portal.page.evaluate("() => window.seen.long")
    nodes = portal.page.evaluate("() => document.querySelectorAll('*').length")
    served = server_times(owner, path, 20)
    told("trace of 5,000 spans, opened and a span of it clicked", f"{min(took):.0f} ms; served in "
         f"{statistics.median(served):.0f} ms; {shown} rows, {nodes} elements, long tasks {long:.0f} ms",
         "1000", is_met=min(took) <= 1_000 and long <= 200)
    assert "5000 spans" in portal.page.locator(".facts").inner_text()
    assert shown <= 500 and nodes <= 5_000
    assert Axe().run(portal.page, options=AXE).response["violations"] == []
    # All of it can be reached: the last part, and what failed.
    portal.open(f"{path}?from=4800")
    expect(rows).to_have_count(200)
    portal.page.get_by_role("link", name="Only the 100 that failed").click()
    expect(rows).to_have_count(100)
    expect(portal.page.locator(".trace .badge.error")).to_have_count(100)


def test_a_graph_of_three_hundred_nodes_is_drawn_at_once(make_portal, owner):
    """The browser's part: the page of a lifecycle with its nodes and edges repeated in other places.
    The layout is the server's, and told by the tests of its geometry."""
    path = f"/s/{owner.slug}/graphs/payment"
    page_html = owner.context.request.get(owner.url + path).text()
    nodes = re.findall(r'<g class="node.*?</g>', page_html)
    edges = re.findall(r'<path class="edge"[^>]*>(?:</path>)?', page_html)
    width = int(re.search(r'class="graph"[^>]*width="(\d+)"', page_html)[1])
    more = []
    while len(more) * len(nodes) < 300:
        parts = "".join(nodes + edges)
        more.append(f'<g transform="translate({width * (len(more) % 5)} {600 * (len(more) // 5)})">'
                    f"{parts}</g>")
    large = page_html.replace("".join(nodes), "".join(more), 1)
    assert large.count('<g class="node') >= 300
    portal = make_portal(storage_state=owner.context.storage_state())
    portal.page.add_init_script(OBSERVER)
    portal.page.route(f"**{path}", lambda route: route.fulfill(
        status=200, content_type="text/html; charset=utf-8", body=large))
    portal.open(path)
    portal.page.evaluate(SHOWN)
    seen = portal.page.evaluate("() => window.seen")
    drawn = portal.page.evaluate(
        "() => performance.getEntriesByName('first-contentful-paint')[0].startTime")
    told("graph of 300 nodes", f"painted after {drawn:.0f} ms, long tasks {seen['long']:.0f} ms",
         "1000, 200", is_met=drawn <= 1_000 and seen["long"] <= 200)
    expect(portal.page.locator("svg.graph .node")).to_have_count(large.count('<g class="node'))


def test_the_live_list_keeps_up_with_two_hundred_calls_a_second(make_portal, owner):
    portal = make_portal(storage_state=owner.context.storage_state())
    portal.page.add_init_script(OBSERVER)
    portal.open(f"/s/{owner.slug}/requests")
    expect(portal.page.locator(".live-state")).to_have_text("Live")
    portal.page.evaluate("() => { window.seen.long = 0; window.seen.events = []; }")
    rate, last = calls_at(owner, rate=200, seconds=10)
    expect(portal.page.locator(f"tr[data-call={last}]")).to_be_visible()
    rows = portal.page.locator("#calls tbody tr").count()
    long = portal.page.evaluate("() => window.seen.long")
    told("live list", f"at {rate:.0f} calls/s {rows} rows, long tasks {long:.0f} ms", "200 calls/s, 0",
         is_met=long == 0 and rate >= 190)
    assert rows == 50


def calls_at(owner, rate, seconds):
    """Makes calls from a few connections; answers how many a second, and the id of a last one."""
    home = owner.context.request.get(f"{owner.url}/home").text()
    owner.platform.raise_limits(re.search(r'href="/t/(tnt_\w+)"', home)[1])
    connections, began = 8, time.monotonic()

    def call(number):
        with owner.platform.client() as client:
            for turn in range(rate * seconds // connections):
                due = began + (turn + number / connections) * connections / rate
                time.sleep(max(0, due - time.monotonic()))
                answer = client.call("GET", "/v1/balance", key=owner.key,
                                     host=f"payments--{owner.slug}.sbx.localhost")
                assert answer.status == 200, answer

    with concurrent.futures.ThreadPoolExecutor(connections) as pool:
        list(pool.map(call, range(connections)))
    made = rate * seconds // connections * connections / (time.monotonic() - began)
    last = owner.platform.call("GET", "/v1/balance", key=owner.key,
                               host=f"payments--{owner.slug}.sbx.localhost")
    return made, last.headers["Request-Id"]


def identifiers(owner):
    return owner.platform.sql(
        f"SELECT tenant_id, id FROM sbx.sandboxes WHERE slug = '{owner.slug}'")[0]
