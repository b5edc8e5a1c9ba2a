"""Exported journeys in an independent runner of Arazzo descriptions, PyPI's `arazzo-runner`.

The runner gets the description as it was exported and loads the OpenAPI documents that it names
from the running server. It makes the calls that our own run makes, with the same answers. Two
matters are the session's that it sends with, not the description's: the credential, which Arazzo
leaves to the client, and names below `.localhost`, which this machine does not resolve.

What the runner does not do, and what descriptions therefore avoid, all within Arazzo 1.0.1: it
compares an `operationId` as it stands, without the runtime expression that two documents ask for
(its `OperationFinder.find_by_id`); it gives the criteria of actions no answer to look at
(`ActionHandler._check_action_criteria`); it does not resolve a server's relative address.
"""

import json
import logging
import os
import unittest
import urllib.parse

import harness
from harness import Platform

try:
    import requests
    from arazzo_runner import ArazzoRunner, WorkflowExecutionStatus
except ImportError:
    requests = None


if requests is not None:
    class Session(requests.Session):
        """Sends the platform's key to the portal's host and the sandbox's to all others, always to
        127.0.0.1, and remembers what was called."""

        def __init__(self, tenant, sandbox):
            super().__init__()
            self.trust_env = False
            self.keys = {"localhost": tenant.key}
            self.sandbox_key = sandbox.key
            self.calls = []

        def send(self, prepared, **rest):
            url = urllib.parse.urlsplit(prepared.url)
            key = self.keys.get(url.hostname, self.sandbox_key)
            prepared.headers["Authorization"] = f"Bearer {key}"
            prepared.headers["Host"] = url.netloc
            prepared.url = url._replace(netloc=f"127.0.0.1:{url.port}").geturl()
            answer = super().send(prepared, **rest)
            self.calls.append((prepared.method, answer.headers["Request-Id"], answer.status_code))
            return answer


@unittest.skipIf(requests is None, "arazzo-runner is not installed: make setup")
class Arazzo(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        # The runner tells each step, and that it was given no credentials of its own.
        logging.disable(logging.WARNING)
        cls.addClassCleanup(logging.disable, logging.NOTSET)
        cls.platform = Platform()
        cls.addClassCleanup(cls.platform.close)
        cls.platform.start()
        cls.tenant = cls.platform.sign_up()
        cls.platform.raise_limits(cls.tenant.id)

    def new_sandbox(self):
        """The same world every time: a seed of its own and a clock that stands."""
        return self.tenant.create_sandbox(
            seed=20260101, clock={"mode": "frozen", "now": "2026-01-05T10:00:00Z"})

    def of(self, sandbox, method, path, **rest):
        answer = self.tenant.call(method, f"/v1/sandboxes/{sandbox.slug}{path}", **rest)
        self.assertLess(answer.status, 300, answer)
        return answer.json

    def operations(self, requests_made):
        """What each call was and how it was answered, as the log has it."""
        logged = [self.tenant.call("GET", f"/v1/requests/{one}").json for one in requests_made]
        return [(one["operation"], one["status"], one["code"]) for one in logged]

    def run_here(self, journey):
        sandbox = self.new_sandbox()
        run = self.of(sandbox, "POST", f"/journeys/{journey}/runs?wait=30", json_body={})
        self.assertNotEqual(run["status"], "running", run)
        return self.operations(
            [step["request_id"] for step in run["steps"] if step["request_id"]])

    def run_there(self, journey):
        sandbox = self.new_sandbox()
        exported = os.path.join(self.platform.folder, f"{journey}.arazzo.json")
        answer = self.tenant.call("GET", f"/v1/sandboxes/{sandbox.slug}/journeys/{journey}/arazzo")
        with open(exported, "wb") as file:
            file.write(answer.body)
        session = Session(self.tenant, sandbox)
        runner = ArazzoRunner.from_arazzo_path(exported, http_client=session)
        loaded = len(session.calls)
        self.assertEqual(loaded, len(json.loads(answer.body)["sourceDescriptions"]))
        # An error of a step does not end a run of theirs, so each is looked at.
        failures = []
        runner.register_callback(
            "step_complete", lambda error=None, **rest: failures.append(error) if error else None)
        result = runner.execute_workflow(journey)
        self.assertEqual(failures, [])
        return result.status, self.operations([call[1] for call in session.calls[loaded:]])

    def test_every_journey_makes_the_same_calls_there_as_here(self):
        names = [one["name"] for one in self.tenant.call("GET", "/v1/journeys").json["data"]]
        self.assertGreaterEqual(len(names), 12)
        for name in names:
            with self.subTest(name):
                status, made = self.run_there(name)
                self.assertEqual(made, self.run_here(name))
                self.assertEqual(status, WorkflowExecutionStatus.WORKFLOW_COMPLETE)

    def test_a_journey_made_from_a_sentence_runs_there(self):
        sandbox = self.new_sandbox()
        kept = self.of(sandbox, "POST", "/journeys", json_body={
            "text": "Create three cross-currency payments: first succeeds, second fails 3DS, "
                    "third is rejected in clearing"})
        exported = self.of(sandbox, "GET", f"/journeys/{kept['id']}/arazzo")
        path = os.path.join(self.platform.folder, "sentence.arazzo.json")
        with open(path, "w") as file:
            json.dump(exported, file)
        session = Session(self.tenant, sandbox)
        result = ArazzoRunner.from_arazzo_path(path, http_client=session).execute_workflow(kept["id"])
        self.assertEqual(result.status, WorkflowExecutionStatus.WORKFLOW_COMPLETE)
        self.assertEqual([call[2] for call in session.calls[1:]], [201, 402, 201])


if __name__ == "__main__":
    unittest.main()
