"""What imported contracts declare that they send, as a receiver meets it: verified by the official
package, held against the contract."""

import json
import os
import pathlib
import unittest
import urllib.parse

from harness import REPOSITORY     # First: it finds the packages below.
from test_webhooks import SETTLE_SECONDS, WebhookCase

import jsonschema
import standardwebhooks

CORPUS = pathlib.Path(
    os.environ.get("SBX_CORPUS", os.path.join(REPOSITORY, "..", "shared", "corpus")), "openapi")
PET = {"type": "object", "required": ["id", "name"], "properties": {
    "id": {"type": "integer"}, "name": {"type": "string"}, "tag": {"type": "string"}}}
DATA = {"type": "object", "properties": {
    "timestamp": {"type": "string"}, "userData": {"type": "string"}}}


class ContractCase(WebhookCase):
    def mount(self, document, name):
        """Imports a contract, a document or a file of the corpus, and mounts it."""
        if isinstance(document, str):
            body, kind = (CORPUS / document).read_bytes(), "application/yaml"
        else:
            body, kind = json.dumps(document), "application/json"
        imported = self.tenant.call("POST", f"/v1/contracts?name={name}", body=body,
                                    headers={"Content-Type": kind})
        self.assertEqual(imported.status, 201, imported)
        self.api("POST", "/contracts", {"contract": name}, 201)


class DeclaredWebhooks(ContractCase):
    def test_a_declared_webhook_arrives_as_declared_and_again_on_request(self):
        self.mount("oai-webhook-example-3.1.yaml", "pets")
        kind = "webhook.pets.new_pet"
        self.assertIn(kind, [item["type"] for item in self.api("GET", "/event-types")["data"]])
        sink = self.sink()
        secret = self.endpoint(sink.url, events=[kind])["secret"]
        event = self.api("POST", f"/events/{kind}", {"overrides": {"name": "Rex"}}, 201)
        headers, body = self.wait(sink.accepted, "the delivery")[0]
        pet = standardwebhooks.Webhook(secret).verify(body, headers)
        jsonschema.validate(pet, PET)
        self.assertEqual(pet["name"], "Rex")
        self.assertEqual(pet, event["data"]["object"])
        made = self.wait(lambda: self.api("GET", "/deliveries?status=delivered")["data"], "the log")[0]
        self.assertEqual((made["event"], made["type"]), (event["id"], kind))
        self.api("POST", f"/deliveries/{made['id']}/redeliver", None, 202)
        again = self.wait(lambda: sink.accepted()[1:], "the second delivery")[0]
        self.assertEqual((again[0]["webhook-id"], again[1]), (headers["webhook-id"], body))
        self.api("POST", f"/events/{kind}", {"overrides": {"id": "no number"}}, 400)


class Callbacks(ContractCase):
    def setUp(self):
        super().setUp()
        self.mount("oai-callback-example-3.0.yaml", "streams")

    def subscribe(self, url, **headers):
        query = urllib.parse.urlencode({"callbackUrl": url})
        with self.platform.client() as client:
            answer = client.call("POST", f"/streams?{query}", host=self.sandbox.host("streams"),
                                 key=self.sandbox.key, headers=headers)
        self.assertEqual(answer.status, 201, answer)
        return answer

    def base(self, sink):
        return sink.url.removesuffix("/hook")

    def test_a_callback_arrives_signed_and_after_a_failure_and_a_kill(self):
        secret = self.api("POST", "/callbacks/rotate-secret", {})["secret"]
        sink = self.sink(answer=lambda number, request: 500 if number == 1 else 200)
        self.subscribe(self.base(sink), **{"Idempotency-Key": "one"})
        self.wait(lambda: sink.requests, "the first attempt")
        self.platform.kill()
        self.platform.start()
        self.subscribe(self.base(sink), **{"Idempotency-Key": "one"})
        headers, body = self.wait(sink.accepted, "the second attempt", SETTLE_SECONDS)[0]
        data = standardwebhooks.Webhook(secret).verify(body, headers)
        jsonschema.validate(data, DATA)
        made = self.wait(lambda: self.api("GET", "/deliveries?status=delivered")["data"], "the log")
        self.assertEqual(len(made), 1, "the repeated call sends nothing")
        self.assertEqual(made[0]["type"], "callback.streams.on_data")
        self.assertEqual(made[0]["callback"], {"method": "POST", "url": self.base(sink) + "/data"})
        self.assertEqual(sink.requests[0][0]["webhook-id"], headers["webhook-id"])

    def test_a_refused_address_is_not_called_and_told(self):
        sink = self.sink()
        self.tenant.call("PUT", "/v1/denied-hosts", json_body={"hosts": ["127.0.0.1"]})
        self.addCleanup(self.tenant.call, "PUT", "/v1/denied-hosts", json_body={"hosts": []})
        answer = self.subscribe(self.base(sink))
        self.assertEqual(self.api("GET", "/deliveries")["data"], [])
        row = self.wait(lambda: self.row(answer), "the call's row")
        notes = [decision["evidence"]["callbacks"] for decision in row["decisions"]
                 if "callbacks" in decision.get("evidence", {})]
        self.assertEqual(notes[0][0]["not_sent"]["rule"], "denied_hosts", row)
        self.assertEqual(sink.requests, [])

    def row(self, answer):
        found = self.tenant.call(
            "GET", f"/v1/sandboxes/{self.sandbox.slug}/requests/{answer.headers['Request-Id']}")
        return found.json if found.status == 200 else None


if __name__ == "__main__":
    unittest.main()
