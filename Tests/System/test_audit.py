"""The audit log's chain, checked with nothing of ours, also after kills in mid-action."""

import hashlib
import http.client
import json
import threading
import unittest

from harness import Platform, size


class Audit(unittest.TestCase):
    def setUp(self):
        self.platform = Platform()
        self.addCleanup(self.platform.close)
        self.platform.start()
        self.tenant = self.platform.sign_up()
        self.platform.raise_limits(self.tenant.id)
        self.sandbox = self.tenant.create_sandbox()

    def entries(self):
        found, last = [], 0
        while True:
            lines = self.tenant.call("GET", f"/v1/audit/export?after={last}").body.splitlines()
            if not lines:
                return found
            found += [json.loads(line) for line in lines]
            last = found[-1]["sequence"]

    def check_chain(self, entries):
        previous = bytes(32)
        for place, entry in enumerate(entries, 1):
            self.assertEqual(entry["sequence"], place)
            digest = hashlib.sha256(previous + entry["record"].encode()).digest()
            self.assertEqual(digest.hex(), entry["sha256"], entry)
            previous = digest
        verdict = self.tenant.call("GET", "/v1/audit/verify").json
        self.assertEqual(verdict, {"valid": True, "entries": len(entries),
                                   "sha256": previous.hex(), "first_broken": None})

    def test_an_action_and_its_entry_survive_a_kill_together(self):
        """Checkpoints are made while the server is killed: as many entries as there are checkpoints."""
        made, rounds = 0, size(20, part=5)
        for _ in range(rounds):
            done = threading.Event()
            answered = threading.Event()

            def make():
                try:
                    with self.platform.client() as client:
                        while not done.is_set():
                            client.call("POST", f"/v1/sandboxes/{self.sandbox.id}/checkpoints",
                                        key=self.tenant.key, json_body={})
                            answered.set()
                except (OSError, http.client.HTTPException):
                    pass

            makers = [threading.Thread(target=make) for _ in range(3)]
            for maker in makers:
                maker.start()
            self.assertTrue(answered.wait(30))
            self.platform.kill()
            done.set()
            for maker in makers:
                maker.join(30)
            self.platform.start()
            entries = self.entries()
            self.check_chain(entries)
            made = sum(entry["action"] == "create_checkpoint" for entry in entries)
            self.assertEqual(made, self.checkpoints())
        print(f"audit: {rounds} kills, {made} checkpoints, as many entries")

    def checkpoints(self):
        rows = self.platform.sql("SELECT count(*) FROM sbx.checkpoints")
        return int(rows[0][0])

    def test_a_row_that_was_changed_shows(self):
        for _ in range(3):
            answer = self.tenant.call("POST", f"/v1/sandboxes/{self.sandbox.id}/reset", json_body={})
            self.assertEqual(answer.status, 200, answer)
        entries = self.entries()
        self.check_chain(entries)
        self.platform.sql("UPDATE sbx.audit_log SET subject = 'somebody else' WHERE sequence = 2")
        verdict = self.tenant.call("GET", "/v1/audit/verify").json
        self.assertEqual((verdict["valid"], verdict["first_broken"]), (False, 2))


if __name__ == "__main__":
    unittest.main()
