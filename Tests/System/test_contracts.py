"""A contract that nobody has programmed: imported, mounted, and its answers held against it by an
independent validator."""

import json
import os
import subprocess
import time
import unittest
import urllib.parse

from harness import DOMAIN, REPOSITORY, OnePlatform, executable, temporary_folder

from openapi_core import OpenAPI
from openapi_core.testing import MockRequest, MockResponse
import stripe
import twilio.base.exceptions
import twilio.http.http_client
import twilio.rest

CORPUS = os.environ.get("SBX_CORPUS", os.path.join(REPOSITORY, "..", "shared", "corpus"))
PETSTORE = os.path.join(CORPUS, "openapi", "oai-petstore-expanded-3.0.yaml")

TWILIO = os.path.join(CORPUS, "openapi", "twilio-api-v2010.json")
STRIPE = os.path.join(CORPUS, "openapi", "stripe-2022-04-12.json")


class Contracts(OnePlatform):
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
        self.read_own_intents(client, made)
        self.read_own_subscriptions(client, made, price)
        self.assertTrue(client.v1.customers.delete(made.id).deleted)
        with self.assertRaises(stripe.InvalidRequestError) as refused:
            client.v1.customers.retrieve(made.id)
        self.assertEqual(refused.exception.http_status, 404)

    def read_own_intents(self, client, customer):
        made = client.v1.payment_intents.create(
            {"amount": 1250, "currency": "eur", "customer": customer.id, "metadata": {"order": "7"}})
        self.assertEqual((made.amount, made.currency, made.metadata["order"]), (1250, "eur", "7"))
        self.assertEqual(client.v1.payment_intents.retrieve(made.id).to_dict(), made.to_dict())
        changed = client.v1.payment_intents.update(made.id, {"description": "Order 7"})
        self.assertEqual((changed.description, changed.amount), ("Order 7", 1250))
        cancelled = client.v1.payment_intents.cancel(made.id)
        self.assertEqual(cancelled.status, "canceled")
        self.assertEqual(client.v1.payment_intents.retrieve(made.id).status, "canceled")
        listed = client.v1.payment_intents.list()
        self.assertEqual([intent.id for intent in listed.data], [made.id])

    def read_own_subscriptions(self, client, customer, price):
        made = client.v1.subscriptions.create(
            {"customer": customer.id, "items": [{"price": price.id}], "metadata": {"plan": "tea"}})
        self.assertEqual((made.customer, made.metadata["plan"]), (customer.id, "tea"))
        self.assertEqual(client.v1.subscriptions.retrieve(made.id).to_dict(), made.to_dict())
        changed = client.v1.subscriptions.update(made.id, {"metadata": {"plan": "coffee"}})
        self.assertEqual(changed.metadata["plan"], "coffee")
        listed = client.v1.subscriptions.list()
        self.assertEqual([subscription.id for subscription in listed.data], [made.id])
        client.v1.subscriptions.cancel(made.id)

    @unittest.skipUnless(os.path.exists(TWILIO), "corpus absent")
    def test_the_official_twilio_client_sends_and_reads_messages(self):
        self.run_command(TWILIO, "--name", "twilio", "--sandbox", self.sandbox.slug)
        base = f"http://localhost:{self.platform.port}/api/{self.sandbox.slug}/twilio"

        class AtSandbox(twilio.http.http_client.TwilioHttpClient):
            """Twilio's own client with another base URL, for which it has no setting."""

            def request(self, method, url, **rest):
                return super().request(
                    method, url.replace("https://api.twilio.com", base), **rest)

        # Basic, with the sandbox's key as user name.
        client = twilio.rest.Client(self.sandbox.key, "-", http_client=AtSandbox())
        account = client.api.v2010.accounts.create(friendly_name="Tests")
        client = twilio.rest.Client(
            self.sandbox.key, "-", account_sid=account.sid, http_client=AtSandbox())
        sent = client.messages.create(
            to="+15005550006", from_="+15005550001", body="Your parcel is here.")
        self.assertEqual((sent.to, sent.from_, sent.body),
                         ("+15005550006", "+15005550001", "Your parcel is here."))
        self.assertEqual(sent.account_sid, account.sid)
        read = client.messages(sent.sid).fetch()
        self.assertEqual((read.sid, read.body, read.status), (sent.sid, sent.body, sent.status))
        second = client.messages.create(to="+15005550009", from_="+15005550001", body="Another.")
        self.assertEqual({message.sid for message in client.messages.list()}, {sent.sid, second.sid})
        found = client.messages.list(to="+15005550009")
        self.assertEqual([message.sid for message in found], [second.sid])
        self.assertTrue(client.messages(sent.sid).delete())
        with self.assertRaises(twilio.base.exceptions.TwilioException) as refused:
            client.messages(sent.sid).fetch()
        self.assertIn("404", str(refused.exception))

    def test_a_change_that_breaks_clients_fails_the_command(self):
        folder = temporary_folder()
        paths = [os.path.join(folder, name) for name in ("old.json", "new.json")]
        for path, longest in zip(paths, (20, 10)):
            with open(path, "w") as file:
                json.dump({
                    "openapi": "3.1.0", "info": {"title": "T", "version": "1"},
                    "paths": {"/t": {"post": {"requestBody": {"content": {"application/json": {
                        "schema": {"type": "string", "maxLength": longest}}}},
                        "responses": {"204": {"description": "Done."}}}}}}, file)

        def diff(*options):
            return subprocess.run([executable(), "contract", "diff", *options, "--json"],
                                  capture_output=True, text=True, timeout=60)

        told = diff(*paths)
        self.assertEqual(told.returncode, 0, told)
        self.assertEqual(
            [change["rule"] for change in json.loads(told.stdout)["changes"]],
            ["request-maxLength-tightened"])
        self.assertEqual(diff(*paths, "--fail-on", "breaking").returncode, 1)
        self.assertEqual(diff(*reversed(paths), "--fail-on", "unknown").returncode, 0)
        self.assertEqual(diff(*paths, "--fail-on", "none").returncode, 2)
        lint = subprocess.run(
            [executable(), "contract", "lint", paths[0], "--fail-on", "warning", "--json"],
            capture_output=True, text=True, timeout=60)
        self.assertEqual(lint.returncode, 1, lint)
        self.assertIn("operation-id-missing",
                      [finding["rule"] for finding in json.loads(lint.stdout)["findings"]])

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
        # What the validator is told of the credential: it asks for the contract's own kind.
        self.credential = {}

    def call(self, method, path, body=None, status=None):
        answer = self.sandbox.platform.call(
            method, path, host=self.host, key=self.sandbox.key, json_body=body)
        if status is not None:
            assert answer.status == status, answer
        else:
            assert 200 <= answer.status < 300, answer
        request = MockRequest(
            self.server, method.lower(), self.base + path, headers=self.credential,
            data=None if body is None else json.dumps(body).encode(),
            content_type="application/json" if body is not None else "")
        kind = answer.headers.get("content-type") or ""
        response = MockResponse(answer.body, status_code=answer.status, content_type=kind)
        self.openapi.validate_request(request)
        self.openapi.validate_response(request, response)
        return answer.json if answer.body else None


if __name__ == "__main__":
    unittest.main()
