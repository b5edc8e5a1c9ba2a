"""A contract that nobody has programmed: imported, mounted, and its answers held against it by an
independent validator."""

import json
import os
import subprocess
import time
import unittest
import urllib.parse

from harness import DOMAIN, REPOSITORY, Platform, executable, temporary_folder

from openapi_core import OpenAPI
from openapi_core.testing import MockRequest, MockResponse
import stripe

CORPUS = os.environ.get("SBX_CORPUS", os.path.join(REPOSITORY, "..", "shared", "corpus"))
PETSTORE = os.path.join(CORPUS, "openapi", "oai-petstore-expanded-3.0.yaml")

STRIPE = os.path.join(CORPUS, "openapi", "stripe-2022-04-12.json")


class Contracts(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.platform = Platform()
        cls.addClassCleanup(cls.platform.close)
        cls.platform.start()

    def setUp(self):
        self.tenant = self.platform.sign_up()
        self.sandbox = self.tenant.create_sandbox()

    @unittest.skipUnless(os.path.exists(PETSTORE), "corpus absent")
    def test_an_object_of_a_published_contract_is_made_and_read_back(self):
        self.run_command(PETSTORE, "--name", "petstore", "--sandbox", self.sandbox.slug)
        checked = Checked(PETSTORE, self.sandbox, "petstore")
        made = checked.call("POST", "/pets", {"name": "Rex", "tag": "dog"})
        self.assertEqual((made["name"], made["tag"]), ("Rex", "dog"))
        self.assertEqual(checked.call("GET", f"/pets/{made['id']}"), made)
        self.assertEqual(checked.call("GET", "/pets"), [made])
        checked.call("DELETE", f"/pets/{made['id']}")
        gone = checked.call("GET", f"/pets/{made['id']}", status=404)
        self.assertIn(str(made["id"]), gone["message"])

    @unittest.skipUnless(os.path.exists(STRIPE), "corpus absent")
    def test_the_official_stripe_client_reads_its_own_writes(self):
        began = time.monotonic()
        self.run_command(STRIPE, "--name", "stripe", "--sandbox", self.sandbox.slug)
        imported = time.monotonic()
        client = stripe.StripeClient(self.sandbox.key, base_addresses={
            "api": f"http://localhost:{self.platform.port}/api/{self.sandbox.slug}/stripe"})
        made = client.v1.customers.create({"email": "jenny.rosen@example.com", "metadata": {"run": "7"}})
        answered = time.monotonic()
        print(f"measured stripe: import {imported - began:.2f} s, first answer {answered - imported:.2f} s")
        self.assertEqual((made.email, made.metadata["run"]), ("jenny.rosen@example.com", "7"))
        self.assertEqual(client.v1.customers.retrieve(made.id).to_dict(), made.to_dict())
        changed = client.v1.customers.update(made.id, {"name": "Jenny Rosen"})
        self.assertEqual((changed.name, changed.email), ("Jenny Rosen", "jenny.rosen@example.com"))
        product = client.v1.products.create({"name": "Tea"})
        price = client.v1.prices.create(
            {"product": product.id, "currency": "eur", "unit_amount": 350})
        self.assertEqual((price.unit_amount, price.currency, price.product),
                         (350, "eur", product.id))
        self.assertEqual(client.v1.prices.retrieve(price.id).unit_amount, 350)
        renamed = client.v1.products.update(product.id, {"name": "Green tea"})
        self.assertEqual(renamed.name, "Green tea")
        second = client.v1.customers.create({"email": "other@example.com"})
        listed = [customer.id for customer in client.v1.customers.list({"limit": 1}).auto_paging_iter()]
        self.assertEqual(listed, [second.id, made.id])
        found = client.v1.customers.list({"email": "other@example.com"})
        self.assertEqual([customer.id for customer in found.data], [second.id])
        self.assertTrue(client.v1.customers.delete(made.id).deleted)
        with self.assertRaises(stripe.InvalidRequestError) as refused:
            client.v1.customers.retrieve(made.id)
        self.assertEqual(refused.exception.http_status, 404)

    def test_a_contract_that_cannot_be_used_is_refused_by_the_command(self):
        folder = temporary_folder()
        path = os.path.join(folder, "bad.yaml")
        with open(path, "w") as file:
            file.write("openapi: 3.1.0\ninfo: {title: Bad, version: '1'}\npaths: {}\n")
        done = self.command(path)
        self.assertEqual(done.returncode, 1, done)
        self.assertEqual(json.loads(done.stdout)["errors"][0]["pointer"], "/paths")

    def run_command(self, file, *options):
        done = self.command(file, *options)
        self.assertEqual(done.returncode, 0, done)
        return json.loads(done.stdout)

    def command(self, file, *options):
        return subprocess.run(
            [executable(), "contract", "import", file, "--json", "--key", self.tenant.key,
             "--url", f"http://127.0.0.1:{self.platform.port}", *options],
            capture_output=True, text=True, timeout=60)


class Checked:
    """Calls of one contract, requests and answers held against it by openapi-core."""

    def __init__(self, path, sandbox, name):
        self.sandbox, self.name = sandbox, name
        self.host = f"{name}--{sandbox.slug}.{DOMAIN}"
        self.openapi = OpenAPI.from_file_path(path)
        with self.openapi.spec.open() as document:
            servers = document.get("servers") or [{"url": "/"}]
        url = urllib.parse.urlsplit(servers[0]["url"])
        self.server = f"{url.scheme or 'http'}://{url.netloc or 'localhost'}"
        self.base = url.path.rstrip("/")

    def call(self, method, path, body=None, status=None):
        answer = self.sandbox.platform.call(
            method, path, host=self.host, key=self.sandbox.key, json_body=body)
        if status is not None:
            assert answer.status == status, answer
        else:
            assert 200 <= answer.status < 300, answer
        request = MockRequest(
            self.server, method.lower(), self.base + path,
            data=None if body is None else json.dumps(body).encode(),
            content_type="application/json" if body is not None else "")
        kind = answer.headers.get("content-type") or ""
        response = MockResponse(answer.body, status_code=answer.status, content_type=kind)
        self.openapi.validate_request(request)
        self.openapi.validate_response(request, response)
        return answer.json if answer.body else None


if __name__ == "__main__":
    unittest.main()
