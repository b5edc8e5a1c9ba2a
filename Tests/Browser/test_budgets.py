"""The portal's budgets, measured in Chromium and printed: what the first page weighs, when a slow
machine shows it, how fast it reacts, and how long the server takes for a list.

Times are the best of three visits. They are held to their bounds with SBX_SOAK=1, which is run on a
machine that does nothing else with a server built for release; otherwise they are only printed.
"""

import statistics
import time
import urllib.parse

import pytest

from conftest import Portal, harness

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
    tenant, sandbox = owner.platform.sql(
        f"SELECT tenant_id, id FROM sbx.sandboxes WHERE slug = '{owner.slug}'")[0]
    owner.platform.sql(f"""
        INSERT INTO sbx.request_log (tenant_id, id, started_at, sandbox_id, duration_us, method, path,
            contract, operation, status, principal_kind, principal_id, trace_id, span_id,
            request_bytes, response_bytes, decision)
        SELECT '{tenant}', (lpad(to_hex((extract(epoch FROM now()) * 1000)::bigint - n), 12, '0')
                || substr(md5(n::text), 1, 20))::uuid, now() - n * interval '1 ms', '{sandbox}', 900, 'GET',
            '/v1/payments', 'payments', 'list_payments', 200, NULL, NULL,
            decode(lpad(to_hex(n), 32, '0'), 'hex'), int8send(n), 0, 100, '[]'
        FROM generate_series(1, {ROWS}) AS n""")
    took = []
    for _ in range(40):
        began = time.perf_counter()
        answer = owner.context.request.get(f"{owner.url}/s/{owner.slug}/requests")
        took.append((time.perf_counter() - began) * 1000)
        assert answer.status == 200
    took.sort()
    p95 = took[int(len(took) * 0.95) - 1]
    told(f"list of 50 rows among {ROWS:,}, the whole page",
         f"p50 {statistics.median(took):.0f} ms, p95 {p95:.0f} ms", "30", is_met=p95 <= 30)
