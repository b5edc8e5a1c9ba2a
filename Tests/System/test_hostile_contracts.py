"""Contracts that were made to hurt: each ends in a clear problem or is served, within bounded time
and memory, and the server goes on answering others meanwhile."""

import http.client
import io
import json
import os
import threading
import time
import unittest
import zipfile

from harness import Client, Platform, executable

# What an optimised build takes less than a tenth of; without optimisation all takes 20 times as long.
SLOWNESS = 20 if "/debug/" in executable() else 1
SECONDS_MAX = 10 * SLOWNESS
# What one of these may take while it is read: some ten times its own size, and the allocator's slack.
GROWTH_MEGABYTES_MAX = 1_200
# Others wait for a loop, where bodies are held against schemas, never for the reader of contracts.
OTHERS_SECONDS_MAX = 3 * SLOWNESS


def contract(schemas, body="#/components/schemas/A"):
    return {
        "openapi": "3.1.0", "info": {"title": "Hostile", "version": "1"},
        "paths": {"/a": {"post": {
            "operationId": "make",
            "requestBody": {"content": {"application/json": {"schema": {"$ref": body}}}},
            "responses": {"200": {"description": "", "content": {"application/json": {
                "schema": {"type": "object"}}}}}}}},
        "components": {"schemas": schemas}}


def as_bytes(document):
    return json.dumps(document).encode()


def nested_schema(levels):
    schema = {"type": "string"}
    for _ in range(levels):
        schema = {"type": "object", "properties": {"a": schema}}
    return schema


def alias_bomb():
    lines = ["openapi: 3.1.0", "x0: &x0 [" + ",".join(["lol"] * 9) + "]"]
    lines += [f"x{n}: &x{n} [" + ",".join([f"*x{n - 1}"] * 9) + "]" for n in range(1, 12)]
    return "\n".join(lines).encode()


REFUSED = {
    "objects nested 100,000 deep": b'{"a":' * 100_000,
    "arrays nested 1,000,000 deep": b"[" * 1_000_000,
    "YAML flows nested 100,000 deep": b"a: " + b"[" * 100_000,
    "YAML blocks nested 5,000 deep": b"".join(b" " * n + b"a:\n" for n in range(2_500)),
    "an alias bomb": alias_bomb(),
    "an alias of itself": b"openapi: 3.1.0\npaths: &p\n  /a: *p\n",
    "bytes that are no UTF-8": b'{"openapi": "3.1.0", "info": {"title": "\xff\xfe"}}',
    "UTF-16": '{"openapi": "3.1.0"}'.encode("utf-16"),
    "control characters": b"openapi: 3.1.0\ninfo: \x00\x01\x02\n",
    "nothing": b"",
    "blanks": b" " * 1_000_000,
    "a number of 1,000,000 digits": b'{"openapi": ' + b"9" * 1_000_000 + b"}",
    "a reference to itself": as_bytes({
        "openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {"$ref": "#/paths"}}),
}

def archive(files):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as written:
        for path, content in files.items():
            written.writestr(path, content)
    return packed.getvalue()


def with_files(files):
    return archive({"openapi.yaml": as_bytes(contract({"A": {"$ref": "a.yaml"}})), **files})


REFUSED |= {
    "an archive of 200 MB in 0.2 MB": archive({"openapi.yaml": b"a" * 200_000_000}),
    "an archive of 10,000 files": archive({f"{n}.yaml": "a: 1" for n in range(10_000)}),
    "an archive of 40 files of 1 MB": archive({
        f"{n}.yaml": os.urandom(5_000).hex() * 100 for n in range(40)}),
    "files of aliases": with_files({
        f"{n}.yaml": "x: &x [" + "0," * 1_000 + "0]\ny: [" + "*x," * 900 + "*x]\n" for n in range(50)}),
    "maps that are put in place 10^8 times": with_files({
        "a.yaml": "properties: {$ref: m0.yaml}", "m8.yaml": "a: {type: string}",
        **{f"m{n}.yaml": "".join(f"p{k}: {{properties: {{$ref: m{n + 1}.yaml}}}}\n" for k in range(10))
           for n in range(8)}}),
}

# Read, perhaps with warnings; then a body is held against it.
SERVED = {
    "references that double thirty times": (contract({
        **{f"B{n}": {"allOf": [{"$ref": f"#/components/schemas/B{n + 1}"}] * 2} for n in range(30)},
        "B30": {"type": "object"}, "A": {"$ref": "#/components/schemas/B0"}}), {}),
    "a schema of alternatives of itself": (contract({"A": {"anyOf": [
        {"$ref": "#/components/schemas/A"}, {"$ref": "#/components/schemas/A"}]}}), {}),
    "a chain of 10,000 references": (contract({
        **{f"C{n}": {"$ref": f"#/components/schemas/C{n + 1}"} for n in range(10_000)},
        "C10000": {"type": "object"}, "A": {"$ref": "#/components/schemas/C0"}}), {}),
    "files that refer to each other 5,000 times": (with_files({
        "a.yaml": "anyOf:\n" + "".join(f"- {{$ref: 'b.yaml#/p/{n}'}}\n" for n in range(5_000)),
        "b.yaml": "p:\n" + "".join(f"- {{not: {{$ref: 'b.yaml#/p/{n + 1}'}}}}\n" for n in range(5_000))
                  + "- {type: string}\n"}), {}),
    "a schema nested 200 deep": (contract({"A": nested_schema(200)}), {"a": {"a": {}}}),
    "an enumeration of 1,000,000 values": (contract({"A": {"enum": list(range(1_000_000))}}), 999_999),
    "patterns that backtrack": (contract({"A": {"type": "object", "properties": {
        "a": {"type": "string", "pattern": "^(a+)+$"},
        "b": {"type": "string", "pattern": "^(a|a)*$"},
        "c": {"type": "string", "pattern": "^(.*a){20}$"}}}}),
        {"a": "a" * 50_000 + "!", "b": "a" * 50_000 + "!", "c": "a" * 50_000 + "!"}),
    "a pattern that unrolls": (contract({"A": {
        "type": "string", "pattern": "((x{1,1000}){1,1000}){1,1000}"}}), "x"),
    "a required cycle": (contract({"A": {"type": "object", "required": ["a"], "properties": {
        "a": {"$ref": "#/components/schemas/A"}}}}), {"a": {"a": {}}}),
    "100,000 members": (contract({"A": {"type": "object", "properties": {
        f"m{n}": {"type": "string"} for n in range(100_000)}}}), {"m1": "x"}),
}


class HostileContracts(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.platform = Platform()
        cls.addClassCleanup(cls.platform.close)
        cls.platform.start()
        cls.tenant = cls.platform.sign_up()
        cls.platform.raise_limits(cls.tenant.id)
        cls.sandbox = cls.tenant.create_sandbox()
        cls.before = memory_megabytes(cls.platform.process.pid)

    def setUp(self):
        self.others = Others(self.platform, self.sandbox)

    def tearDown(self):
        slowest = self.others.end()
        self.assertLess(slowest, OTHERS_SECONDS_MAX, "others had to wait")
        growth = memory_megabytes(self.platform.process.pid, peak=True) - self.before
        self.assertLess(growth, GROWTH_MEGABYTES_MAX)
        print(f"measured {self._testMethodName}: others waited at most {slowest:.2f} s, "
              f"peak {growth:.0f} MB above start")

    def test_what_cannot_be_read_is_refused_with_a_problem(self):
        for name, document in REFUSED.items():
            with self.subTest(name):
                answer, seconds = self.bring(document)
                self.assertIn(answer.status, (400, 422), f"{name}: {answer}")
                self.assertIn(answer.code, ("contract_invalid", "validation_failed"), name)
                self.assertLess(seconds, SECONDS_MAX, name)

    def test_what_can_be_read_is_served_within_bounds(self):
        for number, (name, (document, body)) in enumerate(SERVED.items()):
            with self.subTest(name):
                sent = document if isinstance(document, bytes) else as_bytes(document)
                answer, seconds = self.bring(sent, f"?name=hostile-{number}")
                self.assertLess(seconds, SECONDS_MAX, name)
                if answer.status != 201:
                    self.assertEqual(answer.code, "contract_invalid", f"{name}: {answer}")
                    continue
                self.sandbox.platform.call(
                    "POST", f"/v1/sandboxes/{self.sandbox.slug}/contracts", key=self.tenant.key,
                    json_body={"contract": f"hostile-{number}"})
                began = time.monotonic()
                called = self.platform.call(
                    "POST", f"/api/{self.sandbox.slug}/hostile-{number}/a", key=self.sandbox.key,
                    json_body=body, timeout=SECONDS_MAX)
                self.assertIn(called.status, (200, 400), f"{name}: {called}")
                self.assertLess(time.monotonic() - began, SECONDS_MAX, name)

    def test_a_lint_and_a_comparison_are_bounded_too(self):
        document = as_bytes(SERVED["references that double thirty times"][0])
        self.assertEqual(self.bring(document, "?name=doubling")[0].status, 201)
        for path in ("/v1/contracts/lint", "/v1/contracts/diff?old=doubling"):
            answer, seconds = self.bring(document, path=path)
            self.assertEqual(answer.status, 200, answer)
            self.assertLess(seconds, SECONDS_MAX)

    def test_50_megabytes_are_refused_before_they_are_read(self):
        try:
            answer, seconds = self.bring(b'{"a":"' + b"x" * (50 << 20) + b'"}')
        except (ConnectionError, http.client.HTTPException):
            # The connection was closed while we still wrote: refused all the same.
            return
        self.assertEqual((answer.status, answer.code), (413, "payload_too_large"))
        self.assertLess(seconds, SECONDS_MAX)

    def bring(self, document, query="", path="/v1/contracts"):
        began = time.monotonic()
        with Client(self.platform.port, timeout=SECONDS_MAX * 2) as client:
            answer = client.call("POST", path + query, key=self.tenant.key, body=document,
                                 headers={"Content-Type": "application/octet-stream"})
        return answer, time.monotonic() - began


class Others:
    """Somebody else's calls, one after another, while a contract is brought in."""

    def __init__(self, platform, sandbox):
        self.platform, self.sandbox = platform, sandbox
        self.slowest, self.fault, self.ends = 0.0, None, threading.Event()
        self.thread = threading.Thread(target=self.run)
        self.thread.start()

    def run(self):
        while not self.ends.is_set():
            began = time.monotonic()
            answer = self.platform.call(
                "GET", f"/api/{self.sandbox.slug}/payments/v1/currencies", key=self.sandbox.key,
                timeout=SECONDS_MAX)
            self.slowest = max(self.slowest, time.monotonic() - began)
            if answer.status != 200:
                self.fault = answer
            self.ends.wait(0.05)

    def end(self):
        self.ends.set()
        self.thread.join()
        assert self.fault is None, self.fault
        return self.slowest


def memory_megabytes(process, peak=False):
    wanted = "VmHWM" if peak else "VmRSS"
    with open(f"/proc/{process}/status") as file:
        return next(int(line.split()[1]) for line in file if line.startswith(wanted)) / 1024


if __name__ == "__main__":
    unittest.main()
