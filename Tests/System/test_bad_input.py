"""Bad input on every operation with a body: a problem document that points at the member, and
nothing stored.

The operations come from the contracts themselves, so a new one is covered the day it is written.
"""

import http.client
import json
import os
import socket
import unittest

from harness import ADMIN_KEY, REPOSITORY, Platform, payment

# What grows although a call was refused: the log of calls, and what counts them.
TABLES_THAT_MAY_GROW = ("request_log", "usage", "call_counts")
UNKNOWN_MEMBER = "no_such_member_of_any_contract"
# Flags carry names of the caller's own; of a client's metadata what is unknown is to be ignored
# (RFC 7591, section 2).
TAKE_ANY_MEMBER = ("set_flags", "create_client")
# A contract is a document of any shape and media type; its own tests say what is refused.
TAKE_ANY_DOCUMENT = ("import_contract", "lint_contract", "diff_contract", "import_rules",
                         "put_contract_overlay")


class Operation:
    def __init__(self, document, method, path, item, operation):
        self.document, self.method, self.path = document, method.upper(), path
        self.name = operation["operationId"]
        content = operation["requestBody"]["content"]["application/json"]
        self.schema = self.resolve(content["schema"])
        examples = [entry["value"] for entry in content.get("examples", {}).values()]
        self.example = content["example"] if "example" in content else examples[0]
        self.body_is_required = operation["requestBody"].get("required", False)

    def resolve(self, schema):
        while "$ref" in schema:
            target = self.document
            for part in schema["$ref"].removeprefix("#/").split("/"):
                target = target[part]
            schema = {**target, **{key: value for key, value in schema.items() if key != "$ref"}}
        return schema

    def wrong_values(self):
        """Each member whose type is known, with a value of a type that it does not have."""
        for name, schema in self.schema.get("properties", {}).items():
            types = self.resolve(schema).get("type")
            if types is None:
                continue
            types = [types] if isinstance(types, str) else types
            yield name, "text" if "boolean" in types else True


def operations(document):
    for path, item in document["paths"].items():
        for method, operation in item.items():
            if isinstance(operation, dict) and "requestBody" in operation:
                yield Operation(document, method, path, item, operation)


class BadInput(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.platform = Platform()
        cls.addClassCleanup(cls.platform.close)
        cls.platform.start()
        cls.tenant = cls.platform.sign_up()
        cls.platform.raise_limits(cls.tenant.id)
        cls.sandbox = cls.tenant.create_sandbox()

        held = cls.sandbox.call("POST", "/v1/payments",
                                json_body=payment(capture_method="manual")).json
        customer = cls.sandbox.call("POST", "/v1/customers", json_body={}).json
        cls.places = {"sandbox": cls.sandbox.id, "tenant": cls.tenant.id, "payment": held["id"],
                      "customer": customer["id"]}

        platform_api = cls.platform.call("GET", "/openapi.json").json
        with open(os.path.join(REPOSITORY, "contracts", "payments.json")) as file:
            payments_api = json.load(file)
        cls.all = [(operation, "localhost") for operation in operations(platform_api)]
        cls.all += [(operation, cls.sandbox.host()) for operation in operations(payments_api)]
        cls.all = [(operation, host) for operation, host in cls.all
                   if operation.name not in TAKE_ANY_DOCUMENT]

    def setUp(self):
        self.before = self.stored_rows()

    def tearDown(self):
        self.assertEqual(self.stored_rows(), self.before, "a refused call stored something")

    def stored_rows(self):
        names = [row[0] for row in self.platform.sql(
            "SELECT relname FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace"
            " WHERE nspname = 'sbx' AND relkind = 'r' ORDER BY relname")]
        names = [name for name in names if not name.startswith(TABLES_THAT_MAY_GROW)]
        counts = " UNION ALL ".join(
            f"SELECT '{name}', count(*) FROM sbx.{name}" for name in names)
        return dict(self.platform.sql(counts))

    def send(self, operation, host, body, content_type="application/json", headers=None):
        if not isinstance(body, (bytes, str)):
            body = json.dumps(body)
        key = self.sandbox.key if host != "localhost" else (
            ADMIN_KEY if operation.path.startswith("/admin") else self.tenant.key)
        fields = dict(headers or {})
        if content_type is not None:
            fields["Content-Type"] = content_type
        path = operation.path
        for name, value in self.places.items():
            path = path.replace("{%s}" % name, value)
        return self.platform.call(operation.method, path, host=host, key=key, body=body,
                                  headers=fields)

    def expect(self, answer, status, code, pointer=None):
        self.assertEqual((answer.status, answer.code), (status, code), answer)
        problem = answer.json
        for member in ["type", "title", "detail", "hint", "request_id"]:
            self.assertTrue(problem.get(member), f"{member} is missing in {problem}")
        if pointer is not None:
            pointers = [fault["pointer"] for fault in problem.get("errors", [])]
            self.assertIn(pointer, pointers, answer)

    def check_each(self, check):
        """Calls `check(send, operation)` for every operation, each reported by its name."""
        for operation, host in self.all:
            with self.subTest(operation.name):
                check(lambda *rest, **named: self.send(operation, host, *rest, **named), operation)

    def test_there_are_operations_to_test(self):
        names = {operation.name for operation, _ in self.all}
        self.assertLessEqual({"sign_up", "create_sandbox", "create_payment", "create_refund"}, names)

    def test_not_json(self):
        bodies = [b"{", b'{"a": }', b"{'a': 1}", b'{"a": 1} x', b'{"a": 01}', b'{"a": "\xff\xfe"}',
                  b'{"a": "\x00"}', b'{"a": 1, "a": 2}', b"[" * 100_000, b'"\\ud800"']
        def check(send, operation):
            for body in bodies:
                self.expect(send(body), 400, "malformed_body", "")
        self.check_each(check)

    def test_another_type_than_an_object(self):
        def check(send, operation):
            for body in ["[]", '"text"', "1", "true", "null"]:
                self.expect(send(body), 400, "validation_failed", "")
        self.check_each(check)

    def test_a_member_of_the_wrong_type(self):
        def check(send, operation):
            for name, value in operation.wrong_values():
                answer = send({**operation.example, name: value})
                self.expect(answer, 400, "validation_failed", f"/{name}")
        self.check_each(check)

    def test_a_missing_member(self):
        def check(send, operation):
            for name in operation.schema.get("required", []):
                body = {key: value for key, value in operation.example.items() if key != name}
                answer = send(body)
                self.expect(answer, 400, "validation_failed", f"/{name}")
        self.check_each(check)

    def test_an_unknown_member(self):
        def check(send, operation):
            if operation.schema.get("additionalProperties", True) is not False:
                self.assertIn(operation.name, TAKE_ANY_MEMBER)
                return
            answer = send({**operation.example, UNKNOWN_MEMBER: 1})
            self.expect(answer, 400, "validation_failed", f"/{UNKNOWN_MEMBER}")
        self.check_each(check)

    def test_no_body_where_one_is_required(self):
        def check(send, operation):
            if operation.body_is_required:
                answer = send(b"")
                self.assertIn(answer.status, [400, 415], answer)
                self.assertIsNotNone(answer.code, answer)
        self.check_each(check)

    def test_a_wrong_media_type(self):
        def check(send, operation):
            for content_type in ["text/plain", "application/xml", "application/jsonx"]:
                answer = send(operation.example, content_type)
                self.expect(answer, 415, "unsupported_media_type")
        self.check_each(check)

    def test_a_body_announced_too_large_is_refused_unread(self):
        def check(send, operation):
            answer = send(b"{", headers={"Content-Length": "100000000"})
            self.expect(answer, 413, "payload_too_large")
        self.check_each(check)

    def test_a_body_that_grows_too_large(self):
        """Chunked, so that its size is known only while it comes."""
        head = (f"POST /v1/payments HTTP/1.1\r\nHost: {self.sandbox.host()}:{self.platform.port}\r\n"
                f"Authorization: Bearer {self.sandbox.key}\r\nContent-Type: application/json\r\n"
                "Transfer-Encoding: chunked\r\n\r\n").encode()
        chunk = b"10000\r\n" + b" " * 65536 + b"\r\n"
        with socket.create_connection(("127.0.0.1", self.platform.port), timeout=15) as connection:
            connection.sendall(head)
            try:
                for _ in range(512):
                    connection.sendall(chunk)
            except OSError:
                pass    # It stopped reading, as it should; the answer is there to be read.
            answer = http.client.HTTPResponse(connection)
            answer.begin()
            self.assertEqual(answer.status, 413)


if __name__ == "__main__":
    unittest.main()
