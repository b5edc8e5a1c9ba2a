"""Stubs of another tool, brought to a running platform by the command, answer its next calls, are
named by explain, and are still there after a restart."""

import json
import os
import subprocess
import tempfile
import unittest

from harness import Platform, executable, payment

STUBS = {"mappings": [
    {"name": "Large payments",
     "request": {"method": "POST", "urlPath": "/v1/payments",
                 "bodyPatterns": [{"matchesJsonPath": "$[?(@.amount >= 100000)]"}]},
     "response": {"status": 402, "headers": {"Content-Type": "application/json"},
                  "body": '{"error": {"type": "card_error", "code": "too_much", '
                          '"message": "{{jsonPath request.body \'$.amount\'}} is too much."}}',
                  "transformers": ["response-template"]}},
    {"request": {"method": "GET", "urlPath": "/v1/payments"},
     "response": {"fault": "CONNECTION_RESET_BY_PEER"}},
]}


class Rules(unittest.TestCase):
    def test_stubs_of_a_file_answer_and_outlive_the_server(self):
        platform = Platform()
        self.addCleanup(platform.close)
        platform.start()
        tenant = platform.sign_up()
        sandbox = tenant.create_sandbox()
        told = self.import_stubs(platform, tenant, sandbox)
        self.assertEqual([rule["id"] for rule in told["rules"]], ["large-payments"])
        self.assertIn("/mappings/1/response/fault", [item["pointer"] for item in told["not_carried"]])

        for _ in range(2):
            refused = sandbox.call("POST", "/v1/payments", json_body=payment(amount=250000))
            self.assertEqual(refused.status, 402, refused)
            self.assertEqual(refused.json["error"]["message"], "250000 is too much.")
            self.assertEqual(refused.headers["X-Sbx-Simulated"], "rule=large-payments; status=402")
            self.assertEqual(
                sandbox.call("POST", "/v1/payments", json_body=payment(amount=1250)).status, 201)
            explained = tenant.call(
                "GET", f"/v1/sandboxes/{sandbox.id}/requests/{refused.headers['Request-Id']}/explain")
            self.assertEqual(explained.json["cause"]["evidence"]["rule"], "large-payments")
            platform.stop()
            platform.start()

    def import_stubs(self, platform, tenant, sandbox):
        with tempfile.TemporaryDirectory() as folder:
            file = os.path.join(folder, "stubs.json")
            with open(file, "w") as stubs:
                json.dump(STUBS, stubs)
            done = subprocess.run(
                [executable(), "contract", "rules", file, "--json", "--key", tenant.key,
                 "--url", f"http://127.0.0.1:{platform.port}", "--sandbox", sandbox.slug,
                 "--name", "payments"], capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 0, done)
        return json.loads(done.stdout)
