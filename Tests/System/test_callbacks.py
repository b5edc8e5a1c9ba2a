"""What imported contracts declare that they send, as a receiver meets it: verified by the official
package, held against the contract."""

import json
import os
import pathlib
import unittest

from harness import REPOSITORY     # First: it finds the packages below.
from test_webhooks import WebhookCase

import jsonschema
import standardwebhooks

CORPUS = pathlib.Path(
    os.environ.get("SBX_CORPUS", os.path.join(REPOSITORY, "..", "shared", "corpus")), "openapi")
PET = {"type": "object", "required": ["id", "name"], "properties": {
    "id": {"type": "integer"}, "name": {"type": "string"}, "tag": {"type": "string"}}}


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


if __name__ == "__main__":
    unittest.main()
