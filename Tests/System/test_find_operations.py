"""Looking for operations costs the same whatever the size of the contracts: their documents are not
read for it."""

import json
import os
import statistics
import time
import unittest

from harness import REPOSITORY, OnePlatform

CORPUS = os.environ.get("SBX_CORPUS", os.path.join(REPOSITORY, "..", "shared", "corpus"))
STRIPE = os.path.join(CORPUS, "openapi", "stripe-2022-04-12.json")
MUSEUM = {"openapi": "3.0.3", "info": {"title": "Museum", "version": "1"}, "paths": {"/tickets": {
    "post": {"operationId": "buyTickets", "summary": "Buy museum tickets",
             "responses": {"201": {"description": "Bought."}}},
    "get": {"summary": "Nobody has named it", "responses": {"200": {"description": "Fine."}}}}}}


class FindOperations(OnePlatform):
    def setUp(self):
        self.tenant = self.platform.sign_up()
        self.sandbox = self.tenant.create_sandbox()

    def mount(self, name, document):
        imported = self.tenant.call("POST", f"/v1/contracts?name={name}", body=document,
                                    headers={"Content-Type": "application/json"})
        self.assertEqual(imported.status, 201, imported)
        mounted = self.tenant.call("POST", f"/v1/sandboxes/{self.sandbox.slug}/contracts",
                                   json_body={"contract": name})
        self.assertEqual(mounted.status, 201, mounted)

    def found(self, words, **more):
        query = "&".join(f"{name}={value}" for name, value in {"q": words, **more}.items())
        answer = self.tenant.call("GET", f"/v1/sandboxes/{self.sandbox.slug}/operations?{query}")
        self.assertEqual(answer.status, 200, answer)
        return answer.json["data"]

    def test_all_mounted_contracts_are_looked_through(self):
        self.mount("museum", json.dumps(MUSEUM))
        self.assertEqual(self.found("ticket%20buy"), [
            {"contract": "museum", "id": "buyTickets", "method": "POST", "path": "/tickets",
             "summary": "Buy museum tickets"}])
        self.assertIn("create_payment", [found["id"] for found in self.found("create%20payment")])
        self.assertEqual([found["id"] for found in self.found("named")], ["GET /tickets"])
        self.assertEqual(self.found("unicorn"), [])
        self.assertEqual(len(self.found("", limit=3)), 3)

    def test_a_second_search_reads_no_document(self):
        self.mount("museum", json.dumps(MUSEUM))
        first = self.found("ticket")
        # Whoever read the document now would fail.
        self.platform.sql("UPDATE sbx.contracts SET source = 'no document', source_sha256 = 'no sum'"
                          " WHERE name = 'museum'")
        self.assertEqual(self.found("ticket"), first)
        self.assertEqual(len(self.found("museum")), 1)

    @unittest.skipUnless(os.path.exists(STRIPE), "corpus absent")
    def test_a_contract_of_four_megabytes_is_looked_through_at_once(self):
        with open(STRIPE, "rb") as file:
            self.mount("stripe", file.read())
        took = []
        for words in ("charge", "create%20refund", "payment_intent", "subscription%20item", "nothing%20at%20all"):
            began = time.perf_counter()
            self.found(words, limit=8)
            took.append((time.perf_counter() - began) * 1000)
        print(f"measured search in stripe: first {took[0]:.1f} ms, then {statistics.median(took[1:]):.1f} ms")
        self.assertEqual(len(self.found("payment_intent", limit=8)), 8)


if __name__ == "__main__":
    unittest.main()
