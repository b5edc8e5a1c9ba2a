"""The executable's commands: what they print, and the exit status that scripts rely on."""

import json
import os
import subprocess
import unittest

from harness import executable, temporary_folder


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


if __name__ == "__main__":
    unittest.main()
