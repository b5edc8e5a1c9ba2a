"""Contracts that nobody has programmed, beside the tools that people mock them with today.

The rivals come from PyPI into a folder of their own under .build; each is started alone for its
rows. What is not there, or does not come up, is said in its row and the rest is measured.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

from harness import REPOSITORY, free_port
from measure import Row, interleaved, ratio_row, wrk

CONNECTIONS = 64
CHANGING_CONNECTIONS = 16
RIVALS = os.path.join(REPOSITORY, ".build", "bench-python")
PACKAGES = ["pact-python-cli==1!0.10.9", "specmatic==2.55.3", "connexion[uvicorn]==3.3.0",
            "moto[server]==5.2.5"]
START_SECONDS_MAX = 60

# One operation that is answered by an example, one whose body is validated, one collection.
CONTRACT = {
    "openapi": "3.0.3", "info": {"title": "Parcels", "version": "1.0.0"},
    "paths": {
        "/depot": {"get": {
            "operationId": "get_depot", "responses": {"200": {
                "description": "The depot.", "content": {"application/json": {
                    "schema": {"$ref": "#/components/schemas/Depot"},
                    "example": {"id": "dep_1", "city": "Rome", "places": 7}}}}}}},
        "/labels": {"post": {
            "operationId": "check_label",
            "requestBody": {"required": True, "content": {"application/json": {
                "schema": {"$ref": "#/components/schemas/Label"}}}},
            "responses": {"200": {
                "description": "It is fine.", "content": {"application/json": {
                    "schema": {"$ref": "#/components/schemas/Checked"},
                    "example": {"ok": True}}}}}}},
        "/parcels": {"post": {
            "operationId": "create_parcel",
            "requestBody": {"required": True, "content": {"application/json": {
                "schema": {"$ref": "#/components/schemas/Label"}}}},
            "responses": {"201": {
                "description": "The parcel.", "content": {"application/json": {
                    "schema": {"$ref": "#/components/schemas/Parcel"}}}}}}},
        "/parcels/{parcel}": {"get": {
            "operationId": "get_parcel",
            "parameters": [{"name": "parcel", "in": "path", "required": True,
                            "schema": {"type": "string"}}],
            "responses": {"200": {
                "description": "The parcel.", "content": {"application/json": {
                    "schema": {"$ref": "#/components/schemas/Parcel"}}}}}}}},
    "components": {"schemas": {
        "Depot": {"type": "object", "required": ["id", "city"], "properties": {
            "id": {"type": "string"}, "city": {"type": "string"}, "places": {"type": "integer"}}},
        "Label": {"type": "object", "required": ["to", "grams"], "additionalProperties": False,
                  "properties": {"to": {"type": "string", "maxLength": 80},
                                 "grams": {"type": "integer", "minimum": 1, "maximum": 30000}}},
        "Checked": {"type": "object", "required": ["ok"], "properties": {"ok": {"type": "boolean"}}},
        "Parcel": {"type": "object", "required": ["id"], "properties": {
            "id": {"type": "string"}, "to": {"type": "string"}, "grams": {"type": "integer"}}}}}}

LABEL = {"to": "Via Appia 1, Rome", "grams": 1200}


def measure(platform, tenant, rounds, seconds):
    folder = tempfile.mkdtemp(prefix="sbx-bench-")
    try:
        install()
        sandbox = mounted(platform, tenant)
        rows = []
        for rival, least in [(Pact(folder), 1.5), (Specmatic(folder), None), (Connexion(folder), None)]:
            rows += beside(rival, least, platform, sandbox, rounds, seconds)
        return rows + stateful(platform, sandbox, rounds, seconds)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def install():
    if not os.path.exists(os.path.join(RIVALS, "bin", "pip")):
        subprocess.run([sys.executable, "-m", "venv", RIVALS], check=True)
    done = subprocess.run([os.path.join(RIVALS, "bin", "pip"), "install", "--quiet",
                           "--disable-pip-version-check", *PACKAGES], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def mounted(platform, tenant):
    """A sandbox with the contract under the name `bench`."""
    answer = platform.call("POST", "/v1/contracts?name=bench", key=tenant.key, json_body=CONTRACT)
    assert answer.status == 201, answer
    sandbox = tenant.create_sandbox()
    answer = platform.call("POST", f"/v1/sandboxes/{sandbox.slug}/contracts", key=tenant.key,
                           json_body={"contract": "bench"})
    assert answer.status == 201, answer
    return sandbox


def beside(rival, least, platform, sandbox, rounds, seconds):
    """A GET answered by an example and a POST whose body is validated. Ours are authenticated,
    limited and recorded; rivals do none of these."""
    works = [("contract-example GET", "/depot", None), ("validated POST", "/labels", LABEL)]
    try:
        rival.start()
        rows = []
        for work, path, body in works:
            environment = load(body, {"SBX_BODY": json.dumps(body) if body else ""})
            found = interleaved(
                rounds,
                ours=lambda: wrk(platform.port, path, host=f"bench--{sandbox.slug}.sbx.localhost",
                                 connections=CONNECTIONS, seconds=seconds, key=sandbox.key,
                                 **environment),
                rival=lambda: wrk(rival.port, path, host="127.0.0.1", connections=CONNECTIONS,
                                  seconds=seconds, **environment))
            terms = f"{CONNECTIONS} connections to each; ours authenticated, limited, recorded"
            if found["rival"].errors:
                terms += f"; {rival.name} failed {found['rival'].errors} of {found['rival'].answers}"
            rows.append(row(f"{work} beside {rival.name}", found, least, terms))
        return rows
    except (AssertionError, OSError) as error:
        return [Row(f"contract beside {rival.name}", "not measured", "–", None,
                    " ".join(str(error).split())[:200])]
    finally:
        rival.close()


def stateful(platform, sandbox, rounds, seconds):
    """Objects made and read back, each pair by one connection."""
    moto = Moto()
    try:
        moto.start()
        found = interleaved(
            rounds,
            ours=lambda: wrk(platform.port, "/parcels", host=f"bench--{sandbox.slug}.sbx.localhost",
                             connections=CHANGING_CONNECTIONS, seconds=seconds, key=sandbox.key,
                             script="parcels.lua", environment={"SBX_BODY": json.dumps(LABEL)}),
            rival=lambda: wrk(moto.port, "/", host="127.0.0.1", connections=CHANGING_CONNECTIONS,
                              seconds=seconds, script="moto.lua"))
        return [row("stateful create and read beside moto", found, 10,
                    f"{CHANGING_CONNECTIONS} connections to each, half of the calls make an object "
                    "and half read one; moto: SQS queues, one process as shipped; ours: one sandbox, "
                    "each object a commit")]
    except (AssertionError, OSError) as error:
        return [Row("stateful create and read beside moto", "not measured", "≥ 10", None,
                    " ".join(str(error).split())[:200])]
    finally:
        moto.close()


def load(body, environment):
    return {"script": "post.lua", "environment": environment} if body else {}


def row(work, found, least, terms):
    if least is not None:
        return ratio_row(work, found["ours"], found["rival"], least, terms)
    ratio = found["ours"].per_second / max(found["rival"].per_second, 0.001)
    figure = (f"{ratio:.2f} ({found['ours'].per_second:,.0f}/s : "
              f"{found['rival'].per_second:,.0f}/s)")
    return Row(work, figure, "–", None, terms)


class Rival:
    """A program with a port of its own."""

    name = ""

    def __init__(self):
        self.port = free_port()
        self.process = None

    def run(self, *command, probe="/depot"):
        program = os.path.join(RIVALS, "bin", command[0])
        assert os.path.exists(program), f"{command[0]} is not installed"
        # Some leave reports where they are started.
        self.process = subprocess.Popen([program, *command[1:]], cwd=RIVALS,
                                        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL)
        began = time.monotonic()
        while not self.answers(probe):
            assert self.process.poll() is None, f"{self.name} ended with {self.process.returncode}"
            assert time.monotonic() - began < START_SECONDS_MAX, f"{self.name} did not come up"
            time.sleep(0.1)

    def answers(self, probe):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{probe}", timeout=5):
                return True
        except urllib.error.HTTPError:
            return True
        except (OSError, socket.timeout):
            return False

    def close(self):
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


class OverContract(Rival):
    """A rival that serves the contract's document."""

    def __init__(self, folder):
        super().__init__()
        self.path = os.path.join(folder, "contract.json")
        with open(self.path, "w") as file:
            json.dump(CONTRACT, file)


class Pact(Rival):
    name = "Pact stub server"

    def __init__(self, folder):
        super().__init__()
        self.path = os.path.join(folder, "pact.json")
        interactions = [
            {"description": "depot", "request": {"method": "GET", "path": "/depot"},
             "response": {"status": 200, "headers": {"Content-Type": "application/json"},
                          "body": {"id": "dep_1", "city": "Rome", "places": 7}}},
            {"description": "label",
             "request": {"method": "POST", "path": "/labels",
                         "headers": {"Content-Type": "application/json"}, "body": LABEL,
                         "matchingRules": {"body": {
                             "$.to": {"matchers": [{"match": "type"}]},
                             "$.grams": {"matchers": [{"match": "integer"}]}}}},
             "response": {"status": 200, "headers": {"Content-Type": "application/json"},
                          "body": {"ok": True}}}]
        with open(self.path, "w") as file:
            json.dump({"consumer": {"name": "c"}, "provider": {"name": "p"},
                       "interactions": interactions,
                       "metadata": {"pactSpecification": {"version": "3.0.0"}}}, file)

    def start(self):
        self.run("pact", "stub", "--file", self.path, "--port", str(self.port),
                 "--loglevel", "none")


class Specmatic(OverContract):
    name = "Specmatic"

    def start(self):
        self.run("python", "-c", "import glob, os, sys, specmatic; "
                 "jar = glob.glob(os.path.join(os.path.dirname(specmatic.__file__), 'core', '*.jar'))[0]; "
                 "os.execvp('java', ['java', '-jar', jar, 'stub', *sys.argv[1:]])",
                 self.path, "--port", str(self.port))


class Connexion(OverContract):
    name = "connexion"

    def start(self):
        self.run("connexion", "run", self.path, "--mock", "all", "--port", str(self.port),
                 "--host", "127.0.0.1")


class Moto(Rival):
    name = "moto"

    def start(self):
        self.run("moto_server", "-p", str(self.port), probe="/")
