"""Contracts that others have published, judged by tools of others: an independent validator looks at
an answer of every operation, and schemathesis sends requests right and wrong."""

import collections
import glob
import json
import os
import re
import subprocess
import time
import unittest

from harness import REPOSITORY, OnePlatform, executable, is_soak

import openapi_schema_validator as validators
import referencing.jsonschema
import yaml

CORPUS = os.path.join(
    os.environ.get("SBX_CORPUS", os.path.join(REPOSITORY, "..", "shared", "corpus")), "openapi")
# Where the Swift tests leave what they were answered; Tests/run.py names it.
EXCHANGES = os.environ.get("SBX_EXCHANGES", os.path.join(REPOSITORY, ".build", "exchanges"))
# By different houses, of 1 to 13 operations, OpenAPI 2.0, 3.0 and 3.1.
FIVE = ["museum-3.1.yaml", "adyen-transfers-v4.json", "paypal-payments-v2.json",
        "open-payments-resource-server.yaml", "alertmanager-v2-swagger-2.0.yaml"]
# By which schemas refer to the contract that they stand in.
NAME = "urn:contract"
SCHEMATHESIS = os.path.join(REPOSITORY, ".build", "python", "bin", "schemathesis")
CHECKS = "not_a_server_error,response_schema_conformance,response_headers_conformance"


def document(path):
    with open(path, encoding="utf-8") as file:
        # A date in YAML is a text in a contract.
        loader = type("Loader", (yaml.CSafeLoader,), {})
        loader.yaml_implicit_resolvers = {
            letter: [(tag, pattern) for tag, pattern in resolvers
                     if tag != "tag:yaml.org,2002:timestamp"]
            for letter, resolvers in loader.yaml_implicit_resolvers.items()}
        return json.load(file) if path.endswith(".json") else yaml.load(file, loader)


class Judge:
    """Holds answers against one contract by openapi-schema-validator and jsonschema."""

    def __init__(self, path):
        self.document = document(path)
        self.is_old = "swagger" in self.document
        is_31 = str(self.document.get("openapi", "")).startswith(("3.1", "3.2"))
        self.validator = validators.OAS31Validator if is_31 else validators.OAS30ReadValidator
        specification = (referencing.jsonschema.DRAFT202012 if is_31
                         else referencing.jsonschema.DRAFT4)
        self.registry = referencing.Registry().with_resource(
            NAME, specification.create_resource(self.document))

    def fault(self, exchange):
        """Why the answer is none that the contract declares; None if it is one."""
        steps = ["paths", exchange["path"], exchange["method"], "responses"]
        declared = self.follow(steps)[1]
        status = str(exchange["status"])
        key = next((key for key in (status, status[0] + "XX", "default") if key in declared), None)
        if key is None:
            return f"{status} is not declared"
        steps, response = self.follow([*steps, key])
        if self.is_old:
            steps, schema = [*steps, "schema"], response.get("schema")
        else:
            content = response.get("content") or {}
            name = self.media(content, exchange["type"])
            if content and name is None:
                return f"{exchange['type']} is not declared"
            steps = [*steps, "content", name, "schema"]
            schema = content[name].get("schema") if name else None
        if schema is None or "json" not in exchange["type"]:
            return None
        pointer = f"{NAME}#/" + "/".join(
            step.replace("~", "~0").replace("/", "~1").replace("%", "%25") for step in steps)
        validator = self.validator({"$ref": pointer}, registry=self.registry)
        error = next(validator.iter_errors(json.loads(exchange["body"])), None)
        return error and f"{error.json_path}: {error.message[:200]}"

    def follow(self, steps):
        """The value at the steps, references on the way followed; with where it stands then."""
        place, value = [], self.document
        for step in [*steps, None]:
            while isinstance(value, dict) and "$ref" in value:
                place = [part.replace("~1", "/").replace("~0", "~")
                         for part in value["$ref"].removeprefix("#/").split("/")]
                value = self.document
                for part in place:
                    value = value[part]
            if step is not None:
                # YAML reads a status as a number.
                key = step if step in value else int(step)
                place, value = [*place, step], value[key]
        return place, {str(key): member for key, member in value.items()}

    @staticmethod
    def media(content, sent):
        sent = sent.split(";")[0].strip().lower()
        for name in content:
            pattern = re.escape(name.split(";")[0].strip().lower()).replace(r"\*", ".*")
            if re.fullmatch(pattern, sent):
                return name
        return None


@unittest.skipUnless(os.path.isdir(CORPUS), "corpus absent")
class PublishedContracts(unittest.TestCase):
    @unittest.skipUnless(glob.glob(f"{EXCHANGES}/*.jsonl"), "needs the answers of the Swift tests")
    def test_every_answer_is_right_to_an_independent_validator(self):
        counts, wrong = collections.Counter(), []
        for path in sorted(glob.glob(f"{EXCHANGES}/*.jsonl")):
            name = os.path.basename(path).removesuffix(".jsonl")
            judge = Judge(os.path.join(CORPUS, name.replace("camara-otp_API_definitions_",
                                                            "camara-otp/API_definitions/")))
            with open(path, encoding="utf-8") as file:
                for exchange in map(json.loads, file):
                    counts["all"] += 1
                    fault = judge.fault(exchange)
                    counts["right"] += fault is None and exchange["taken_as_right"]
                    if fault and exchange["taken_as_right"]:
                        wrong.append(f"{name} {exchange['method']} {exchange['path']}: {fault}")
        print(f"measured operations right to the independent validator: "
              f"{counts['right']} of {counts['all']}")
        self.assertEqual(wrong, [])
        self.assertGreater(counts["all"], 1000)


@unittest.skipUnless(os.path.isdir(CORPUS), "corpus absent")
class Imports(OnePlatform):
    """What it costs a server to take each of the published contracts."""

    MEGABYTES_MAX = 150

    def test_each_takes_little_memory(self):
        platform = self.platform
        tenant = platform.sign_up()
        platform.raise_limits(tenant.id)
        slowest = largest = (0, "")
        paths = [path for kind in ("json", "yaml") for path in glob.glob(f"{CORPUS}/*.{kind}")]
        for number, path in enumerate(sorted(paths)):
            name = os.path.basename(path)
            with open(path, "rb") as file:
                body = file.read()
            before = self.memory(platform, forgetting_peak=True)
            began = time.monotonic()
            answer = tenant.call("POST", f"/v1/contracts?name=published-{number}", body=body,
                                 headers={"Content-Type": "application/octet-stream"})
            seconds = time.monotonic() - began
            self.assertEqual(answer.status, 201, f"{name}: {answer}")
            megabytes = self.memory(platform) - before
            self.assertLess(megabytes, self.MEGABYTES_MAX, name)
            slowest, largest = max(slowest, (seconds, name)), max(largest, (megabytes, name))
        print(f"measured imports of {len(paths)} published contracts: slowest {slowest[0]:.2f} s "
              f"({slowest[1]}), most memory {largest[0]:.0f} MB ({largest[1]})")

    @staticmethod
    def memory(platform, forgetting_peak=False):
        """The server's resident megabytes at their peak; now, where that is forgotten."""
        pid = platform.process.pid
        if forgetting_peak:
            with open(f"/proc/{pid}/clear_refs", "w", encoding="ascii") as file:
                file.write("5")
        with open(f"/proc/{pid}/status", encoding="ascii") as file:
            return int(re.search(r"VmHWM:\s+(\d+) kB", file.read())[1]) / 1024


@unittest.skipUnless(os.path.exists(SCHEMATHESIS), "schemathesis is not installed: make setup")
class Schemathesis(OnePlatform):
    """Looks for server errors and for answers that break the contract."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tenant = cls.platform.sign_up()
        cls.platform.raise_limits(cls.tenant.id)

    @unittest.skipUnless(os.path.isdir(CORPUS), "corpus absent")
    def test_finds_nothing_in_contracts_of_others(self):
        for name in FIVE:
            with self.subTest(name):
                sandbox = self.tenant.create_sandbox()
                path = os.path.join(CORPUS, name)
                done = subprocess.run(
                    [executable(), "contract", "import", path, "--key", self.tenant.key, "--json",
                     "--url", f"http://127.0.0.1:{self.platform.port}", "--name", "published",
                     "--sandbox", sandbox.slug], capture_output=True, text=True, timeout=60)
                self.assertEqual(done.returncode, 0, done)
                self.look(path, sandbox.key, f"/api/{sandbox.slug}/published")

    def test_finds_nothing_in_the_payments_of_our_own(self):
        sandbox = self.tenant.create_sandbox(seed=1)
        self.look(os.path.join(REPOSITORY, "contracts", "payments.json"), sandbox.key,
                  f"/api/{sandbox.slug}/payments")

    def test_finds_nothing_in_the_platform_api(self):
        tenant = self.platform.sign_up()
        self.platform.raise_limits(tenant.id)
        # Streams do not end.
        self.look(os.path.join(REPOSITORY, "contracts", "platform.json"), tenant.key, "",
                  "--exclude-path-regex", "stream|/admin/v1")

    def look(self, path, key, base, *options):
        done = subprocess.run(
            [SCHEMATHESIS, "run", path,
             "--url", f"http://localhost:{self.platform.port}{base}",
             "--header", f"Authorization: Bearer {key}", "--checks", CHECKS,
             # What is drawn depends on what was answered before: a test run takes the same each time.
             "--phases", "examples,coverage" + (",fuzzing" if is_soak() else ""),
             "--max-examples", "50",
             "--seed", "1", "--generation-database", "none", "--continue-on-failure", "--no-color",
             "--warnings", "off", "--request-timeout", "20", *options],
            cwd=self.platform.folder, capture_output=True, text=True, timeout=3600)
        told = done.stdout[done.stdout.find("=== FAILURES"):] if done.returncode else ""
        self.assertEqual(done.returncode, 0, told[:4000] or done.stderr[-2000:])
        count = re.search(r"(\d+) generated", done.stdout)
        print(f"measured schemathesis {os.path.basename(path)}: {count[1]} requests, nothing found")


if __name__ == "__main__":
    unittest.main()
