"""The backup script's archive, restored into an empty folder, is the same platform."""

import os
import subprocess
import unittest

from harness import REPOSITORY, Platform, executable, payment, reference


class Backup(unittest.TestCase):
    def test_round_trip(self):
        original = Platform()
        self.addCleanup(original.close)
        original.start()
        tenant = original.sign_up()
        sandbox = tenant.create_sandbox()
        before = [self.create(sandbox) for _ in range(20)]

        # Taken while calls go on, as on a real evening.
        archive = os.path.join(original.folder, "backup.tar")
        self.run_script("backup.sh", original.data, archive)
        after = self.create(sandbox)
        original.stop()

        restored = Platform()
        self.addCleanup(restored.close)
        self.run_script("restore.sh", archive, restored.data)
        restored.start()
        sandbox.platform = restored
        for created in before:
            read = sandbox.call("GET", f"/v1/payments/{created.json['id']}")
            self.assertEqual((read.status, read.body), (200, created.body), read)
        later = sandbox.call("GET", f"/v1/payments/{after.json['id']}")
        self.assertEqual(later.status, 404, "it was made after the backup")
        # Secrets came along: the old key still opens the door, and new objects can be made.
        self.create(sandbox)
        self.assertEqual(restored.call("GET", "/v1/sandboxes", key=tenant.key).status, 200)

    def test_restore_refuses_a_folder_that_holds_something(self):
        platform = Platform()
        self.addCleanup(platform.close)
        os.makedirs(platform.data)
        with open(os.path.join(platform.data, "something"), "w") as file:
            file.write("of value")
        archive = os.path.join(platform.folder, "backup.tar")
        open(archive, "w").close()
        done = self.call_script("restore.sh", archive, platform.data)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("not empty", done.stderr)
        self.assertEqual(os.listdir(platform.data), ["something"])

    def create(self, sandbox):
        answer = sandbox.call("POST", "/v1/payments",
                              json_body=payment(metadata={"reference": reference()}))
        self.assertEqual(answer.status, 201, answer)
        return answer

    def call_script(self, name, *arguments):
        return subprocess.run([os.path.join(REPOSITORY, "ops", name), *arguments],
                              env={**os.environ, "SBX": executable()},
                              capture_output=True, text=True, timeout=120)

    def run_script(self, name, *arguments):
        done = self.call_script(name, *arguments)
        self.assertEqual(done.returncode, 0, done.stderr + done.stdout)


if __name__ == "__main__":
    unittest.main()
