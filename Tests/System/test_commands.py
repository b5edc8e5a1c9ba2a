"""The executable's commands: what they print, and the exit status that scripts rely on."""

import json
import os
import shutil
import subprocess
import unittest

from harness import Platform, executable, temporary_folder


def run(*arguments):
    return subprocess.run([executable(), *arguments], capture_output=True, text=True, timeout=60,
                          stdin=subprocess.DEVNULL)


class ValidateJSON(unittest.TestCase):
    def setUp(self):
        self.folder = temporary_folder()

    def file(self, name, content):
        path = os.path.join(self.folder, name)
        with open(path, "wb") as file:
            file.write(content)
        return path

    def test_all_valid(self):
        paths = [self.file("a.json", b"[1]"), self.file("b.json", b'{"a": 1e400}')]
        done = run("validate", "json", *paths)
        self.assertEqual(done.returncode, 0, done.stderr)
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        self.assertEqual([(line["file"], line["valid"], line["errors"]) for line in lines],
                         [(path, True, []) for path in paths])

    def test_some_not_valid(self):
        good, bad = self.file("good.json", b"{}"), self.file("bad.json", b"{]")
        done = run("validate", "json", good, bad)
        self.assertEqual(done.returncode, 1, done.stderr)
        lines = [json.loads(line) for line in done.stdout.splitlines()]
        self.assertEqual([line["valid"] for line in lines], [True, False])
        self.assertTrue(lines[1]["errors"])

    def test_usage(self):
        for arguments in [["validate", "json"], ["validate", "nonsense", "x"], ["nonsense"], []]:
            with self.subTest(arguments):
                done = run(*arguments)
                self.assertEqual(done.returncode, 2, done)
                self.assertTrue(done.stderr)


class Serve(unittest.TestCase):
    def test_ranges_of_addresses_are_checked(self):
        for option in ["--egress-allow", "--trusted-proxy"]:
            for value in ["nonsense", "10.0.0.1/8", "10.0.0.0/8,,x", "10.0.0.0/33"]:
                with self.subTest(f"{option} {value}"):
                    done = run("serve", "--data", temporary_folder(), option, value)
                    self.assertEqual(done.returncode, 2, done)
                    self.assertIn(option, done.stderr)
            self.assertIn(option, run("help").stdout)


class Demo(unittest.TestCase):
    def test_plays_the_journey_and_gives_the_curl_of_each_step(self):
        platform = Platform()
        self.addCleanup(platform.close)
        platform.start()
        done = run("demo", "--url", f"http://localhost:{platform.port}", "--json")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        steps = [json.loads(line) for line in done.stdout.splitlines()]
        self.assertEqual([step["step"] for step in steps], list(range(1, 10)))
        self.assertTrue(all(step["expected"] for step in steps), done.stdout)
        if shutil.which("curl") is None:
            self.skipTest("no curl")
        for step in steps:
            with self.subTest(step["name"]):
                pasted = subprocess.run(
                    step["curl"] + " -o /dev/null -w '%{http_code}'", shell=True,
                    capture_output=True, text=True, timeout=30)
                # Signing up and refunding once more is refused, as it should be.
                allowed = {step["status"]} | {"Sign up": {409}, "Refund": {400, 409}}.get(
                    step["name"], set())
                self.assertIn(int(pasted.stdout), allowed, step["curl"] + pasted.stderr)


if __name__ == "__main__":
    unittest.main()
