"""A mounted contract whose operations a server of another make answers: passed on, held against the
contract, recorded, and replayed without it. What must not leave the platform does not arrive there."""

import http.server
import json
import subprocess
import threading
import unittest

from harness import DOMAIN, Platform, executable

CONTRACT = {
    "openapi": "3.0.3", "info": {"title": "Pets", "version": "1"},
    "components": {
        "securitySchemes": {"key": {"type": "apiKey", "in": "query", "name": "api_key"}},
        "schemas": {"Pet": {
            "type": "object", "required": ["id", "name"],
            "properties": {"id": {"type": "integer"}, "name": {"type": "string"}}}}},
    "security": [{"key": []}],
    "paths": {
        "/pets": {"get": {"operationId": "list_pets", "responses": {"200": {
            "description": "All.", "content": {"application/json": {"schema": {
                "type": "array", "items": {"$ref": "#/components/schemas/Pet"}}}}}}}},
        "/pets/{pet}": {"get": {
            "operationId": "get_pet",
            "parameters": [{"name": "pet", "in": "path", "required": True,
                            "schema": {"type": "integer"}}],
            "responses": {"200": {"description": "It.", "content": {"application/json": {
                "schema": {"$ref": "#/components/schemas/Pet"}}}}}}},
    },
}


class Upstream:
    """Python's own server. `pets` are what it answers, by id; `asked` are path and fields."""

    def __init__(self):
        self.pets, self.asked = {}, []
        upstream = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                upstream.asked.append((self.path, dict(self.headers)))
                name = self.path.split("?")[0].rsplit("/", 1)[-1]
                value = list(upstream.pets.values()) if name == "pets" else upstream.pets.get(name)
                body = json.dumps(value).encode()
                self.send_response(404 if value is None else 200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/api"
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


class Upstreams(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.platform = Platform("--egress-allow", "127.0.0.0/8")
        cls.addClassCleanup(cls.platform.close)
        cls.platform.start()

    def setUp(self):
        self.upstream = Upstream()
        self.addCleanup(self.upstream.close)
        self.upstream.pets = {"1": {"id": 1, "name": "Rex"}, "2": {"id": "two", "name": "Ada"}}
        self.tenant = self.platform.sign_up()
        self.sandbox = self.tenant.create_sandbox()
        imported = self.tenant.call("POST", "/v1/contracts?name=pets", json_body=CONTRACT)
        self.assertEqual(imported.status, 201, imported)
        self.place = f"/v1/sandboxes/{self.sandbox.id}/contracts"
        mounted = self.tenant.call("POST", self.place, json_body={"contract": "pets"})
        self.assertEqual(mounted.status, 201, mounted)

    def get(self, path):
        mark = "&" if "?" in path else "?"
        with self.platform.client() as client:
            return client.call(
                "GET", f"{path}{mark}api_key={self.sandbox.key}",
                host=f"pets--{self.sandbox.slug}.{DOMAIN}")

    def set(self, **settings):
        answer = self.tenant.call("PATCH", self.place + "/pets", json_body=settings)
        self.assertEqual(answer.status, 200, answer)
        return answer.json

    def test_answers_are_passed_on_held_against_the_contract_and_replayed_without_the_upstream(self):
        secret = "upstream-key-of-this-test"
        shown = self.set(mode="record", upstream={
            "base_url": self.upstream.url, "credential": {"header": "X-Key", "secret": secret}})
        self.assertEqual(shown["upstream"]["credential"], {"header": "X-Key"})
        good, bad = self.get("/pets/1"), self.get("/pets/2")
        self.assertEqual((good.json, good.headers["X-Sbx-Mode"]), (self.upstream.pets["1"], "record"))
        self.assertIsNone(good.headers["X-Sbx-Drift"])
        self.assertEqual((bad.json, bad.headers["X-Sbx-Drift"]), (self.upstream.pets["2"], "1"))
        for path, fields in self.upstream.asked:
            self.assertIn(path, ("/api/pets/1", "/api/pets/2"))
            self.assertEqual(fields["X-Key"], secret)
            self.assertNotIn(self.sandbox.key, json.dumps([path, fields]))
        drift = self.tenant.call("GET", self.place + "/pets/drift").json["data"]
        self.assertEqual(
            [(line["operation"], line["answers"], line["drifted"]) for line in drift],
            [("get_pet", 2, 1)])
        self.assertEqual(drift[0]["findings"][0]["pointer"], "/id")
        self.set(mode="simulate")
        self.upstream.pets = {}
        for number, first in (("1", good), ("2", bad)):
            replayed = self.get(f"/pets/{number}")
            self.assertEqual(replayed.json, first.json, replayed)
            self.assertTrue(replayed.headers["X-Sbx-Simulated"].startswith("rule=recorded-get-pet-"))
        self.assertEqual(len(self.upstream.asked), 2)

    def test_a_denied_host_is_out_of_reach_by_every_way_that_a_url_comes_in(self):
        self.set(mode="passthrough", upstream={"base_url": self.upstream.url})
        self.assertEqual(self.get("/pets/1").status, 200)
        denied = self.tenant.call(
            "PUT", "/v1/denied-hosts", json_body={"hosts": ["127.0.0.1", "*.prod.example"]})
        self.assertEqual(denied.status, 200, denied)
        refused = self.get("/pets/1")
        self.assertEqual((refused.status, refused.code), (403, "upstream_refused"))
        sandbox = f"/v1/sandboxes/{self.sandbox.id}"
        for method, path, body in (
                ("POST", sandbox + "/webhook-endpoints",
                 {"url": "https://api.prod.example/hook", "events": ["*"]}),
                ("PATCH", self.place + "/pets",
                 {"upstream": {"base_url": "https://api.prod.example"}}),
                ("POST", "/v1/contracts/pets/conformance",
                 {"base_url": "https://api.prod.example"})):
            answer = self.tenant.call(method, path, json_body=body)
            self.assertEqual(answer.json["errors"][0]["rule"], "denied_hosts", answer)
        self.assertEqual(len(self.upstream.asked), 1)

    def test_the_command_says_where_a_server_drifts_and_fails_for_it(self):
        done, told = self.conformance()
        self.assertEqual(done.returncode, 1, done)
        verdicts = {line["operation"]: line["verdict"] for line in told["operations"]}
        self.assertEqual(verdicts, {"list_pets": "drifts", "get_pet": "conforms"})
        self.assertEqual(told["operations"][0]["findings"][0]["pointer"], "/1/id")
        del self.upstream.pets["2"]
        done, told = self.conformance()
        self.assertEqual((done.returncode, told["conforms"]), (0, 2), done)

    def conformance(self):
        done = subprocess.run(
            [executable(), "contract", "conformance", "pets", "--json", "--key", self.tenant.key,
             "--url", f"http://127.0.0.1:{self.platform.port}", "--base-url", self.upstream.url,
             "--parameters", "pet=1"], capture_output=True, text=True, timeout=60)
        return done, json.loads(done.stdout)


if __name__ == "__main__":
    unittest.main()
