"""Spans of OpenTelemetry's own exporters, in both encodings, in one tree with our calls."""

import gzip
import json
import unittest

import harness  # noqa: F401  finds the packages
from harness import DOMAIN, Platform, payment

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter as ProtobufExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor, SpanExportResult
from opentelemetry.trace import Status, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator


def json_exporter(**options):
    from opentelemetry.exporter.otlp.json.http.trace_exporter import OTLPSpanExporter
    return OTLPSpanExporter(**options)


class Recording:
    """An exporter that remembers what became of each export."""

    def __init__(self, exporter):
        self.exporter, self.results = exporter, []

    def export(self, spans):
        self.results.append(self.exporter.export(spans))
        return self.results[-1]

    def shutdown(self):
        self.exporter.shutdown()

    def force_flush(self, timeout_millis=30_000):
        return True


class OTLP(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.platform = Platform()
        cls.addClassCleanup(cls.platform.close)
        cls.platform.start()
        cls.tenant = cls.platform.sign_up()
        cls.sandbox = cls.tenant.create_sandbox()

    def endpoint(self):
        return f"http://127.0.0.1:{self.platform.port}/api/{self.sandbox.slug}/_otlp/v1/traces"

    def trace(self, trace_id, tenant=None):
        return (tenant or self.tenant).call(
            "GET", f"/v1/sandboxes/{self.sandbox.slug}/traces/{trace_id}")

    def checkout(self, exporter):
        """A program's span around a call of ours, and a child that failed."""
        recording = Recording(exporter)
        provider = TracerProvider(resource=Resource.create({"service.name": "web-shop"}))
        provider.add_span_processor(SimpleSpanProcessor(recording))
        tracer = provider.get_tracer("shop.checkout")
        headers = {}
        with tracer.start_as_current_span("checkout", attributes={
                "cart.items": 3, "cart.total": 12.5, "cart.new": True, "cart.tags": ["a", "b"],
                "password": "hunter2hunter2", "note": "card 5500 0055 5555 5559"}) as root:
            TraceContextTextMapPropagator().inject(headers)
            answer = self.sandbox.call("POST", "/v1/payments", json_body=payment(), headers=headers)
            self.assertEqual(answer.status, 201, answer)
            with tracer.start_as_current_span("print receipt") as child:
                child.add_event("paper jam", {"tray": 2})
                child.set_status(Status(StatusCode.ERROR, "no paper"))
        provider.shutdown()
        self.assertEqual(recording.results, [SpanExportResult.SUCCESS] * 2)
        return format(root.get_span_context().trace_id, "032x"), answer

    def assert_joined(self, trace_id, answer):
        found = self.trace(trace_id)
        self.assertEqual(found.status, 200, found)
        trace = found.json
        self.assertEqual((trace["calls"], trace["foreign_spans"]), (1, 2), trace)
        spans = {span["name"]: span for span in trace["spans"]}
        root, call, child = (
            spans["checkout"], spans["POST /payments/v1/payments"]
            if "POST /payments/v1/payments" in spans else spans["POST /v1/payments"],
            spans["print receipt"])
        self.assertEqual([span["depth"] for span in trace["spans"]], [0, 1, 1])
        self.assertEqual(call["parent_span_id"], root["span_id"])
        self.assertEqual(call["request"], answer.headers["Request-Id"])
        self.assertEqual(root["service"], "web-shop")
        self.assertEqual(root["scope"], "shop.checkout")
        self.assertEqual(root["attributes"]["cart.items"], 3)
        self.assertEqual(root["attributes"]["cart.total"], 12.5)
        self.assertIs(root["attributes"]["cart.new"], True)
        self.assertEqual(root["attributes"]["cart.tags"], ["a", "b"])
        self.assertEqual(root["attributes"]["password"], "***")
        self.assertNotIn("5500", json.dumps(root))
        self.assertEqual((child["status"], child["status_message"]), ("error", "no paper"))
        self.assertEqual(child["events"][0]["name"], "paper jam")
        self.assertEqual(child["events"][0]["attributes"], {"tray": 2})
        self.assertLessEqual(root["offset_us"] + root["duration_us"], trace["duration_us"])

    def test_protobuf_joins_our_call(self):
        headers = {"Authorization": f"Bearer {self.sandbox.key}"}
        self.assert_joined(*self.checkout(ProtobufExporter(endpoint=self.endpoint(), headers=headers)))

    def test_json_joins_our_call(self):
        headers = {"Authorization": f"Bearer {self.sandbox.key}"}
        self.assert_joined(*self.checkout(json_exporter(endpoint=self.endpoint(), headers=headers)))

    # By hand

    def send(self, body, **headers):
        sent = {"Content-Type": "application/json", **headers}
        return self.platform.call("POST", "/_otlp/v1/traces", host=f"{self.sandbox.slug}.{DOMAIN}",
                                  key=self.sandbox.key, body=body, headers=sent)

    def span(self, **members):
        return {"traceId": "0af7651916cd43dd8448eb211c80319c", "spanId": "b7ad6b7169203331",
                "name": "by hand", "kind": 1, "startTimeUnixNano": "1790000000000000000",
                "endTimeUnixNano": "1790000000000500000", **members}

    def body(self, *spans):
        return json.dumps({"resourceSpans": [{"scopeSpans": [{"spans": list(spans)}]}]})

    def test_gzip_and_an_empty_request_are_taken(self):
        trace_id = "1" * 32
        body = gzip.compress(self.body(self.span(traceId=trace_id)).encode())
        self.assertEqual(self.send(body, **{"Content-Encoding": "gzip"}).body, b"{}")
        self.assertEqual(self.trace(trace_id).json["foreign_spans"], 1)
        self.assertEqual(self.send("{}").body, b"{}")
        empty = self.send(b"", **{"Content-Type": "application/x-protobuf"})
        self.assertEqual((empty.status, empty.body), (200, b""))

    def test_a_span_that_comes_twice_is_there_once(self):
        trace_id = "2" * 32
        for _ in range(2):
            self.send(self.body(self.span(traceId=trace_id)))
        self.assertEqual(self.trace(trace_id).json["foreign_spans"], 1)

    def test_spans_that_are_none_are_told_and_the_others_stay(self):
        trace_id = "3" * 32
        answer = self.send(self.body(
            self.span(traceId=trace_id), self.span(traceId="0" * 32), self.span(spanId="abc")))
        self.assertEqual(answer.status, 200)
        partial = answer.json["partialSuccess"]
        self.assertEqual(partial["rejectedSpans"], "2")
        self.assertIn("trace_id", partial["errorMessage"])
        self.assertEqual(self.trace(trace_id).json["foreign_spans"], 1)

    def test_what_cannot_be_read_is_400_in_the_requests_own_encoding(self):
        broken = self.send(b"\x0a\xff", **{"Content-Type": "application/x-protobuf"})
        self.assertEqual((broken.status, broken.headers["Content-Type"]),
                         (400, "application/x-protobuf"))
        self.assertEqual(broken.body[:2], b"\x08\x03")
        self.assertEqual(self.send("{").json["code"], 3)
        self.assertEqual(self.send("<x/>", **{"Content-Type": "text/xml"}).status, 415)
        self.assertEqual(self.send(b"no gzip", **{"Content-Encoding": "gzip"}).status, 400)
        self.assertEqual(self.send(b"{}", **{"Content-Encoding": "br"}).status, 415)

    def test_other_tenants_and_strangers_see_and_send_nothing(self):
        trace_id = "4" * 32
        self.send(self.body(self.span(traceId=trace_id)))
        other = self.platform.sign_up()
        self.assertEqual(self.trace(trace_id, other).status, 404)
        own = other.create_sandbox()
        mine = other.call("GET", f"/v1/sandboxes/{own.slug}/traces/{trace_id}")
        self.assertEqual(mine.status, 404, mine)
        foreign = self.platform.call(
            "POST", "/_otlp/v1/traces", host=f"{self.sandbox.slug}.{DOMAIN}", key=own.key,
            body=self.body(self.span()), headers={"Content-Type": "application/json"})
        self.assertEqual((foreign.status, foreign.code), (403, "wrong_sandbox"))


if __name__ == "__main__":
    unittest.main()
